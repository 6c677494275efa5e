"""The restricted likelihood of the covariance T that several measures of each unit share.

    x_j = mu_g + u_j + e_j,    u_j ~ N(0, T),    e_j ~ N(0, E_j),    unit j of group g

With V_j = T + E_j, M_g = (sum of V_j^-1 over the group)^-1, mu_g = M_g sum V_j^-1 x_j and
r_j = x_j - mu_g, -2 log of it is, up to a constant,

    criterion = sum_j log|V_j| + sum_g log|M_g^-1| + sum_j r_j' V_j^-1 r_j
    slope = d criterion / d T = sum_j (V_j^-1 - V_j^-1 M_g V_j^-1 - V_j^-1 r_j r_j' V_j^-1)

It is minimised over the lower triangular L of T = L L', so T may be singular, down to 0. At
the minimum slope T = 0 and no eigenvalue of the slope is negative; where one is, the criterion
falls with more spread in its direction, and the search goes on from there. A measure that a
unit lacks has an infinite error: its row and column of V_j^-1 are 0.

References
----------
Patterson & Thompson (1971). Recovery of inter-block information when block sizes are unequal.
Biometrika 58, 545-554.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.numerics.reml_search import find_minimum

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]

START = 0.6
"""Of the diagonal of L, beside the spread of the estimates."""

LARGEST = 100.0
"""Most that an entry of L can be, beside the spread of the estimates."""

NOTHING = 1e-10
"""Variance, beside that of the estimates, that counts as 0."""

DOWNHILL = 1e-6
"""Slope per unit below 0 from which more spread is a better fit."""

MAX_SEARCHES = 4


@dataclass(frozen=True, slots=True)
class JointUnits:
    """Estimates of all units, in units of their spread.

    Attributes
    ----------
    estimate : ndarray, shape (n_units, n_measures)
        0 where not known.
    error : ndarray, shape (n_units, n_measures, n_measures)
    known : ndarray of bool, shape (n_units, n_measures)
    group : ndarray, shape (n_units,)
    """

    estimate: Floats
    error: Floats
    known: Bools
    group: Indices


@dataclass(frozen=True, slots=True)
class GivenCovariance:
    """What follows once T is given.

    Attributes
    ----------
    inverse : ndarray, shape (n_units, n_measures, n_measures)
        V_j^-1.
    of_mean : ndarray, shape (n_groups, n_measures, n_measures)
        M_g; 0 in a measure nobody has.
    rest : ndarray, shape (n_units, n_measures)
        r_j.
    criterion : float
    slope : ndarray, shape (n_measures, n_measures)
    """

    inverse: Floats
    of_mean: Floats
    rest: Floats
    criterion: float
    slope: Floats


def solve_at(covariance: Floats, *, units: JointUnits) -> GivenCovariance:
    """Return the criterion at T, its slope, and what they are made of.

    Parameters
    ----------
    covariance : ndarray, shape (n_measures, n_measures)
    units : JointUnits

    Examples
    --------
    >>> units = JointUnits(np.array([[-1.0], [1.0]]), error=np.full((2, 1, 1), 0.5),
    ...                    known=np.ones((2, 1), dtype=bool), group=np.zeros(2, int))
    >>> at = solve_at(np.array([[1.5]]), units=units)
    >>> at.rest.ravel().tolist(), at.slope.item()
    ([-1.0, 1.0], 0.0)
    """
    known, group = units.known, units.group
    both = known[:, :, None] & known[:, None, :]
    missing = ~known[:, :, None] * np.eye(known.shape[1])
    # A missing measure is cut off: its own row and column are those of the identity.
    total = np.where(both, covariance + units.error, missing)
    inverse = np.linalg.inv(total) - missing
    information = sum_by_group(inverse, group=group)
    lacking = np.einsum("gkk->gk", information) == 0
    information += lacking[:, :, None] * np.eye(known.shape[1])
    of_mean = np.linalg.inv(information) - lacking[:, :, None] * np.eye(known.shape[1])
    weighted = sum_by_group((inverse @ units.estimate[:, :, None])[:, :, 0], group=group)
    mean = (of_mean @ weighted[:, :, None])[:, :, 0]
    rest = np.where(known, units.estimate - mean[group], 0.0)
    pull = (inverse @ rest[:, :, None])[:, :, 0]
    of_means = inverse @ of_mean[group] @ inverse
    logs = np.linalg.slogdet(total)[1].sum() + np.linalg.slogdet(information)[1].sum()
    return GivenCovariance(
        inverse=inverse,
        of_mean=of_mean,
        rest=rest,
        criterion=float(logs + (rest * pull).sum()),
        slope=(inverse - of_means).sum(axis=0) - pull.T @ pull,
    )


def find_covariance(units: JointUnits) -> Floats:
    """Return T where the criterion is least, shape (n_measures, n_measures).

    Examples
    --------
    >>> units = JointUnits(np.array([[-1.0], [1.0]]), error=np.full((2, 1, 1), 0.5),
    ...                    known=np.ones((2, 1), dtype=bool), group=np.zeros(2, int))
    >>> find_covariance(units).round(9).tolist()
    [[1.5]]
    """
    n_units, n_measures = units.estimate.shape
    below = np.tril_indices(n_measures)

    def criterion(entries: Floats) -> tuple[float, Floats]:
        root = _lower(entries, below=below)
        at = solve_at(root @ root.T, units=units)
        return at.criterion, (2 * at.slope @ root)[below]

    root = START * np.eye(n_measures)
    for _ in range(MAX_SEARCHES):
        found = find_minimum(criterion, starts=[root[below]], bound=LARGEST)
        covariance = _rounded(_lower(found.point, below=below))
        slope, direction = np.linalg.eigh(solve_at(covariance, units=units).slope)
        if slope[0] >= -DOWNHILL * n_units:
            break
        further = 0.01 * np.outer(direction[:, 0], direction[:, 0])
        raised = covariance + further + NOTHING * np.eye(n_measures)
        root = np.asarray(np.linalg.cholesky(raised), np.float64)
    return covariance


def sum_by_group(values: Floats, *, group: Indices) -> Floats:
    """Add up the units of each group, along the first axis."""
    flat = values.reshape(group.size, -1)
    place = group[:, None] * flat.shape[1] + np.arange(flat.shape[1])
    total = np.bincount(place.ravel(), weights=flat.ravel())
    return np.asarray(total.reshape(-1, *values.shape[1:]), np.float64)


def _lower(entries: Floats, *, below: tuple[Indices, ...]) -> Floats:
    size = int(below[0].max()) + 1
    root = np.zeros((size, size))
    root[below] = entries
    return root


def _rounded(root: Floats) -> Floats:
    """Return T = L L' without the directions in which the spread is next to nothing."""
    left, singular, _ = np.linalg.svd(root)
    variance = np.where(singular**2 > NOTHING, singular**2, 0.0)
    return np.asarray((left * variance) @ left.T)
