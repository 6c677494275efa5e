"""The REML criterion of schools and the classes inside them, its derivative and its minimum.

With the ratios a = sigma_school2 / sigma_e2 and b = sigma_class2 / sigma_e2, the class sums
s_c = sum x, t_c = sum y, and sums over the classes c of a school j:

    h_c = 1 / (1 + n_c b)      w_c = b h_c      G_j = sum h_c n_c      W_j = a / (1 + G_j a)
    S_j = sum h_c s_c          T_j = sum h_c t_c

    A = sum xx - sum w_c s_c s_c' - sum W_j S_j S_j'
    B = sum xy - sum w_c s_c t_c - sum W_j S_j T_j            beta = A^-1 B
    RSS = sum yy - sum w_c t_c^2 - sum W_j T_j^2 - B' beta
    -2 log REML = sum log(1 + n_c b) + sum log(1 + G_j a) + log|A|
                  + (N - p) (1 + log(2 pi RSS / (N - p)))

Its derivative by either ratio is, over the units u of that level with indicator 1_u,

    sum 1_u'V^-1 1_u - 1_u'V^-1 X A^-1 X'V^-1 1_u - (N - p) / RSS (1_u'V^-1 (y - X beta))^2

The search is over the square roots of a and b, where the criterion is even, so that 0 is a
point like any other.

References
----------
Searle, Casella & McCulloch (1992). Variance Components, ch. 6 (the derivatives of REML).
"""

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from core.numerics.moments import SchoolMoments, rescale
from core.numerics.reml_search import find_minimum
from core.numerics.standard_design import COLLINEAR, StandardDesign, no_spread

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

LARGEST = 1e3
"""Neither square root goes beyond it: a variance a million times that of the pupils."""

NOTHING = 1e-9
"""A ratio of variances below which it is 0."""

SADDLE = 1e-3
"""How far the derivative at 0 may be below 0 before the search goes on from there."""

STARTS = ((0.3, 0.3), (1.0, 0.05), (0.05, 1.0))

MAX_SADDLES = 10


@dataclass(frozen=True, slots=True)
class Projections:
    """What the criterion and the effects need of each unit; V in units of sigma_e2.

    Attributes
    ----------
    size : ndarray, shape (n_units,)
        1_u'V^-1 1_u.
    sums : ndarray, shape (n_units, p)
        1_u'V^-1 X.
    residual : ndarray, shape (n_units,)
        1_u'V^-1 (y - X beta).
    """

    size: Floats
    sums: Floats
    residual: Floats


@dataclass(frozen=True, slots=True)
class NestedSolution:
    """The model at its minimum, in standard units.

    Attributes
    ----------
    ratio_school, ratio_class : float
        a and b.
    school, class_ : Projections
    beta : ndarray, shape (p,)
    inverse : ndarray, shape (p, p)
        A^-1.
    rss, criterion : float
    """

    ratio_school: float
    ratio_class: float
    school: Projections
    class_: Projections
    beta: Floats
    inverse: Floats
    rss: float
    criterion: float


@dataclass(frozen=True, slots=True)
class _Problem:
    """Class sums in standard units; ``school`` is the index of each class's school."""

    design: StandardDesign
    school: Indices
    n: Floats
    sums: Floats
    outcome: Floats

    def of_schools(self, of_classes: Floats) -> Floats:
        """Add up the classes of each school, along the first axis."""
        total = np.zeros((self.design.moments.n.size, *of_classes.shape[1:]))
        np.add.at(total, self.school, of_classes)
        return total


def minimise_nested_criterion(
    design: StandardDesign, *, classes: SchoolMoments, school: Indices
) -> NestedSolution:
    """Return the model at the variances where the criterion is least.

    Parameters
    ----------
    design : StandardDesign
        Of the schools.
    classes : SchoolMoments
        Of the classes, in their own units.
    school : ndarray of int, shape (n_classes,)
        Which school a class belongs to.

    Raises
    ------
    NotEstimableError
        When nothing is left to explain inside the classes.

    Examples
    --------
    >>> from core.numerics.moments import merge_moments, moments_from_rows
    >>> from core.numerics.standard_design import standardise_design
    >>> y = np.array([1.0, 2.0, 3.0, 4.0, 9.0, 10.0, 11.0, 12.0, 5.0, 6.0, 8.0, 9.0])
    >>> classes = moments_from_rows(np.repeat(np.arange(6), 2), x=np.ones((12, 1)), y=y)
    >>> school = np.repeat([0, 1, 2], 2)
    >>> design = standardise_design(merge_moments(classes, group=school))
    >>> best = minimise_nested_criterion(design, classes=classes, school=school)
    >>> round(best.ratio_class, 6)  # (5.667 - 0.5) / 2, beside 0.5
    5.166667
    """
    standard = rescale(classes, shift=design.shift, scale=design.scale)
    problem = _Problem(
        design=design,
        school=school,
        n=standard.n,
        sums=standard.xx[:, 0, :],
        outcome=standard.xy[:, 0],
    )
    # RSS falls as the ratios grow: spread that is left at the upper end is left everywhere.
    if _solve(problem, np.full(2, LARGEST)).rss <= COLLINEAR * design.n_pupils:
        raise no_spread(design)
    return _minimum(problem)


