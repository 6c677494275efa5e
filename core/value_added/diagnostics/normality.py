"""Whether the effects of the schools are normal, as the model takes them to be.

A shrunken effect has the variance sigma_u2 reliability_j, so that

    standardised_j = u_j / sqrt(sigma_u2 reliability_j)

is N(0, 1) under the model whatever the school's size; outliers, two kinds of schools, or a
long tail stand out against the normal quantiles.

References
----------
Lange & Ryan (1989). Assessing normality in random effects models. Annals of Statistics 17,
624-642.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from core.numerics.mixed_model import RandomInterceptFit
from core.numerics.normal_plot import (
    MOST_TESTED,
    Floats,
    estimate_normality,
    plot_against_normal,
)

LEAST_TESTED = 8
"""Schools under which a test of normality sees nothing."""

Status = Literal["ok", "too_few_schools", "too_many_schools", "no_difference_found"]


@dataclass(frozen=True, slots=True)
class SchoolNormality:
    """The schools' effects against normal quantiles.

    Attributes
    ----------
    schools : DataFrame
        school, standardised, expected (normal quantile), low, high (pointwise 95 % envelope),
        is_outside; lowest first. Empty where no differences were found.
    w, p : float or None
        The test of Shapiro and Wilk; None unless ``status`` is ok.
    n_schools : int
    status : str
        ok; too_few_schools, fewer than 8; too_many_schools, for which p is not known;
        no_difference_found.
    """

    schools: pd.DataFrame
    w: float | None
    p: float | None
    n_schools: int
    status: Status


def standardised_effects(fit: RandomInterceptFit) -> Floats:
    """Return the effects over their SD under the model; NaN where no differences were found.

    Examples
    --------
    >>> from core.numerics.mixed_model import estimate_random_intercept
    >>> from core.numerics.moments import moments_from_rows
    >>> school, y = np.repeat([0, 1, 2], 2), np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    >>> fit = estimate_random_intercept(moments_from_rows(school, x=np.ones((6, 1)), y=y))
    >>> (standardised_effects(fit).round(3) + 0.0).tolist()
    [-1.0, 0.0, 1.0]
    """
    if fit.theta == 0:
        return np.full(fit.n_schools, np.nan)
    standardised: Floats = fit.effect / np.sqrt(fit.sigma_u2 * fit.reliability)
    return standardised


def compute_normality(schools: pd.DataFrame) -> SchoolNormality:
    """Compare standardised effects with normal quantiles.

    Parameters
    ----------
    schools : DataFrame
        school, standardised; null in all rows where no differences were found, and in rows
        that are left out.

    Examples
    --------
    >>> schools = pd.DataFrame({"school": list("ABCDEFGH"),
    ...                         "standardised": [0.1, -0.3, 0.5, 8.0, -0.9, 0.2, -0.1, -0.6]})
    >>> found = compute_normality(schools)
    >>> found.schools.loc[found.schools["is_outside"], "school"].tolist(), found.p < 0.001
    (['D'], True)
    """
    known = schools[schools["standardised"].notna()].sort_values("standardised", kind="stable")
    values = known["standardised"].to_numpy(float)
    plot = plot_against_normal(values)
    table = pd.DataFrame(
        {
            "school": known["school"].to_numpy(),
            "standardised": values,
            "expected": plot.expected,
            "low": plot.low,
            "high": plot.high,
            "is_outside": (values < plot.low) | (values > plot.high),
        }
    )
    status = _status(values, n_rows=len(schools))
    if status != "ok":
        return SchoolNormality(table, None, None, values.size, status)
    found = estimate_normality(values)
    return SchoolNormality(table, found.w, found.p, values.size, status)


def _status(values: Floats, *, n_rows: int) -> Status:
    if n_rows and not values.size:
        return "no_difference_found"
    if values.size < LEAST_TESTED:
        return "too_few_schools"
    return "too_many_schools" if values.size > MOST_TESTED else "ok"
