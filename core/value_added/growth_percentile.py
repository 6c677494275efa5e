"""``growth_percentile``: where a school's pupils stand among pupils of equal past.

    estimate_j = mean percentile of school j - that of all pupils,    SE_j = sd_j / sqrt(n_j)

in percentiles. The mean of all pupils is near 50 in a large county and less in a small one,
where the curves pass through a noticeable part of the pupils.
"""

import pandas as pd

from core.growth import compute_growth
from core.interval import normal_interval
from core.value_added.inputs import ValueAddedInputs, require_joint
from core.value_added.result import ValueAdded
from core.value_added.school_rows import result_without_model


def estimate_by_growth(inputs: ValueAddedInputs) -> ValueAdded:
    """Estimate school effects as mean growth percentiles, computed from the joint histogram.

    Raises
    ------
    NotEstimableError
        Where growth percentiles cannot be computed, or with fewer than two schools.
    SettingsError
        Without the joint histogram of the same prior.

    Examples
    --------
    >>> from core.standardise import Population
    >>> from core.value_added.spec import ValueAddedSpec
    >>> joint = pd.DataFrame({"subject": "math", "school": ["A", "B"] * 10,
    ...     "prior": [1000] * 10 + [2000] * 10, "current": range(5000, 7000, 100), "n": 1})
    >>> rows = pd.DataFrame({"school": ["A", "B"], "subject": "math", "n": 10, "n_sat": 10,
    ...     "n_prior": 10, "x1": 15000, "x1_all": 15000})
    >>> unit = Population(20.0, 8.0)
    >>> spec = ValueAddedSpec(method="growth_percentile", scale="percentile")
    >>> inputs = ValueAddedInputs(rows, unit, (("entry", unit),), (), spec, joint)
    >>> estimate_by_growth(inputs).schools["estimate"].round(1).tolist()
    [4.9, -4.9]
    """
    growth = compute_growth(require_joint(inputs))
    return effects_of_growth(inputs, growth.schools, centre=growth.mean_percentile)


def effects_of_growth(
    inputs: ValueAddedInputs, growth: pd.DataFrame, *, centre: float
) -> ValueAdded:
    """Return GROWTH rows as value-added.

    Parameters
    ----------
    inputs : ValueAddedInputs
    growth : DataFrame
        GROWTH rows of the same schools; a school that it lacks is not estimable.
    centre : float
        Mean growth percentile of all pupils.

    Raises
    ------
    NotEstimableError
        With fewer than two schools that have a mean and its standard error.

    Examples
    --------
    >>> from core.standardise import Population
    >>> from core.value_added.spec import ValueAddedSpec
    >>> rows = pd.DataFrame({"school": ["A", "B"], "subject": "math", "n": 2, "n_sat": 2,
    ...     "n_prior": 2, "x1": 300, "x1_all": 300})
    >>> growth = pd.DataFrame({"school": ["A", "B"], "mean": [60.0, 45.0], "se_mean": 3.0})
    >>> spec = ValueAddedSpec(method="growth_percentile", scale="percentile")
    >>> unit = Population(0.0, 1.0)
    >>> inputs = ValueAddedInputs(rows, unit, (("entry", unit),), (), spec, None)
    >>> effects_of_growth(inputs, growth, centre=50.0).schools["estimate"].tolist()
    [10.0, -5.0]
    """
    of_row = growth.set_index("school").reindex(inputs.rows["school"])
    estimate = of_row["mean"].to_numpy(float) - centre
    se = of_row["se_mean"].to_numpy(float)
    return result_without_model(
        inputs, estimate=estimate, se=se, ends=normal_interval(estimate, se=se)
    )