def _minimum(problem: _Problem) -> NestedSolution:
    def criterion(root: Floats) -> tuple[float, Floats]:
        solution = _solve(problem, root)
        return solution.criterion, 2 * root * _derivative(problem, solution)

    starts = [np.array(start) for start in STARTS]
    for _ in range(MAX_SADDLES):
        found = find_minimum(criterion, starts=starts, bound=LARGEST)
        if np.abs(found.point).max() >= LARGEST:
            raise no_spread(problem.design)
        root = np.where(found.point**2 > NOTHING, np.abs(found.point), 0.0)
        solution = _solve(problem, root)
        is_saddle = (root == 0) & (_derivative(problem, solution) < -SADDLE)
        if not is_saddle.any():
            break
        starts = [np.where(is_saddle, 0.1, root)]
    return solution


def _solve(problem: _Problem, root: Floats) -> NestedSolution:
    design, (ratio_school, ratio_class) = problem.design, root**2
    damping = 1 / (1 + problem.n * ratio_class)
    size = problem.of_schools(damping * problem.n)
    weight = ratio_school / (1 + size * ratio_school)
    class_weight = ratio_class * damping
    sums = problem.of_schools(problem.sums * damping[:, None])
    outcome = problem.of_schools(problem.outcome * damping)
    weighted, own = problem.sums * class_weight[:, None], sums * weight[:, None]
    b = design.xy - weighted.T @ problem.outcome - own.T @ outcome
    factor = scipy.linalg.cholesky(
        design.xx - weighted.T @ problem.sums - own.T @ sums, lower=True
    )
    inverse = scipy.linalg.cho_solve((factor, True), np.eye(b.size))
    beta = scipy.linalg.cho_solve((factor, True), b)
    explained = class_weight @ problem.outcome**2 + weight @ outcome**2
    rss = float(design.yy - explained - b @ beta)
    logs = np.log1p(size * ratio_school).sum() - np.log(damping).sum()
    log_a = 2 * np.log(np.diag(factor)).sum()
    log_rss = np.log(2 * np.pi * rss / design.freedom)
    share = 1 / (1 + size * ratio_school)
    of_schools = Projections(
        size=size * share,
        sums=sums * share[:, None],
        residual=(outcome - sums @ beta) * share,
    )
    return NestedSolution(
        ratio_school=float(ratio_school),
        ratio_class=float(ratio_class),
        school=of_schools,
        class_=_class_projections(
            problem, damping=damping, pull=ratio_school, of_schools=of_schools, beta=beta
        ),
        beta=beta,
        inverse=inverse,
        rss=rss,
        criterion=float(logs + log_a + design.freedom * (1 + log_rss)),
    )


def _class_projections(
    problem: _Problem, *, damping: Floats, pull: float, of_schools: Projections, beta: Floats
) -> Projections:
    """Take away from each class the share of it that its school accounts for."""
    school, size = problem.school, damping * problem.n
    of_class = pull * size
    sums, residual = problem.sums, problem.outcome - problem.sums @ beta
    total = of_schools.size[school]
    # of_schools.size is G_j / (1 + G_j a), so W_j = a (1 - a size_j).
    return Projections(
        size=size - size**2 * pull * (1 - pull * total),
        sums=sums * damping[:, None] - of_class[:, None] * of_schools.sums[school],
        residual=residual * damping - of_class * of_schools.residual[school],
    )


def _derivative(problem: _Problem, solution: NestedSolution) -> Floats:
    """Return the derivative of the criterion by (a, b)."""
    per_rss = problem.design.freedom / solution.rss
    terms = []
    for unit in (solution.school, solution.class_):
        leverage = np.sum((unit.sums.T @ unit.sums) * solution.inverse)
        terms.append(unit.size.sum() - leverage - per_rss * (unit.residual @ unit.residual))
    return np.array(terms)
