"""What a page and the smallest app took, and the table that holds them against each other."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.screen.reader import Waited

_HEAD = (
    "page",
    "first after start, s",
    "opened, s",
    "above smallest, s",
    "subject changed, ms",
    "above smallest, ms",
    "times",
    "again, ms",
    "school changed, ms",
    "CPU per change, ms",
    "KB opened",
    "KB per change",
)


@dataclass(frozen=True, slots=True)
class PageTimes:
    """What the readers of one page waited for.

    Attributes
    ----------
    cold : Waited
        The first reader after the start of the server.
    opened : tuple of Waited
        Later readers, whose browser has Streamlit's own files.
    subjects, again, schools : tuple of Waited
        Changes of the subject, to one not yet seen and to one seen before, and of the school.
    cpu : float
        Processor seconds of the server for a change of the subject.
    """

    name: str
    cold: Waited
    opened: tuple[Waited, ...]
    subjects: tuple[Waited, ...]
    again: tuple[Waited, ...]
    schools: tuple[Waited, ...]
    cpu: float


def median_seen(waited: Sequence[Waited]) -> float | None:
    """Return the median of milliseconds until the picture; None of nothing."""
    return statistics.median(one.seen for one in waited) if waited else None


def table(pages: Sequence[PageTimes], smallest: PageTimes) -> str:
    """Return a Markdown table of the pages, the smallest app first."""
    rows = [_row(one, smallest) for one in (smallest, *pages)]
    lines = [_HEAD, tuple("---" for _ in _HEAD), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _row(one: PageTimes, smallest: PageTimes) -> tuple[str, ...]:
    opened, base_opened = median_seen(one.opened), median_seen(smallest.opened)
    changed, base_changed = median_seen(one.subjects), median_seen(smallest.subjects)
    return (
        one.name if one.cold.picture is not None else f"{one.name} (no chart)",
        _number(one.cold.seen / 1000, 2),
        _number(_scaled(opened, 1000), 2),
        _number(_scaled(_less(opened, base_opened), 1000), 2),
        _number(changed),
        _number(_less(changed, base_changed)),
        _number(None if not changed or not base_changed else changed / base_changed, 1),
        _number(median_seen(one.again)),
        _number(median_seen(one.schools)),
        _number(one.cpu * 1000),
        _number(one.cold.n_bytes / 1000),
        _number(_scaled(_median_bytes(one.subjects), 1000)),
    )


def _median_bytes(waited: Sequence[Waited]) -> float | None:
    return statistics.median(one.n_bytes for one in waited) if waited else None


def _less(value: float | None, base: float | None) -> float | None:
    return None if value is None or base is None else value - base


def _scaled(value: float | None, by: float) -> float | None:
    return None if value is None else value / by


def _number(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
