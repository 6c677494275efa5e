"""Shrunken effects of any estimator: what is pooled over years and drawn from."""

import pandas as pd

from core.numerics.shrinkage import shrink
from core.value_added.result import ValueAdded

_MIXED = ("random_intercept", "contextual", "reliability_corrected")


def shrunken_effects(result: ValueAdded) -> pd.DataFrame:
    """Return each school's shrunken effect with its posterior standard deviation.

    Mixed models give it as their estimate; mean residuals, percentiles and changes are drawn
    toward their common mean by empirical Bayes.

    Returns
    -------
    DataFrame
        school, estimate, se, reliability, status, in the order of the result. The errors are
        null where the schools were not found to differ: nothing is known of single schools.

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
        se = se * float("nan")
    columns = {"estimate": estimate, "se": se, "reliability": reliability}
    return schools[["school"]].assign(**columns, status=schools["status"])
