"""``z_change`` 标准分增值: how much higher pupils stand in z than they stood before.

    estimate_j = mean of d_ij,    d_ij = z(y_ij) - z(x_ij),    SE_j = sd_j(d) / sqrt(n_j)

over the common sample, z by the whole grade of each exam, sd with divisor n_j - 1.
"""

import numpy as np

from core.interval import normal_interval
from core.value_added.inputs import ValueAddedInputs, design_of
from core.value_added.result import ValueAdded
from core.value_added.school_rows import result_without_model


def estimate_z_change(inputs: ValueAddedInputs) -> ValueAdded:
    """Estimate the mean change of z of every school from its moments.

    How the two exams go together is not asked: strong intakes gain where the earlier exam has
    more error than the later, and lose where it has less. The gauge beside it says how much.

    Raises
    ------
    NotEstimableError
        With fewer than two schools that can be estimated, or a score that does not vary.

    Examples
    --------
    >>> import pandas as pd
    >>> from core.standardise import Population
    >>> from core.value_added.spec import ValueAddedSpec
    >>> rows = pd.DataFrame({"school": ["A", "B"], "subject": "math", "n": 2, "n_sat": 2,
    ...     "n_prior": 2, "x1": [100, 200], "x1_all": [100, 200], "y": [250, 150],
    ...     "x1_x1": [10000, 20000], "y_y": [32500, 12500], "x1_y": [15000, 15000]})
    >>> unit = Population(mean=0.0, sd=1.0)
    >>> spec = ValueAddedSpec(method="z_change", scale="z")
    >>> inputs = ValueAddedInputs(rows, unit, (("entry", unit),), (), spec, None)
    >>> estimate_z_change(inputs).schools["estimate"].tolist()
    [0.75, -0.25]
    """
    moments = design_of(inputs)
    n = moments.n
    mean = (moments.xy[:, 0] - moments.xx[:, 0, 1]) / n
    square = moments.yy - 2 * moments.xy[:, 1] + moments.xx[:, 1, 1]
    # Rounding may carry equal differences a hair off 0; a school of one pupil has no spread.
    about_mean = np.where(square - n * mean**2 > 1e-12 * square, square - n * mean**2, 0.0)
    se = np.sqrt(about_mean / np.where(n > 1, n * (n - 1), np.nan))
    estimate, error = inputs.spread(mean), inputs.spread(se)
    return result_without_model(
        inputs, estimate=estimate, se=error, ends=normal_interval(estimate, se=error)
    )
