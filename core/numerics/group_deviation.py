"""How far units stand from their group, when each unit is part of what it is compared with.

Unit j of group g has the measures z_j with errors of covariance C_j, independent of the other
units. What it is compared with is linear in the measures of the group, m_g = sum_k K_k z_k, so
y_j = z_j - m_g has the error covariance

    Cov(y_j) = C_j - K_j C_j - C_j K_j' + sum_k K_k C_k K_k'

Level: m_g is the weighted mean of each measure, K_k = diag(w_ks / sum_k w_ks).

Profile: P_j takes the unit's own mean over its measures off, and m_g are the effects of the
measures beside those of the units, by least squares with the weights w_k:

    m_g = Q^+ sum_k w_k P_k z_k,    Q = sum_k w_k P_k,    K_k = w_k Q^+ P_k

The deviation is P_j y_j. Where all units have all measures, m_g is the weighted mean. Where
some lack one, a strong unit without it does not make the measure look weak in the group.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]

_RANK = 1e-10
"""Share of the largest eigenvalue of Q below which one counts as 0."""

_ROUNDING = 1e-12
"""Share of the measure's own error variance below which that of a deviation counts as 0."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of units with the covariance of their errors.

    Attributes
    ----------
    value : ndarray, shape (n_units, n_measures)
        NaN where a unit has none.
    error : ndarray, shape (n_units, n_measures, n_measures)
        Covariance of the errors; ignored where the value is NaN.
    """

    value: Floats
    error: Floats


@dataclass(frozen=True, slots=True)
class Deviations:
    """Deviations with their standard errors, shape (n_units, n_measures).

    Attributes
    ----------
    value, se : ndarray
        NaN where there is nothing to compare with; ``se`` is exactly 0 where the errors take
        each other away, as with measures whose errors are the same.
    """

    value: Floats
    se: Floats


def level_beside_group(measures: Measures, *, weight: Floats, group: Indices) -> Deviations:
    """Return each measure less the weighted mean of the unit's group.

    Parameters
    ----------
    measures : Measures
    weight : ndarray, shape (n_units, n_measures)
        How much a unit counts in the mean of its group, above 0; usually pupils.
    group : ndarray, shape (n_units,)
        Index of the group, from 0.

    Returns
    -------
    Deviations
        NaN where a unit is the only one of its group with the measure.

    Examples
    --------
    >>> pair = Measures(np.array([[0.0], [1.0]]), error=np.full((2, 1, 1), 0.5))
    >>> level = level_beside_group(pair, weight=np.ones((2, 1)), group=np.zeros(2, int))
    >>> level.value.ravel().tolist(), level.se.ravel().tolist()
    ([-0.5, 0.5], [0.5, 0.5])
    """
    known = ~np.isnan(measures.value)
    mass = np.where(known, weight, 0.0)
    total = _sum_by_group(mass, group=group)[group]
    share = mass / np.where(total > 0, total, 1.0)
    beside = _beside(measures, part=share[:, :, None] * np.eye(known.shape[1]), group=group)
    variance = np.einsum("jss->js", beside.error)
    known = _comparable(known, group=group)
    return _deviations(beside.value, variance, own=measures.error, known=known)


def profile_beside_group(measures: Measures, *, weight: Floats, group: Indices) -> Deviations:
    """Return how each measure stands out in its unit, beside how it does in the unit's group.

    Parameters
    ----------
    measures : Measures
    weight : ndarray, shape (n_units,)
        How much a unit counts in its group, above 0; usually pupils.
    group : ndarray, shape (n_units,)
        Index of the group, from 0.

    Returns
    -------
    Deviations
        NaN where a unit is the only one of its group with the measure, and in units with
        fewer than two measures to compare.

    Examples
    --------
    >>> pair = Measures(np.array([[0.0, 1.0], [1.0, 0.0]]), error=np.stack([np.eye(2)] * 2))
    >>> profile_beside_group(pair, weight=np.ones(2), group=np.zeros(2, int)).value.tolist()
    [[-0.5, 0.5], [0.5, -0.5]]
    """
    known = _comparable(~np.isnan(measures.value), group=group)
    known &= (known.sum(axis=1) >= 2)[:, None]
    contrast = _contrast(known)
    weighted = weight[:, None, None] * contrast
    information = _sum_by_group(weighted, group=group)
    inverse = np.linalg.pinv(information, rcond=_RANK, hermitian=True)[group]
    beside = _beside(measures, part=inverse @ weighted, group=group)
    return _profile(beside, contrast=contrast, own=measures.error, known=known)


def profile_of(measures: Measures) -> Deviations:
    """Return each measure less the unit's mean over the measures it has.

    A unit with fewer than two measures has no profile.

    Examples
    --------
    >>> one = Measures(np.array([[0.0, 1.0, np.nan]]), error=np.eye(3)[None])
    >>> profile_of(one).value.tolist(), profile_of(one).se.round(3).tolist()
    ([[-0.5, 0.5, nan]], [[0.707, 0.707, nan]])
    """
    known = ~np.isnan(measures.value)
    known &= (known.sum(axis=1) >= 2)[:, None]
    return _profile(measures, contrast=_contrast(known), own=measures.error, known=known)


def _comparable(known: Bools, *, group: Indices) -> Bools:
    """Tell which measures of a unit some other unit of its group has as well."""
    together = _sum_by_group(known.astype(float), group=group)[group]
    return np.asarray(known & (together >= 2))


def _contrast(known: Bools) -> Floats:
    """Return P_j; its row s is e_s - 1/m over the m measures of the unit."""
    n_known = np.maximum(known.sum(axis=1), 1)[:, None, None]
    own = known[:, :, None] * np.eye(known.shape[1])
    return np.asarray(own - known[:, :, None] * known[:, None, :] / n_known)


def _beside(measures: Measures, *, part: Floats, group: Indices) -> Measures:
    """Return y_j and Cov(y_j) from the parts K_j; 0 where a unit has no measure."""
    known = ~np.isnan(measures.value)
    value = np.where(known, measures.value, 0.0)
    error = np.where(known[:, :, None] & known[:, None, :], measures.error, 0.0)
    compared = _sum_by_group((part @ value[:, :, None])[:, :, 0], group=group)[group]
    shared = part @ error
    of_all = _sum_by_group(shared @ part.swapaxes(1, 2), group=group)[group]
    return Measures(value - compared, error=error - shared - shared.swapaxes(1, 2) + of_all)


def _profile(measures: Measures, *, contrast: Floats, own: Floats, known: Bools) -> Deviations:
    value = (contrast @ np.where(known, measures.value, 0.0)[:, :, None])[:, :, 0]
    variance = ((contrast @ measures.error) * contrast).sum(axis=2)
    return _deviations(value, variance, own=own, known=known)


def _sum_by_group(values: Floats, *, group: Indices) -> Floats:
    total = np.zeros((int(group.max(initial=-1)) + 1, *values.shape[1:]))
    np.add.at(total, group, values)
    return total


def _deviations(value: Floats, variance: Floats, *, own: Floats, known: Bools) -> Deviations:
    """Return the deviations; a variance that is a hair beside 0 by rounding is 0."""
    least = _ROUNDING * np.einsum("jss->js", own)
    se = np.sqrt(np.where(variance > least, variance, 0.0))
    return Deviations(value=np.where(known, value, np.nan), se=np.where(known, se, np.nan))
