"""Parts of SQL texts that address subjects by their position in a release."""

from collections.abc import Iterable, Sequence


def numbers(positions: Iterable[int]) -> str:
    """Return a table of the positions, one a row."""
    return "(" + " UNION ALL ".join(f"SELECT {k:d} AS position" for k in positions) + ")"


def by_position(values: Sequence[tuple[int, str]]) -> str:
    """Return the value that belongs to the position of the table ``k``."""
    return "CASE k.position " + " ".join(f"WHEN {k:d} THEN {v}" for k, v in values) + " END"
