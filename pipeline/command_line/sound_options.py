"""What every option must be before a command sees it: text that can be shown and stored."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from core.errors import SettingsError
from data.column_limits import longest

_COLUMNS = {
    "as_school": ("import_batch", "school"),
    "baseline": ("exam", "name"),
    "by": ("policy_version", "author"),
    "county": ("exam", "county"),
    "exam": ("exam", "name"),
    "name": ("dataset", "name"),
    "reason": ("release", "reason"),
    "accept_trail": ("audit_event", "detail"),
    "school": ("unit", "code"),
    "unit": ("unit", "code"),
}
"""Options that the catalogue keeps or looks for, with the column that limits their length."""

_SENTENCES = ("reason", "accept_trail", "name", "by")


def require_sound(options: argparse.Namespace) -> None:
    """Refuse options that are empty, too long or no text; strip the others.

    Raises
    ------
    SettingsError
        With the name of the option, the length found and what is required.
    """
    for name, value in vars(options).items():
        for text in _texts(value):
            _require_text(name, text)
        if name in _COLUMNS and isinstance(value, str):
            line = " ".join(value.split()) if name in _SENTENCES else value.strip()
            _require_line(name, line, most=longest(*_COLUMNS[name]))
            setattr(options, name, line)


def _texts(value: object) -> Iterable[str]:
    """Give the texts of an option, one by one where it can be given several times."""
    if isinstance(value, str | Path):
        yield str(value)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _require_text(name: str, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise SettingsError(
            f"The argument {_shown(name)} holds bytes that are no UTF-8 text. Type it again, "
            "or rename the file.",
            f"参数 {_shown(name)} 含有不是 UTF-8 文字的字节。请重新输入，或重命名文件。",
        ) from None
    if not text.strip():
        raise SettingsError(
            f"The argument {_shown(name)} is empty. Give a value, or leave it out.",
            f"参数 {_shown(name)} 为空。请填写内容，或去掉该参数。",
        )


def _require_line(name: str, line: str, *, most: int) -> None:
    if len(line) > most or not line.isprintable():
        raise SettingsError(
            f"The argument {_shown(name)} takes 1 to {most} printable characters on one line, "
            f"found {len(line)}. Correct it.",
            f"参数 {_shown(name)} 须为一行 1 到 {most} 个可显示的字，现为 {len(line)} 个。"
            "请改正。",
        )


def _shown(name: str) -> str:
    return name.replace("_", "-")
