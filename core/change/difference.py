"""Difference of two estimates, its standard error, and up, flat or down.

    change = after - before,    SE^2 = SE_after^2 + SE_before^2 - 2 cov

Below 1.96 SE nothing is said to have changed (flat).
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError
from core.interval import Z95, normal_interval

Floats = NDArray[np.float64]

ROUNDING = 1e-9
"""Share by which rounding may carry a covariance past what two standard errors allow."""


def difference_figures(
    after: Floats,
    *,
    before: Floats,
    se_after: Floats,
    se_before: Floats,
    cov: Floats | None = None,
) -> pd.DataFrame:
    """Return change, se, low, high (95 % interval) and verdict, row by row.

    Parameters
    ----------
    after, before, se_after, se_before : ndarray, shape (n_rows,)
        Estimates and standard errors, in the same unit.
    cov : ndarray, shape (n_rows,), optional
        Covariance of the two estimates' errors, squared unit; without it they are taken as
        independent, which is too careful where the same pupils sat both.

    Raises
    ------
    DataError
        When a covariance is larger than the product of its standard errors.

    Examples
    --------
    >>> one, two = np.array([72.0]), np.array([70.0])
    >>> figures = difference_figures(one, before=two, se_after=np.array([0.3]),
    ...                              se_before=np.array([0.4]), cov=np.array([0.06]))
    >>> figures["se"].round(4).item(), figures["verdict"].item()
    (0.3606, 'up')
    """
    change = after - before
    se = _se_of_difference(se_after, se_before, cov)
    se = np.where(np.isnan(change), np.nan, se)
    ends = normal_interval(change, se=se)
    beyond = np.abs(change) >= Z95 * se
    moved = np.where(change > 0, "up", np.where(change < 0, "down", "flat"))
    verdict = pd.Series(np.where(beyond, moved, "flat"), dtype="str").mask(np.isnan(se))
    figures = {"change": change, "se": se, "low": ends.low, "high": ends.high}
    return pd.DataFrame({**figures, "verdict": verdict})


def _se_of_difference(se_after: Floats, se_before: Floats, cov: Floats | None) -> Floats:
    apart: Floats = np.hypot(se_after, se_before)
    if cov is None:
        return apart
    beyond = np.abs(cov) > se_after * se_before * (1 + ROUNDING)
    if beyond.any():
        k = int(np.flatnonzero(beyond)[0])
        raise DataError(
            f"Covariances larger than their two standard errors allow: {beyond.sum()} (first: "
            f"covariance {cov[k]:g}, errors {se_after[k]:g} and {se_before[k]:g}). Give the "
            "covariance of the errors, in the squared unit.",
            f"协方差大于两个标准误之积：{beyond.sum()} 处（首处协方差 {cov[k]:g}，"
            f"标准误 {se_after[k]:g} 与 {se_before[k]:g}）。请给出误差的协方差（单位的平方）。",
        )
    return np.sqrt(np.maximum(apart**2 - 2 * cov, 0.0))
