"""School years and cohorts: which pupils of two exams can be the same."""

from datetime import date
from typing import Literal

Stage = Literal["primary", "junior", "senior"]

_FIRST_MONTH = (
    8  # a school year is counted from August: entry tests are held before 1 September
)
_LAST_GRADES: tuple[tuple[int, Stage], ...] = ((6, "primary"), (9, "junior"), (12, "senior"))


def school_year(day: date) -> int:
    """Return the calendar year in which the school year of ``day`` began.

    Examples
    --------
    >>> school_year(date(2026, 6, 28)), school_year(date(2026, 9, 1))
    (2025, 2026)
    """
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def cohort_of(day: date, *, grade: int) -> int:
    """Return the year in which pupils of ``grade`` on ``day`` began grade 1.

    Examples
    --------
    >>> cohort_of(date(2026, 6, 28), grade=9) == cohort_of(date(2023, 9, 1), grade=7)
    True
    """
    return school_year(day) - grade + 1


def stage_of(grade: int) -> Stage:
    """Return the stage of a grade: 1-6 primary, 7-9 junior, 10-12 senior.

    Examples
    --------
    >>> [stage_of(grade) for grade in (6, 7, 12)]
    ['primary', 'junior', 'senior']
    """
    return next(stage for last, stage in _LAST_GRADES if grade <= last)
