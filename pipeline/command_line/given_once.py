"""Options that are given once per name, such as ``--full-mark 数学=120``."""

from collections.abc import Sequence
from typing import TypeVar

from core.errors import SettingsError

Value = TypeVar("Value")


def given_once(pairs: Sequence[tuple[str, Value]], *, option: str) -> dict[str, Value]:
    """Return what was given by name; the same said twice is said once.

    Raises
    ------
    SettingsError
        When a name was given two values: nobody can tell which of them was meant.
    """
    given: dict[str, Value] = {}
    for name, value in pairs:
        if given.setdefault(name, value) != value:
            raise SettingsError(
                f"{option} names {name!r} twice, with different values. Give each name once.",
                f"{option} 两次给出“{name}”，且取值不同。每个名称只能给出一次。",
            )
    return given
