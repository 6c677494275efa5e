"""Where the past years lead: a straight line through them, with its prediction interval.

    y_t = a + b t + e_t,   e_t ~ N(0, sigma^2),   T years

    se^2 = s^2 (1 + 1/T + (t* - tbar)^2 / S_tt),   interval = estimate -/+ t(0.975, T - 2) se

Exams of different years differ in difficulty, which the line takes as chance; three years give
one degree of freedom and a factor of 12.7: wide, and rightly so. Years that lie exactly on a
line have no spread: nothing says how far the next one may stray, and it is not estimable.

References
----------
Draper & Smith (1998). Applied Regression Analysis, 3rd ed., section 3.1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.interval import student_interval

Floats = NDArray[np.float64]

MIN_YEARS = 3
"""Two years always lie on a line, and tell nothing of how sure it is."""

ROUNDING = 1e-12
"""A residual this small, as a share of the largest value, is the floats' and no spread."""


@dataclass(frozen=True, slots=True)
class Projection:
    """The value to expect in one year to come, in the unit of the values.

    Attributes
    ----------
    estimate, slope : float
        On the line; change a year. NaN unless ``status`` is ok.
    se : float
        Standard error of prediction of one year's value.
    low, high : float
        Ends of the 95 % prediction interval, not cut at the end of any scale.
    n_years : int
        Years with a value.
    status : str
        ``ok``, or ``not_estimable`` with fewer than three years, or years that lie on a line
        exactly: without spread a prediction has no interval.
    """

    estimate: float
    slope: float
    se: float
    low: float
    high: float
    n_years: int
    status: str


def project_value(values: Floats, *, years: Floats, year: float) -> Projection:
    """Project past values to a year by least squares.

    Parameters
    ----------
    values : ndarray, shape (n_years,)
        NaN where a year has none; such years count for nothing.
    years : ndarray, shape (n_years,)
        No year twice.
    year : float
        For which the value is asked.

    Raises
    ------
    DataError
        When a year occurs twice or is no number, or a value is infinite.

    Examples
    --------
    >>> past = np.array([80.0, 84.0, 85.0])
    >>> projection = project_value(past, years=np.arange(3.0), year=3.0)
    >>> round(projection.estimate, 6), projection.high > 100
    (88.0, True)
    """
    _require_numbers(values, years=years, year=year)
    repeated = years.size - np.unique(years).size
    if repeated:
        raise DataError(
            f"Years that occur again: {repeated} of {years.size}. A projection needs one "
            "value for each year. Take out the others.",
            f"{years.size} 个年份中有 {repeated} 个重复，推算时每年只能有一个值。"
            "请删去多余的。",
        )
    known = ~np.isnan(values)
    y, t = values[known], years[known]
    if y.size < MIN_YEARS:
        return _not_estimable(y.size)
    centred = t - t.mean()
    slope = float(centred @ y / (centred @ centred))
    residual = y - y.mean() - slope * centred
    if np.abs(residual).max() <= ROUNDING * np.abs(y).max():
        return _not_estimable(y.size)
    ahead = year - float(t.mean())
    df = y.size - 2
    spread = 1 + 1 / y.size + ahead**2 / float(centred @ centred)
    se = float(np.sqrt(residual @ residual / df * spread))
    estimate = float(y.mean()) + slope * ahead
    ends = student_interval(estimate, se=se, df=df)
    return Projection(
        estimate=estimate,
        slope=slope,
        se=se,
        low=float(ends.low),
        high=float(ends.high),
        n_years=int(y.size),
        status="ok",
    )


def _not_estimable(n_years: int) -> Projection:
    unknown = float("nan")
    return Projection(
        estimate=unknown,
        slope=unknown,
        se=unknown,
        low=unknown,
        high=unknown,
        n_years=n_years,
        status="not_estimable",
    )


def _require_numbers(values: Floats, *, years: Floats, year: float) -> None:
    nameless = int((~np.isfinite(years)).sum())
    if nameless:
        raise DataError(
            f"Years without a number: {nameless} of {years.size}. A projection needs the year "
            "of each value. Fill them in, or take them out with their values.",
            f"{years.size} 个年份中有 {nameless} 个不是数值，推算需要每个值的年份。"
            "请补全，或连同其值一并删去。",
        )
    infinite = int(np.isinf(values).sum())
    if infinite:
        raise DataError(
            f"Values that are infinite: {infinite} of {values.size}. A value is a finite "
            "number, or NaN where there is none. Correct them.",
            f"{values.size} 个值中有 {infinite} 个为无穷大。值应为有限数，没有值的年份"
            "用 NaN 表示。请更正。",
        )
    if not np.isfinite(year):
        raise DataError(
            f"The year to project to is {year}. It must be a finite number. Correct it.",
            f"推算的年份为 {year}，应为有限数。请更正。",
        )
