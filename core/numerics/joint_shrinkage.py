"""Several estimates of each unit, with errors that go together, shrunk together.

    x_j = mu_g + u_j + e_j,    u_j ~ N(0, T),    e_j ~ N(0, E_j),    unit j of group g

with K measures and E_j known. T is common to all groups; each group has its own mean, flat a
priori. With V_j = T + E_j, gain_j = T V_j^-1 and M_g = (sum of V_j^-1 over the group)^-1,

    mu_g = M_g sum V_j^-1 x_j,    effect_j = gain_j (x_j - mu_g),
    Cov(u_j - effect_j) = T - gain_j T + gain_j M_g gain_j'

T maximises the restricted likelihood (``core.numerics.joint_criterion``); it is singular, or
0, where the estimates differ no more than their errors make them. A measure that a unit lacks
has an infinite error: its effect is what the unit's other measures tell of it.

References
----------
Everson & Morris (2000). Inference for multivariate normal hierarchical models. Journal of the
Royal Statistical Society B 62, 399-412.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.numerics.joint_criterion import JointUnits, find_covariance, solve_at, sum_by_group

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class JointEffects:
    """Effects of the units on all measures, given all their estimates.

    Attributes
    ----------
    covariance : ndarray, shape (n_measures, n_measures)
        T, of the true effects.
    effect : ndarray, shape (n_units, n_measures)
        Posterior means of u_j.
    gain : ndarray, shape (n_units, n_measures, n_measures)
        Columns of measures that the unit lacks are 0.
    within : ndarray, shape (n_units, n_measures, n_measures)
        T - gain_j T: posterior covariance of u_j with the group's mean taken as known.
    of_mean : ndarray, shape (n_groups, n_measures, n_measures)
        M_g, the posterior covariance of the groups' means; 0 in a measure nobody has.
    group : ndarray, shape (n_units,)
        Group of each unit, as given.
    """

    covariance: Floats
    effect: Floats
    gain: Floats
    within: Floats
    of_mean: Floats
    group: Indices

    @property
    def posterior(self) -> Floats:
        """Covariance of u_j - effect_j, shape (n_units, n_measures, n_measures)."""
        of_mean = self.gain @ self.of_mean[self.group] @ self.gain.swapaxes(1, 2)
        return np.asarray(self.within + of_mean)


def shrink_jointly(estimate: Floats, *, error: Floats, group: Indices) -> JointEffects:
    """Shrink the estimates of all measures toward the group's means, all at once.

    Parameters
    ----------
    estimate : ndarray, shape (n_units, n_measures)
        NaN where a unit lacks a measure; each unit has at least one.
    error : ndarray, shape (n_units, n_measures, n_measures)
        Covariances of the errors, positive definite over the measures that a unit has.
    group : ndarray, shape (n_units,)
        Index of each unit's group, from 0.

    Raises
    ------
    NotEstimableError
        When a measure has no group with two units, or its estimates do not differ.

    Examples
    --------
    >>> x = np.array([[-1.0], [0.0], [1.0]])
    >>> fit = shrink_jointly(x, error=np.full((3, 1, 1), 0.25), group=np.zeros(3, int))
    >>> fit.covariance.round(3).item(), fit.effect.round(3).ravel().tolist()
    (0.75, [-0.75, 0.0, 0.75])
    """
    known = ~np.isnan(estimate)
    spread = _spread(estimate, group=group)
    # Measures in units of their spread, so that one tolerance serves rates and z alike.
    scale = np.outer(spread, spread)
    units = JointUnits(
        np.where(known, estimate, 0.0) / spread,
        error=error / scale,
        known=known,
        group=group,
    )
    covariance = find_covariance(units)
    at = solve_at(covariance, units=units)
    gain = covariance @ at.inverse
    return JointEffects(
        covariance=covariance * scale,
        effect=(gain @ at.rest[:, :, None])[:, :, 0] * spread,
        gain=gain * (spread[:, None] / spread[None, :]),
        within=(covariance - gain @ covariance) * scale,
        of_mean=at.of_mean * scale,
        group=group,
    )


def _spread(estimate: Floats, *, group: Indices) -> Floats:
    """Return the SD of each measure inside groups."""
    known = ~np.isnan(estimate)
    count = sum_by_group(known.astype(float), group=group)
    total = sum_by_group(np.where(known, estimate, 0.0), group=group)
    centred = np.where(known, estimate - (total / np.maximum(count, 1))[group], 0.0)
    freedom = np.maximum(count - 1, 0).sum(axis=0)
    variance = (centred**2).sum(axis=0) / np.maximum(freedom, 1)
    poor = int(np.flatnonzero((freedom < 1) | (variance <= 0)).size)
    if poor:
        raise NotEstimableError(
            f"Effects need two units of one group that differ, in every measure (measures "
            f"without: {poor} of {estimate.shape[1]}, units {estimate.shape[0]}). Widen the "
            "groups or leave the measure out.",
            f"每个指标至少需要同组内两个有差异的单位（不满足的指标 {poor} 个，"
            f"共 {estimate.shape[1]} 个；单位 {estimate.shape[0]} 个）。"
            "请扩大比较组或去掉该指标。",
        )
    return np.asarray(np.sqrt(variance))
