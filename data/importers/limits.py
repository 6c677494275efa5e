"""How much a file may ask of the reader: size, cells, processor time, memory."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from core.errors import SettingsError

_USUAL_ROWS, _USUAL_MB = 60_000, 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one reading; a file beyond any of them is refused, never cut short.

    Attributes
    ----------
    max_mb : int
        Size of the file, MiB.
    max_rows, max_columns, max_cells : int
        Filled area of a sheet; the area that the sheet claims for itself is ignored.
    seconds : int
        Processor seconds of the child; its wall clock ends five seconds later.
    memory_mb : int
        Address space of the child, MiB.
    max_entries, max_sheets : int
        Parts of the archive, and worksheets among them.
    max_part_mb, max_unpacked_mb : int
        One unpacked part, and all of them, MiB.
    max_ratio : int
        Unpacked to packed size of a part above 1 MiB; honest workbooks stay near 12.
    max_line : int
        Characters of one line of a text file.
    """

    max_mb: int = _USUAL_MB
    max_rows: int = _USUAL_ROWS
    max_columns: int = 120
    seconds: int = 20
    memory_mb: int = 1024
    max_cells: int = 2_000_000
    max_entries: int = 500
    max_sheets: int = 40
    max_part_mb: int = 120
    max_unpacked_mb: int = 200
    max_ratio: int = 200
    max_line: int = 20_000

    @classmethod
    def from_settings(
        cls,
        *,
        max_rows: int | None = None,
        max_mb: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> "Limits":
        """Return the limits of this installation; what depends on rows and size grows along.

        Parameters
        ----------
        max_rows, max_mb : int, optional
            Of this call; they win over the environment.
        environment : mapping of str to str, optional
            ``ZHUNSHENG_MAX_ROWS``, ``ZHUNSHENG_MAX_MB``, ``ZHUNSHENG_IMPORT_SECONDS`` and
            ``ZHUNSHENG_IMPORT_MEMORY_MB``; the process's own where none is given.

        Raises
        ------
        SettingsError
            When a value is no whole number, or outside the range that is allowed.
        """
        told = os.environ if environment is None else environment
        rows = _number("ZHUNSHENG_MAX_ROWS", max_rows, told)
        size = _number("ZHUNSHENG_MAX_MB", max_mb, told)
        seconds = _number("ZHUNSHENG_IMPORT_SECONDS", None, told)
        memory = _number("ZHUNSHENG_IMPORT_MEMORY_MB", None, told)
        usual = {field.name: field.default for field in fields(cls)}
        limits = cls(max_rows=rows or _USUAL_ROWS, max_mb=size or _USUAL_MB)
        more = max(1.0, limits.max_rows / _USUAL_ROWS, limits.max_mb / _USUAL_MB)
        grown = {name: round(int(str(usual[name])) * more) for name in _GROWING}
        grown["memory_mb"] = memory or round(int(str(usual["memory_mb"])) * min(more, _MEMORY))
        grown["seconds"] = seconds or grown["seconds"]
        return cls(max_rows=limits.max_rows, max_mb=limits.max_mb, **grown)


_GROWING = ("max_cells", "max_part_mb", "max_unpacked_mb", "seconds")
_MEMORY = 4.0  # times the usual address space at most; a child uses far less of it
_RANGES = {
    "ZHUNSHENG_MAX_ROWS": (1, 1_048_576),
    "ZHUNSHENG_MAX_MB": (1, 500),
    "ZHUNSHENG_IMPORT_SECONDS": (1, 3_600),
    "ZHUNSHENG_IMPORT_MEMORY_MB": (128, 16_384),
}
_OPTIONS = {"ZHUNSHENG_MAX_ROWS": "--max-rows", "ZHUNSHENG_MAX_MB": "--max-mb"}


def _number(name: str, given: int | None, environment: Mapping[str, str]) -> int | None:
    """Return a limit from the call or the environment; None where neither names it."""
    text = environment.get(name, "") if given is None else str(given)
    source = name if given is None else _OPTIONS[name]
    if not text.strip():
        return None
    low, high = _RANGES[name]
    plain = text.strip()
    if not (plain.isascii() and plain.isdecimal() and low <= int(plain) <= high):
        raise SettingsError(
            f"{source} is {plain[:20]!r}. Give a whole number from {low} to {high}.",
            f"{source} 的值“{plain[:20]}”无效。请填写 {low} 到 {high} 之间的整数。",
        )
    return int(plain)
