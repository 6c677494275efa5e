"""Weighted quantile regression for many tau at once, exact and proved for every one.

For each tau the fit minimises the check loss over the cells of a joint histogram,

    min_b sum_i w_i rho_tau(y_i - x_i'b),    rho_tau(r) = r (tau - [r < 0])

which is the fit to pupils, because pupils of one cell are alike. The minimum for one tau is the
start for the next. Each fit passes through p cells and is proved: there are pulls a_i with

    sum_i a_i x_i = 0,    (tau - 1) w_i <= a_i <= tau w_i,    sum_i a_i y_i = loss

which only a minimum has. The loss is unique, the fit need not be.

References
----------
Koenker & Bassett (1978). Regression quantiles. Econometrica 46, 33-50. Koenker (2005). Quantile
Regression, chapter 6. Charnes (1952). Optimality and degeneracy in linear programming.
Econometrica 20, 160-170 (disturbed values keep the walk from turning in a circle).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr

from core.errors import NotEstimableError
from core.numerics.quantile_band import descend_in_band
from core.numerics.quantile_program import solve_by_program
from core.numerics.quantile_vertex import (
    CellSample,
    Vertex,
    descend,
    first_vertex,
    multipliers,
)

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

MAX_STEPS = 20_000
"""Steps for one tau before the linear program takes over; a warm start needs about 20."""

MANY_ROWS = 2_000
"""Rows from which on it pays to look at the cells near the fit only."""

DISTURBANCE = 1e-11
"""Largest shift of y against ties, in parts of its range; also at most a quarter of a gap."""

DEPENDENT = 1e-9
"""A column with less than this left, in parts of the largest, follows from the others."""

PROOF = 1e-11
"""Largest fault of a proof: of loss and pulls, in parts of the loss and of the total weight."""

ROUNDING = 1e-13
"""What the arithmetic may leave of a loss of 0, in parts of total weight times largest y."""

GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class WeightedCells:
    """Pupils counted by row of the design and outcome, in any order; cells may repeat.

    Attributes
    ----------
    row : ndarray, shape (n_cells,)
        Row of the design.
    y : ndarray, shape (n_cells,)
        Outcome.
    weight : ndarray, shape (n_cells,)
        Pupils, at least 0; cells of weight 0 do not count.
    """

    row: Indices
    y: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class QuantileFits:
    """Fits of all tau, in their order.

    Attributes
    ----------
    fit : ndarray, shape (n_tau, n_rows)
        Fitted quantiles at the rows of the design; NaN at rows without pupils.
    loss : ndarray, shape (n_tau,)
        Least check loss.
    gap : ndarray, shape (n_tau,)
        Loss less its proof: the most by which it could be lower; 0 up to rounding.
    rank : int
        Columns of the design that do not follow from others, over rows with pupils.
    n_programs : int
        Fits for which the linear program was needed.
    """

    fit: Floats
    loss: Floats
    gap: Floats
    rank: int
    n_programs: int


@dataclass(frozen=True, slots=True)
class _Minimum:
    fit: Floats
    loss: float
    gap: float
    proved: bool


def fit_quantiles(
    design: Floats, *, cells: WeightedCells, taus: Floats, max_steps: int = MAX_STEPS
) -> QuantileFits:
    """Fit regression quantiles to weighted cells.

    Parameters
    ----------
    design : ndarray, shape (n_rows, p)
        Distinct rows of the design; columns that follow from others are left out.
    cells : WeightedCells
        Pupils by row and outcome.
    taus : ndarray, shape (n_tau,)
        Above 0 and below 1; fastest when neighbours are close.
    max_steps : int
        Steps of the descent for one tau before the linear program takes over.

    Raises
    ------
    NotEstimableError
        Without a pupil, or when a minimum cannot be proved.

    Examples
    --------
    >>> cells = WeightedCells(np.zeros(3, int), np.array([1.0, 2, 9]), np.array([1.0, 1, 4]))
    >>> fits = fit_quantiles(np.ones((1, 1)), cells=cells, taus=np.array([0.25, 0.5]))
    >>> fits.fit.ravel().tolist(), fits.loss.tolist()
    ([2.0, 9.0], [7.75, 7.5])
    """
    sample, observed = _sorted_sample(design, cells=cells)
    disturbed = _disturbed(sample)
    fit = np.full((taus.size, len(design)), np.nan)
    loss, gap, n_programs = np.empty(taus.size), np.empty(taus.size), 0
    vertex, walk = first_vertex(disturbed, tau=float(taus[0])), descend
    for i, tau in enumerate(taus.tolist()):
        lowest = walk(disturbed, vertex, tau=tau, max_steps=max_steps)
        found = None if lowest is None else _at_vertex(sample, lowest, tau=tau)
        if lowest is None or found is None or not found.proved:
            found, n_programs = _by_program(sample, tau=tau), n_programs + 1
        else:
            vertex = lowest
        fit[i, observed], loss[i], gap[i] = found.fit, found.loss, found.gap
        if len(sample.design) >= MANY_ROWS:
            walk = descend_in_band  # from the second on: the start is no fit yet
    rank = sample.design.shape[1]
    return QuantileFits(fit=fit, loss=loss, gap=gap, rank=rank, n_programs=n_programs)


def _sorted_sample(design: Floats, *, cells: WeightedCells) -> tuple[CellSample, Indices]:
    """Return the cells sorted, added up and without dependent columns; and the rows met."""
    heavy = cells.weight > 0
    if not heavy.any():
        raise NotEstimableError(
            f"Regression quantiles need pupils (found: cells {heavy.size}, pupils 0). "
            "Widen the cohort.",
            f"分位数回归需要学生数据（找到：成绩组合 {heavy.size} 个，学生 0 人）。"
            "请扩大范围。",
        )
    observed, row = np.unique(cells.row[heavy], return_inverse=True)
    order = np.lexsort((cells.y[heavy], row))
    row, y, weight = row[order], cells.y[heavy][order], cells.weight[heavy][order]
    new = np.r_[True, (np.diff(row) > 0) | (np.diff(y) > 0)]
    weight = np.add.reduceat(weight, np.flatnonzero(new)).astype(np.float64)
    row, y = row[new], y[new].astype(np.float64)
    rows = design[observed]
    sample = CellSample(
        design=rows[:, _independent(rows)],
        row=row,
        y=y,
        weight=weight,
        start=np.searchsorted(row, np.arange(observed.size + 1)),
        before=np.r_[0.0, np.cumsum(weight)],
    )
    return sample, observed


def _independent(rows: Floats) -> Indices:
    """Return the columns that do not follow from others, in their order."""
    _, triangle, order = qr(rows, mode="economic", pivoting=True)
    left = np.abs(np.diag(triangle))
    kept: Indices = np.sort(order[: left.size][left > DEPENDENT * left[0]]).astype(np.int64)
    return kept


def _disturbed(sample: CellSample) -> CellSample:
    """Shift each y a little, each by another amount, so that no fit meets p + 1 cells."""
    gaps = np.diff(np.unique(sample.y))
    if not gaps.size:
        return sample
    largest = min(DISTURBANCE * float(gaps.sum()), float(gaps.min()) / 4)
    # Multiples of the golden section, less their whole parts, never repeat and look random.
    shift = largest * np.modf(GOLDEN * np.arange(1, sample.y.size + 1))[0]
    return replace(sample, y=sample.y + shift)


def _at_vertex(sample: CellSample, vertex: Vertex, *, tau: float) -> _Minimum:
    """Return the fit through the basis, and what its multipliers prove."""
    pull = np.where(
        np.arange(sample.y.size) < vertex.place[sample.row],
        (tau - 1) * sample.weight,
        tau * sample.weight,
    )
    pull[vertex.basis] = multipliers(sample, vertex, tau=tau)
    return _judged(sample, vertex.spread @ sample.y[vertex.basis], pull=pull, tau=tau)


def _by_program(sample: CellSample, *, tau: float) -> _Minimum:
    solution = solve_by_program(sample, tau=tau)
    found = _judged(sample, solution.fit, pull=solution.pull, tau=tau)
    if found.proved:
        return found
    raise NotEstimableError(
        f"The quantile {tau:g} could not be proved over {sample.y.size} cells: the loss "
        f"{found.loss:g} may be too high by {found.gap:g}. Widen the cohort, or choose another "
        "pair of exams.",
        f"在 {sample.y.size} 个成绩组合上无法证明分位数 {tau:g}：损失 {found.loss:g} "
        f"可能偏高 {found.gap:g}。请扩大范围，或换一对考试。",
    )


def _judged(sample: CellSample, fit: Floats, *, pull: Floats, tau: float) -> _Minimum:
    """Return the loss of a fit, and whether the pulls prove that it is the least."""
    residual, weight = sample.y - fit[sample.row], sample.weight
    loss = float(np.sum(weight * residual * (tau - (residual < 0))))
    gap = abs(loss - float(np.sum(pull * residual)))
    scale = float(sample.before[-1])
    row_pull = np.add.reduceat(pull, sample.start[:-1])
    unbalanced = float(np.abs(row_pull @ sample.design).max())
    outside = float(np.maximum(pull - tau * weight, (tau - 1) * weight - pull).max())
    proved = (
        gap <= PROOF * loss + ROUNDING * scale * float(np.abs(sample.y).max())
        and unbalanced <= PROOF * scale * float(np.abs(sample.design).max())
        and outside <= PROOF * scale
    )
    return _Minimum(fit=fit, loss=loss, gap=gap, proved=proved)
