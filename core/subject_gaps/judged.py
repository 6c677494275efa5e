"""Deviations judged: shrunk within each measure, tested all together, flagged."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.interval import student_interval
from core.multiplicity import FALSE_DISCOVERY_RATE, adjust_q
from core.numerics.group_deviation import Deviations
from core.numerics.shrinkage import shrink

Floats = NDArray[np.float64]


def judge_deviations(deviations: Deviations, *, freedom: Floats) -> pd.DataFrame:
    """Return raw_gap, raw_se, gap, se, low, high, q_value and flag of every cell.

    Rows go unit by unit, the measures of a unit together. The interval is null in a measure
    where the units differ no more than by chance: it would read as certainty.

    Parameters
    ----------
    deviations : Deviations
        Shape (n_units, n_measures).
    freedom : ndarray, shape (n_units, n_measures)
        Degrees of freedom of the standard errors.

    Examples
    --------
    >>> pair = Deviations(np.array([[0.3], [-0.3]]), se=np.full((2, 1), 0.05))
    >>> judge_deviations(pair, freedom=np.full((2, 1), 90.0))["flag"].tolist()
    ['strong', 'weak']
    """
    # An error of 0 would make any difference certain: all pupils of the subject are equal.
    known = deviations.se > 0
    raw, raw_se = (np.where(known, v, np.nan) for v in (deviations.value, deviations.se))
    gap, se, low, high = (np.full(raw.shape, np.nan) for _ in range(4))
    for k in np.flatnonzero(known.sum(axis=0) >= 2):
        shrunken = shrink(raw[:, k], se=raw_se[:, k])
        gap[:, k] = shrunken.estimate
        se[:, k] = np.where(known[:, k], shrunken.sd, np.nan)
        if shrunken.tau2 > 0:
            df = int(known[:, k].sum()) - 1
            ends = student_interval(gap[:, k], se=se[:, k], df=df)
            low[:, k], high[:, k] = ends.low, ends.high
    q_value = adjust_q(two_sided_p(raw / raw_se, freedom=freedom))
    columns = {"raw_gap": raw, "raw_se": raw_se, "gap": gap, "se": se, "low": low, "high": high}
    frame = pd.DataFrame({name: values.ravel() for name, values in columns.items()})
    return frame.assign(q_value=q_value.ravel(), flag=flags_of(raw, q_value=q_value).ravel())


def two_sided_p(ratio: Floats, *, freedom: Floats) -> Floats:
    """Return the probability that Student's t lies as far from 0, either way.

    Examples
    --------
    >>> two_sided_p(np.array([2.0]), freedom=np.array([60.0])).round(3).tolist()
    [0.05]
    """
    from scipy.special import stdtr

    return np.asarray(2 * stdtr(freedom, -np.abs(ratio)))


def flags_of(gap: Floats, *, q_value: Floats) -> NDArray[np.object_]:
    """Return strong, weak or none; None where nothing is known.

    Examples
    --------
    >>> flags_of(np.array([0.3, -0.3, 0.1]), q_value=np.array([0.01, 0.02, 0.4])).tolist()
    ['strong', 'weak', 'none']
    """
    side = np.where(gap > 0, "strong", "weak")
    flag = np.where(q_value <= FALSE_DISCOVERY_RATE, side, "none").astype(object)
    flag[np.isnan(q_value)] = None
    return flag
