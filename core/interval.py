"""Intervals that say how sure a figure is: 95 %, by the normal law, Student's or Wilson's."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

Z95 = 1.959963984540054
"""The 97.5 % point of the standard normal law; the one place where it is written."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The two ends of 95 % intervals.

    Attributes
    ----------
    low, high : ndarray, shape of the input
        NaN where the interval is undefined.
    """

    low: Floats
    high: Floats


def normal_interval(estimate: ArrayLike, *, se: ArrayLike) -> Interval:
    """Return ``estimate`` -/+ 1.96 ``se``; NaN where either is NaN.

    Parameters
    ----------
    estimate, se : array_like, broadcastable
        Best value and its standard error, in the same unit.

    Examples
    --------
    >>> ends = normal_interval(0.5, se=0.1)
    >>> ends.low.round(3).item(), ends.high.round(3).item()
    (0.304, 0.696)
    """
    centre, half = np.asarray(estimate, float), Z95 * np.asarray(se, float)
    return Interval(low=centre - half, high=centre + half)


def student_interval(estimate: ArrayLike, *, se: ArrayLike, df: int) -> Interval:
    """Return ``estimate`` -/+ t ``se``, where the spread is known from few units only.

    Parameters
    ----------
    estimate, se : array_like, broadcastable
        Best value and its standard error, in the same unit.
    df : int
        Degrees of freedom of the spread; NaN ends below 1.

    Examples
    --------
    >>> student_interval(0.0, se=1.0, df=20).high.round(3).item()
    2.086
    """
    from scipy.special import stdtrit

    centre, half = np.asarray(estimate, float), stdtrit(df, 0.975) * np.asarray(se, float)
    return Interval(low=centre - half, high=centre + half)


def wilson_interval(count: ArrayLike, *, n: ArrayLike) -> Interval:
    """Return Wilson's score interval of a share; unlike the normal one it stays in 0 to 1.

    Parameters
    ----------
    count, n : array_like, broadcastable
        Pupils counted, 0 to ``n``, and pupils in all. Where ``n`` is 0 both ends are NaN.

    References
    ----------
    Wilson (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> shares = wilson_interval([0, 5], n=[10, 10])
    >>> shares.low.round(3).tolist(), shares.high.round(3).tolist()
    ([0.0, 0.237], [0.278, 0.763])
    """
    pupils = np.asarray(n, float)
    pupils = np.where(pupils > 0, pupils, np.nan)
    share = np.asarray(count, float) / pupils
    z2 = Z95**2
    centre = (share + z2 / (2 * pupils)) / (1 + z2 / pupils)
    spread = np.sqrt(share * (1 - share) / pupils + z2 / (4 * pupils**2))
    half = Z95 * spread / (1 + z2 / pupils)
    # Rounding may carry an end past the share at 0 and 1, where the two are equal in theory.
    return Interval(
        low=np.clip(centre - half, 0.0, share), high=np.clip(centre + half, share, 1.0)
    )
