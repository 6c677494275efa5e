"""Mean residuals of schools as they were found, before anything is drawn toward 0.

    d_j = mean of y_ij - x_ij' beta over the pupils of school j,
    SE_j^2 = sigma_e^2 / n_j + (x_j - x)^2 SE(beta_1)^2

with x_j the mean prior of school j and x that of all pupils. Unlike the shrunken effect d_j is
there where no differences between schools were found, and two of them can be subtracted: each
misses a lasting effect by chance alone, not by the share that shrinkage takes.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.standardise import HUNDREDTHS, Population
from core.value_added.result import ValueAdded
from core.value_added.spec import Scale

Floats = NDArray[np.float64]

_OWN_SLOPE, _SCHOOL_SLOPE = 1, 2
"""Places of the coefficients of the prior and of the school's mean prior."""


def residual_means(
    result: ValueAdded, *, moments: pd.DataFrame, current: Population, prior: Population
) -> pd.DataFrame:
    """Return each school's mean residual and its error, in the unit of the result.

    Parameters
    ----------
    result : ValueAdded
        By ``random_intercept`` or ``contextual`` on one prior; the residuals of
        ``prior_group`` are its estimates.
    moments : DataFrame
        MOMENTS rows that it was fitted to.
    current, prior : Population
        By which it was fitted.

    Returns
    -------
    DataFrame
        school, residual, se_residual, in the order of the result.

    Examples
    --------
    >>> from core.value_added import ValueAddedSpec, compute_value_added
    >>> moments = pd.DataFrame({"school": ["A", "B"], "subject": "math", "n": 2, "n_sat": 2,
    ...     "n_prior": 2, "x1": [100, 200], "x1_all": [100, 200], "y": [550, 150],
    ...     "x1_x1": [10000, 20000], "y_y": [152500, 12500], "x1_y": [30000, 15000]})
    >>> unit = Population(mean=0.0, sd=1.0)
    >>> result = compute_value_added(moments, current=unit, priors=(("entry", unit),),
    ...                              spec=ValueAddedSpec("random_intercept", "raw"))
    >>> means = residual_means(result, moments=moments, current=unit, prior=unit)
    >>> means["school"].tolist(), means["residual"].round(2).tolist()
    (['A', 'B'], [1.11, -1.11])
    """
    if not result.fixed_effects:
        figures = result.schools[["school", "estimate", "se_prediction"]]
        return figures.set_axis(["school", "residual", "se_residual"], axis=1)
    rows = moments.set_index("school").loc[result.schools["school"]]
    n = rows["n"].to_numpy(float)
    x = _in_unit(rows["x1"], n, population=prior, scale=result.scale)
    y = _in_unit(rows["y"], n, population=current, scale=result.scale)
    beta = [effect.estimate for effect in result.fixed_effects]
    slope = sum(beta[_OWN_SLOPE : _SCHOOL_SLOPE + 1])
    spread = (x - np.average(x, weights=n)) * result.fixed_effects[_OWN_SLOPE].se
    return pd.DataFrame(
        {
            "school": result.schools["school"],
            "residual": y - beta[0] - slope * x,
            "se_residual": np.sqrt(result.sigma_e2 / n + spread**2),
        }
    )


def _in_unit(total: pd.Series, n: Floats, *, population: Population, scale: Scale) -> Floats:
    """Return the mean of sums in hundredths, in z or in points."""
    mean: Floats = total.to_numpy(float) / n / HUNDREDTHS
    return (mean - population.mean) / population.sd if scale == "z" else mean
