"""The shape of residuals from counted cells: groups along a predictor, skewness, kurtosis.

With residuals e_c of n_c pupils in cell c, and N = sum n_c,

    m_k = sum n_c (e_c - m_1)^k / N,    skewness = m_3 / m_2^(3/2),    excess = m_4 / m_2^2 - 3

both 0 for a normal law. In group g the SD has the divisor n_g - 1, and se = sd / sqrt(n_g).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ResidualShape:
    """How far residuals are from a normal law; NaN where they have no spread.

    Attributes
    ----------
    skewness, kurtosis : float
        0 and 0 for a normal law; kurtosis is the excess over 3.
    sd : float
        With divisor N.
    n_pupils : int
    """

    skewness: float
    kurtosis: float
    sd: float
    n_pupils: int


@dataclass(frozen=True, slots=True)
class ResidualGroups:
    """Residuals by group of a predictor.

    Attributes
    ----------
    n : ndarray, shape (n_groups,)
        Pupils.
    predictor : ndarray, shape (n_groups,)
        Mean of the predictor.
    mean, se, sd : ndarray, shape (n_groups,)
        Mean residual, its standard error, and the SD of the residuals; the latter two are NaN
        for a group of one pupil.
    """

    n: Indices
    predictor: Floats
    mean: Floats
    se: Floats
    sd: Floats


def estimate_residual_shape(residual: Floats, *, n: Indices) -> ResidualShape:
    """Estimate skewness and excess kurtosis of residuals, shape (n_cells,), of ``n`` pupils.

    Examples
    --------
    >>> shape = estimate_residual_shape(np.array([-1.0, 0.0, 1.0]), n=np.array([1, 4, 1]))
    >>> shape.skewness, round(shape.kurtosis, 6), shape.n_pupils
    (0.0, 0.0, 6)
    """
    total = float(n.sum())
    about = residual - (n @ residual) / total
    second, third, fourth = (float(n @ about**k) / total for k in (2, 3, 4))
    if second <= 0:
        return ResidualShape(np.nan, np.nan, 0.0, int(total))
    return ResidualShape(
        skewness=third / second**1.5,
        kurtosis=fourth / second**2 - 3,
        sd=second**0.5,
        n_pupils=int(total),
    )


def estimate_residual_groups(
    residual: Floats, *, predictor: Floats, group: Indices, n: Indices
) -> ResidualGroups:
    """Estimate mean and spread of the residuals in each group of the predictor.

    Parameters
    ----------
    residual, predictor : ndarray, shape (n_cells,)
        The same for all pupils of a cell.
    group : ndarray, shape (n_cells,)
        0 to n_groups - 1, each with pupils.
    n : ndarray, shape (n_cells,)
        Pupils, at least 1.

    Examples
    --------
    >>> found = estimate_residual_groups(
    ...     np.array([1.0, 3.0, 5.0]), predictor=np.array([0.0, 1.0, 2.0]),
    ...     group=np.array([0, 0, 1]), n=np.array([1, 1, 2]))
    >>> found.mean.tolist(), found.sd.round(3).tolist()
    ([2.0, 5.0], [1.414, 0.0])
    """
    count = np.bincount(group, weights=n)
    mean = np.bincount(group, weights=n * residual) / count
    squares = np.bincount(group, weights=n * (residual - mean[group]) ** 2)
    sd = np.sqrt(squares / np.where(count > 1, count - 1, np.nan))
    return ResidualGroups(
        n=count.astype(np.int64),
        predictor=np.bincount(group, weights=n * predictor) / count,
        mean=mean,
        se=sd / np.sqrt(count),
        sd=sd,
    )
