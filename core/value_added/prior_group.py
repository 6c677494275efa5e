"""``prior_group``: pupils compared with all pupils of the same prior group, as Progress 8 does.

    estimate_j = mean of r_ij in school j,    r_ij = y_ij - m_g(ij),    SE_j = sd(r) / sqrt(n_j)

m_g is the mean of all pupils of prior group g: one of 34 quantile groups, or of 10 where fewer
than 3,400 pupils are matched. Groups and sd are those of all matched pupils.
"""

import numpy as np
import pandas as pd

from core.interval import normal_interval
from core.numerics.prior_groups import estimate_group_residuals, group_by_quantiles
from core.standardise import HUNDREDTHS
from core.value_added.inputs import (
    ValueAddedInputs,
    require_joint,
    require_spread,
    sd_of_point,
)
from core.value_added.result import ValueAdded
from core.value_added.school_rows import result_without_model

N_GROUPS, N_GROUPS_FEW = 34, 10
"""Prior groups, and those of a population too small for that many."""

MANY_PUPILS = 3400
"""Matched pupils from which on there are 34 groups: a hundred a group."""


def estimate_by_prior_group(inputs: ValueAddedInputs) -> ValueAdded:
    """Estimate school effects as mean residuals from the mean of the prior group.

    Raises
    ------
    NotEstimableError
        With fewer than two schools with matched pupils, or a score that does not vary.
    SettingsError
        Without the joint histogram of the same prior.

    Examples
    --------
    >>> from core.standardise import Population
    >>> from core.value_added.spec import ValueAddedSpec
    >>> rows = pd.DataFrame({"school": ["A", "B"], "subject": "math", "n": 2, "n_sat": 2,
    ...     "n_prior": 2, "x1": 300, "x1_all": 300, "y": [700, 300]})
    >>> joint = pd.DataFrame({"school": ["A", "A", "B", "B"], "prior": [100, 200, 100, 200],
    ...     "current": [300, 400, 100, 200], "n": 1})
    >>> unit, spec = Population(0.0, 1.0), ValueAddedSpec(method="prior_group", scale="raw")
    >>> inputs = ValueAddedInputs(rows, unit, (("entry", unit),), (), spec, joint)
    >>> estimate_by_prior_group(inputs).schools["estimate"].tolist()
    [1.0, -1.0]
    """
    require_spread(inputs)
    joint = require_joint(inputs)
    n = joint["n"].to_numpy(np.int64)
    wanted = N_GROUPS if n.sum() >= MANY_PUPILS else N_GROUPS_FEW
    groups = group_by_quantiles(joint["prior"].to_numpy(np.int64), n=n, n_groups=wanted)
    residuals = estimate_group_residuals(
        groups,
        school=pd.Index(inputs.rows["school"]).get_indexer(joint["school"]).astype(np.int64),
        current=joint["current"].to_numpy(float) / HUNDREDTHS / sd_of_point(inputs),
        n=n,
        n_schools=len(inputs.rows),
    )
    se = residuals.sd / np.sqrt(np.where(residuals.n > 0, residuals.n, np.nan))
    return result_without_model(
        inputs,
        estimate=residuals.mean,
        se=se,
        ends=normal_interval(residuals.mean, se=se),
        n_prior_groups=groups.n_groups,
    )
