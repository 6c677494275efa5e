"""Shrunken effects of any estimator: what is pooled over years and drawn from.

Where no differences were found every effect is estimated as 0, which is not certain: the
variance between schools may be as large as

    tau2_up = s2 (df / q - 1),    q the 5 % point of chi-squared on df,

and still be found 0 in one county of twenty, because Q / (1 + tau2 / s2) follows that law and
0 is found where Q <= df. s2 is the typical error variance of a school, with w_j = 1 / s_j^2

    s2 = (J - 1) sum w / ((sum w)^2 - sum w^2)

References
----------
Higgins & Thompson (2002). Quantifying heterogeneity in a meta-analysis. Statistics in Medicine
21, 1539-1558 (the typical variance).
"""

import numpy as np
import pandas as pd
from scipy.special import chdtri

from core.numerics.shrinkage import Floats, shrink
from core.value_added.result import ValueAdded

_MIXED = ("random_intercept", "contextual", "reliability_corrected")

RARELY_ZERO = 0.05
"""Share of counties in which a variance of tau2_up is found to be 0."""


def shrunken_effects(result: ValueAdded) -> pd.DataFrame:
    """Return each school's shrunken effect with its posterior standard deviation.

    Mixed models give it as their estimate; mean residuals, percentiles and changes are drawn
    toward their common mean by empirical Bayes.

    Returns
    -------
    DataFrame
        school, estimate, se, reliability, verdict, status, in the order of the result. Where
        the schools were not found to differ the estimate is their common mean (0 in mixed
        models), the reliability 0, and the error that of the largest variance between schools
        that is found to be 0 in one county of twenty.

    Raises
    ------
    NotEstimableError
        With fewer than two schools that have an estimate.

    Examples
    --------
    >>> from core.standardise import Population
    >>> from core.value_added import ValueAddedSpec, compute_value_added
    >>> moments = pd.DataFrame({"school": ["A", "B"], "subject": "math", "n": 2, "n_sat": 2,
    ...     "n_prior": 2, "x1": [100, 200], "x1_all": [100, 200], "y": [550, 150],
    ...     "x1_x1": [10000, 20000], "y_y": [152500, 12500], "x1_y": [30000, 15000]})
    >>> unit = Population(mean=0.0, sd=1.0)
    >>> result = compute_value_added(moments, current=unit, priors=(("entry", unit),),
    ...                              spec=ValueAddedSpec(method="z_change", scale="z"))
    >>> result.schools["estimate"].tolist()
    [2.25, -0.25]
    >>> shrunken_effects(result)["estimate"].round(2).tolist()
    [2.22, -0.23]
    """
    schools = result.schools
    estimate, se = schools["estimate"], schools["se_prediction"]
    reliability = schools["reliability"]
    if result.method not in _MIXED:
        shrunken = shrink(estimate.to_numpy(float), se=se.to_numpy(float))
        estimate = pd.Series(shrunken.estimate, index=schools.index)
        se = pd.Series(shrunken.sd, index=schools.index)
    if result.status == "no_difference_found":
        se = np.sqrt(se**2 + _largest_tau2(result))
    columns = {"estimate": estimate, "se": se, "reliability": reliability}
    return schools[["school"]].assign(**columns, **schools[["verdict", "status"]])


def _largest_tau2(result: ValueAdded) -> float:
    """Return the variance between schools that is still found to be 0 in one of twenty."""
    estimated = result.schools[result.schools["estimate"].notna()]
    variance = estimated["se_prediction"].to_numpy(float) ** 2
    if result.method in _MIXED:  # their error is 0 with the variance between schools
        variance = result.sigma_e2 / estimated["n"].to_numpy(float)
    df = result.interval_df or len(estimated) - 1
    chi2 = float(chdtri(df, 1 - RARELY_ZERO))
    return _typical(variance) * (df / chi2 - 1)


def _typical(variance: Floats) -> float:
    weight = 1 / variance
    total = weight.sum()
    return float((weight.size - 1) * total / (total**2 - (weight**2).sum()))
