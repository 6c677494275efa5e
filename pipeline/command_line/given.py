"""Options that one use of a command needs and another does not."""

import argparse
from typing import Any

from core.errors import SettingsError


def given(
    options: argparse.Namespace, key: str, *, command: str, name: str | None = None
) -> Any:
    """Return the value of an option.

    Raises
    ------
    SettingsError
        When the call does not give it.
    """
    value = getattr(options, key)
    if value is None:
        option = f"--{name or key}"
        raise SettingsError(
            f"{option} is missing. Give it; `{command} --help` shows an example.",
            f"缺少 {option}。请补充；`{command} --help` 中有示例。",
        )
    return value
