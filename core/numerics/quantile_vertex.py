"""Steepest descent of the check loss from vertex to vertex, over cells that share their rows.

Pupils with the same explanatory scores share a row x_k of the design, and those with the same
outcome as well share a cell i with the weight w_i. The loss of a fit q_k = x_k'b is

    sum_i w_i rho(y_i - q_k(i)),    rho(r) = r (tau - [r < 0])

so only the p coefficients move, and each row needs to know one thing: how many of its cells lie
below the fit. At a vertex the fit passes through p cells, the basis. Letting go of one of them
moves the fit along an edge, down which the loss is followed past as many cells as it pays
(Barrodale & Roberts); the edge is the steepest per unit of length. The cost of a step depends
on the rows, not on pupils, and hardly on cells.

References
----------
Barrodale & Roberts (1973). An improved algorithm for discrete L1 linear approximation. SIAM
Journal on Numerical Analysis 10, 839-848. Koenker & d'Orey (1987). Computing regression
quantiles. Applied Statistics 36, 383-393.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

STILL = 1e-10
"""Speed of a row, in parts of the fastest, below which an edge leaves it where it is."""

FLAT = 1e-12
"""Slope of an edge, in parts of the total weight, that counts as none."""


@dataclass(frozen=True, slots=True)
class CellSample:
    """Cells sorted by row, then by y; each pair of row and y occurs once.

    Attributes
    ----------
    design : ndarray, shape (n_rows, p)
        Distinct rows of the design, each with a cell; its columns are independent.
    row : ndarray, shape (n_cells,)
        Row of each cell.
    y, weight : ndarray, shape (n_cells,)
        Outcome, rising within a row, and weight above 0.
    start : ndarray, shape (n_rows + 1,)
        First cell of each row; the last entry is n_cells.
    before : ndarray, shape (n_cells + 1,)
        Weight of all cells before a cell.
    """

    design: Floats
    row: Indices
    y: Floats
    weight: Floats
    start: Indices
    before: Floats

    @property
    def row_weight(self) -> Floats:
        """Weight of each row, shape (n_rows,)."""
        total: Floats = np.diff(self.before[self.start])
        return total


@dataclass(frozen=True, slots=True)
class Vertex:
    """A fit that passes through p cells of independent rows.

    Attributes
    ----------
    basis : ndarray, shape (p,)
        The cells.
    place : ndarray, shape (n_rows,)
        The first cell of each row that is not below the fit; start of the next row if none.
    spread : ndarray, shape (n_rows, p)
        How the fit of a row follows y of the basis; its rows of the basis are the unit matrix.
    fit : ndarray, shape (n_rows,)
        Fitted values.
    """

    basis: Indices
    place: Indices
    spread: Floats
    fit: Floats


@dataclass(frozen=True, slots=True)
class _Edge:
    leaving: int  # position in the basis
    speed: Floats  # of each row's fit, 1 or -1 at the leaving cell
    slope: float  # of the loss, below 0


@dataclass(frozen=True, slots=True)
class _Course:
    """Rows that move along an edge: which way, how fast, from where, how many cells ahead."""

    row: Indices
    step: Indices  # 1 upward, -1 downward
    speed: Floats  # above 0
    origin: Indices  # first cell not below the fit at the start
    first: Indices  # next cell ahead
    room: Indices


@dataclass(frozen=True, slots=True)
class _CellsAhead:
    """Cells in the order in which the fits meet them; ``line`` counts rows of the course."""

    line: Indices
    cell: Indices
    complete: bool


@dataclass(frozen=True, slots=True)
class _Stop:
    entering: int  # cell
    place: Indices  # of each row, after the step


def first_vertex(sample: CellSample, *, tau: float) -> Vertex:
    """Return a vertex through the quantile of p rows that are heavy and far from dependent."""
    weight = sample.row_weight
    middle = np.searchsorted(sample.before[1:], sample.before[sample.start[:-1]] + tau * weight)
    middle = np.clip(middle, sample.start[:-1], sample.start[1:] - 1)
    heavy = (sample.design * np.sqrt(weight)[:, None]).T
    _, _, order = qr(heavy, mode="economic", pivoting=True)
    return vertex_through(sample, middle[order[: sample.design.shape[1]]])


def vertex_through(sample: CellSample, basis: Indices) -> Vertex:
    """Return the vertex whose fit passes through these cells, whose rows are independent."""
    spread, fit = _fit_through(sample, basis)
    below = sample.row[sample.y < fit[sample.row]]
    place = sample.start[:-1] + np.bincount(below, minlength=fit.size)
    place[sample.row[basis]] = basis
    return Vertex(basis=basis, place=place, spread=spread, fit=fit)


def descend(sample: CellSample, vertex: Vertex, *, tau: float, max_steps: int) -> Vertex | None:
    """Go down the check loss of one tau until no edge leads further down.

    Parameters
    ----------
    sample : CellSample
        Outcomes that no vertex meets p + 1 times, such as slightly disturbed ones; with ties
        the walk may turn in a circle until ``max_steps``.
    vertex : Vertex
        Where to start; the minimum for a neighbouring tau is close.
    tau : float
        Above 0 and below 1.
    max_steps : int
        Steps after which the search is given up.

    Returns
    -------
    Vertex or None
        None when the search was given up.
    """
    for _ in range(max_steps):
        edge = _steepest_edge(sample, vertex, tau=tau)
        if edge is None:
            return vertex
        stop = _follow(sample, vertex, edge=edge)
        basis = vertex.basis.copy()
        basis[edge.leaving] = stop.entering
        spread, fit = _fit_through(sample, basis)
        vertex = Vertex(basis=basis, place=stop.place, spread=spread, fit=fit)
    return None


def multipliers(sample: CellSample, vertex: Vertex, *, tau: float) -> Floats:
    """Return what the basis has to add so that the gradient of the loss is 0, shape (p,).

    The vertex is the minimum when each lies between (tau - 1) and tau times its cell's weight.
    """
    excess = sample.before[vertex.place] - sample.before[sample.start[:-1]]
    excess -= tau * sample.row_weight
    excess[sample.row[vertex.basis]] += tau * sample.weight[vertex.basis]
    balance: Floats = excess @ vertex.spread
    return balance


def _fit_through(sample: CellSample, basis: Indices) -> tuple[Floats, Floats]:
    """Return the spread and the fitted values of the vertex through the basis."""
    spread = sample.design @ np.linalg.inv(sample.design[sample.row[basis]])
    return spread, spread @ sample.y[basis]


def _steepest_edge(sample: CellSample, vertex: Vertex, *, tau: float) -> _Edge | None:
    weight, balance = sample.weight[vertex.basis], multipliers(sample, vertex, tau=tau)
    rising, falling = balance + (1 - tau) * weight, tau * weight - balance
    slope = np.minimum(rising, falling)
    length = np.sqrt(np.einsum("kj,kj->j", vertex.spread, vertex.spread))
    leaving = int(np.argmin(slope / length))
    if slope[leaving] >= -FLAT * sample.before[-1]:
        return None
    sign = 1.0 if rising[leaving] < falling[leaving] else -1.0
    speed = sign * vertex.spread[:, leaving]
    rows = sample.row[vertex.basis]
    speed[rows] = 0.0  # exactly: the other cells of the basis stay on the fit
    speed[rows[leaving]] = sign
    return _Edge(leaving=leaving, speed=speed, slope=float(slope[leaving]))


def _follow(sample: CellSample, vertex: Vertex, *, edge: _Edge) -> _Stop:
    """Go along the edge to the cell at which the loss no longer falls."""
    course, width = _course_of(sample, vertex, edge=edge), 2
    while True:
        near = _cells_ahead(sample, vertex.fit, course=course, width=width)
        slope = edge.slope + np.cumsum(sample.weight[near.cell] * course.speed[near.line])
        last = int(np.searchsorted(slope, 0.0))
        if last < slope.size or near.complete:
            break
        width *= 4
    last = min(last, slope.size - 1)  # past every cell the loss rises, but for rounding
    passed = np.bincount(near.line[:last], minlength=course.row.size)
    place = vertex.place.copy()
    place[course.row] = course.origin + course.step * passed
    entering = int(near.cell[last])
    place[sample.row[entering]] = entering
    return _Stop(entering=entering, place=place)


def _course_of(sample: CellSample, vertex: Vertex, *, edge: _Edge) -> _Course:
    speed = np.abs(edge.speed)
    row = np.flatnonzero(speed > STILL * speed.max())
    up, origin = edge.speed[row] > 0, vertex.place[row].copy()
    # The leaving cell itself lies at the place; a fit that rises puts it below.
    origin[up & (row == sample.row[vertex.basis[edge.leaving]])] += 1
    return _Course(
        row=row,
        step=np.where(up, 1, -1),
        speed=speed[row],
        origin=origin,
        first=np.where(up, origin, origin - 1),
        room=np.where(up, sample.start[row + 1] - origin, origin - sample.start[row]),
    )


def _cells_ahead(
    sample: CellSample, fit: Floats, *, course: _Course, width: int
) -> _CellsAhead:
    """Return the cells that the fits meet, in order of time, as far as ``width`` shows all."""
    ahead, step = np.arange(width), course.step[:, None]
    there = ahead < course.room[:, None]
    cell = np.where(there, course.first[:, None] + step * ahead, 0)
    way = step * (sample.y[cell] - fit[course.row][:, None])
    time = np.where(there, way / course.speed[:, None], np.inf)
    limit = np.where(course.room > width, time[:, -1], np.inf).min()
    line, column = np.nonzero(there & (time <= limit))
    order = np.argsort(time[line, column], kind="stable")
    line, column = line[order], column[order]
    return _CellsAhead(line=line, cell=cell[line, column], complete=bool(np.isinf(limit)))
