"""Where the past years lead: a straight line through them, with its prediction interval.

    y_t = a + b t + e_t,   e_t ~ N(0, sigma^2),   T years

    se^2 = s^2 (1 + 1/T + (t* - tbar)^2 / S_tt),   interval = estimate -/+ t(0.975, T - 2) se

Exams of different years differ in difficulty, which the line takes as chance; three years give
one degree of freedom and a factor of 12.7: wide, and rightly so.

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
        ``ok``, or ``not_estimable`` with fewer than three years.
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
        When a year occurs twice.

    Examples
    --------
    >>> past = np.array([80.0, 84.0, 85.0])
    >>> projection = project_value(past, years=np.arange(3.0), year=3.0)
    >>> round(projection.estimate, 6), projection.high > 100
    (88.0, True)
    """
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
        unknown = float("nan")
        return Projection(
            estimate=unknown,
            slope=unknown,
            se=unknown,
            low=unknown,
            high=unknown,
            n_years=int(y.size),
            status="not_estimable",
        )
    centred = t - t.mean()
    slope = float(centred @ y / (centred @ centred))
    residual = y - y.mean() - slope * centred
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
