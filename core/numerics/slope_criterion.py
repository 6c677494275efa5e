"""The REML criterion of the random slope model, its derivative and its minimum.

With D = sigma_e2 T, T = L L', and per school, z being the sloped columns of x,
G_j = sum z z', C_j = sum x z', zy_j = sum z y and r_j = sum z (y - x' beta):

    W_j = L (I + L' G_j L)^-1 L'              A = sum xx_j - C_j W_j C_j'
    b = sum xy_j - C_j W_j zy_j               beta = A^-1 b
    RSS = sum (yy_j - zy_j' W_j zy_j) - b' beta       sigma_e2 = RSS / (N - p)

    -2 log REML = sum log|I + L' G_j L| + log|A| + (N - p) (1 + log(2 pi RSS / (N - p)))

Its derivative by T, with K_j = I - W_j G_j, is

    S = sum G_j K_j - K_j' C_j' A^-1 C_j K_j - (N - p) / RSS K_j' r_j r_j' K_j

and 2 S L by L. The criterion is even in L, so a variance of 0 is a point like any other and no
bound is needed. At the minimum S has no negative eigenvalue; where T is singular that says more
than a gradient of 0, and is checked.

References
----------
Bates, Maechler, Bolker & Walker (2015). Fitting linear mixed-effects models using lme4.
Journal of Statistical Software 67(1), section 3.4.
"""

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from core.numerics.reml_search import find_minimum
from core.numerics.standard_design import COLLINEAR, StandardDesign, no_spread

Floats = NDArray[np.float64]

LARGEST = 1e3
"""No entry of L goes beyond it: a variance a million times that of the pupils."""

NOTHING = 1e-9
"""An eigenvalue of T below which it is 0."""

SADDLE = 1e-3
"""How far S may be below 0 before the search goes on in that direction."""

STARTS = (0.1, 0.6)
"""Diagonal of L, in standard units, from which the criterion is followed down."""

MAX_SADDLES = 10


@dataclass(frozen=True, slots=True)
class SlopeSolution:
    """The model at its minimum, in standard units.

    Attributes
    ----------
    t : ndarray, shape (k, k)
        D / sigma_e2; eigenvalues that are 0 up to rounding are exactly 0.
    weight : ndarray, shape (n_schools, k, k)
        W_j.
    own : ndarray, shape (n_schools, p, k)
        C_j W_j.
    effect : ndarray, shape (n_schools, k)
        W_j r_j.
    beta : ndarray, shape (p,)
    inverse : ndarray, shape (p, p)
        A^-1.
    rss, criterion : float
    """

    t: Floats
    weight: Floats
    own: Floats
    effect: Floats
    beta: Floats
    inverse: Floats
    rss: float
    criterion: float


@dataclass(frozen=True, slots=True)
class _Problem:
    """The standardised moments in the letters of the formulas."""

    design: StandardDesign
    zz: Floats
    xz: Floats
    zy: Floats


@dataclass(frozen=True, slots=True)
class _Point:
    """All that follows from one L, which need not be triangular."""

    root: Floats
    weight: Floats
    own: Floats
    inverse: Floats
    beta: Floats
    rss: float
    criterion: float


def minimise_slope_criterion(
    design: StandardDesign, *, columns: tuple[int, ...]
) -> SlopeSolution:
    """Return the model at the T where the criterion is least.

    Parameters
    ----------
    design : StandardDesign
    columns : tuple of int
        Columns of z, the intercept 0 first.

    Raises
    ------
    NotEstimableError
        When nothing is left to explain inside the schools.

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> from core.numerics.standard_design import standardise_design
    >>> y = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    >>> moments = moments_from_rows(np.repeat([0, 1, 2], 2), x=np.ones((6, 1)), y=y)
    >>> minimise_slope_criterion(standardise_design(moments), columns=(0,)).t.round(6).tolist()
    [[7.5]]
    """
    standard, z = design.moments, list(columns)
    problem = _Problem(
        design=design,
        zz=standard.xx[:, z][:, :, z],
        xz=standard.xx[:, :, z],
        zy=standard.xy[:, z],
    )
    # RSS falls as T grows: spread that is left at the upper end is left everywhere.
    if _solve(problem, LARGEST * np.eye(len(z))).rss <= COLLINEAR * design.n_pupils:
        raise no_spread(design)
    point = _minimum(problem)
    return SlopeSolution(
        t=point.root @ point.root.T,
        weight=point.weight,
        own=point.own,
        effect=_apply(point.weight, _residual(problem, point)),
        beta=point.beta,
        inverse=point.inverse,
        rss=point.rss,
        criterion=point.criterion,
    )


def _minimum(problem: _Problem) -> _Point:
    k = problem.zz.shape[1]
    lower = np.tril_indices(k)

    def root_of(variables: Floats) -> Floats:
        root = np.zeros((k, k))
        root[lower] = variables
        return root

    def criterion(variables: Floats) -> tuple[float, Floats]:
        point = _solve(problem, root_of(variables))
        gradient = 2 * _derivative(problem, point) @ point.root
        return point.criterion, gradient[lower]

    starts = [(start * np.eye(k))[lower] for start in STARTS]
    for _ in range(MAX_SADDLES):
        found = find_minimum(criterion, starts=starts, bound=LARGEST)
        if np.abs(found.point).max() >= LARGEST:
            raise no_spread(problem.design)
        point = _snapped(problem, root_of(found.point))
        depth, direction = np.linalg.eigh(_derivative(problem, point))
        if depth[0] > -SADDLE:
            break
        starts = [_beyond(point.root, direction[:, 0])[lower]]
    return point


def _snapped(problem: _Problem, root: Floats) -> _Point:
    """Solve with the variances and eigenvalues of T that are 0 up to rounding set to 0."""
    varies = np.sum(root**2, axis=1) > NOTHING
    values, vectors = np.linalg.eigh(root @ root.T)
    if values[0] > NOTHING:
        return _solve(problem, root)
    # Any L with the same L L' gives the same solution.
    flat = vectors * np.sqrt(np.where(values > NOTHING, values, 0.0))
    return _solve(problem, np.where(varies[:, None], flat, 0.0))


def _beyond(root: Floats, direction: Floats) -> Floats:
    """Return a triangular L whose T is wider in a direction that lowers the criterion."""
    wider = np.outer(direction, direction) + NOTHING * np.eye(direction.size)
    start: Floats = scipy.linalg.cholesky(root @ root.T + 0.01 * wider, lower=True)
    return start


def _solve(problem: _Problem, root: Floats) -> _Point:
    design = problem.design
    scaled = np.eye(root.shape[0]) + root.T @ problem.zz @ root
    weight = root @ np.linalg.inv(scaled) @ root.T
    own = problem.xz @ weight
    a = design.xx - np.tensordot(own, problem.xz, axes=([0, 2], [0, 2]))
    b = design.xy - np.tensordot(own, problem.zy, axes=([0, 2], [0, 1]))
    factor = scipy.linalg.cholesky((a + a.T) / 2, lower=True)
    inverse = scipy.linalg.cho_solve((factor, True), np.eye(b.size))
    beta = scipy.linalg.cho_solve((factor, True), b)
    explained = np.sum(problem.zy * _apply(weight, problem.zy))
    rss = float(design.yy - explained - b @ beta)
    logs = np.log(np.linalg.det(scaled)).sum() + 2 * np.log(np.diag(factor)).sum()
    criterion = logs + design.freedom * (1 + np.log(2 * np.pi * rss / design.freedom))
    return _Point(
        root=root,
        weight=weight,
        own=own,
        inverse=inverse,
        beta=beta,
        rss=rss,
        criterion=float(criterion),
    )


def _derivative(problem: _Problem, point: _Point) -> Floats:
    """Return S, the derivative of the criterion by T, shape (k, k)."""
    kept = np.eye(point.root.shape[0]) - point.weight @ problem.zz
    of_x = problem.xz @ kept
    of_y = _apply(kept.transpose(0, 2, 1), _residual(problem, point))
    log_v = np.tensordot(problem.zz, kept, axes=([0, 2], [0, 1]))
    log_a = np.tensordot(of_x, point.inverse @ of_x, axes=([0, 1], [0, 1]))
    s = log_v - log_a - problem.design.freedom / point.rss * (of_y.T @ of_y)
    symmetric: Floats = (s + s.T) / 2
    return symmetric


def _residual(problem: _Problem, point: _Point) -> Floats:
    """Return r_j, shape (n_schools, k)."""
    residual: Floats = problem.zy - point.beta @ problem.xz
    return residual


def _apply(matrix: Floats, vector: Floats) -> Floats:
    """Return each school's matrix, (n_schools, k, k), times its vector, (n_schools, k)."""
    product: Floats = (matrix @ vector[:, :, None])[:, :, 0]
    return product
