"""Descent of the check loss over the cells near the fit, where there are many rows.

A cell far above the fit pulls it up by tau w_i x_i wherever exactly it lies, and one far below
pulls it down. All of the former are therefore put into one row that is never reached, and all
of the latter into another; only the cells near the fit are walked through. Afterwards those far
away are looked at: those that the fit has passed join the band, and the descent goes on.

References
----------
Portnoy & Koenker (1997). The Gaussian hare and the Laplacian tortoise. Statistical Science 12,
279-300, section 5 (preprocessing).
"""

import numpy as np
from numpy.typing import NDArray

from core.numerics.quantile_vertex import CellSample, Vertex, descend, vertex_through

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEAR_SHARE = 0.04
"""Cells in the first band, in parts of all; from one tau to the next 1 in 100 is passed."""

NEAR_PER_COLUMN = 40
"""Fewest cells in a band for each column of the design."""

NEVER = 1e4
"""Where the rows of far cells stand, in ranges of y beyond it."""


def descend_in_band(
    sample: CellSample, vertex: Vertex, *, tau: float, max_steps: int
) -> Vertex | None:
    """Go down the check loss as ``descend`` does, looking at the cells near the fit only.

    Parameters
    ----------
    sample, vertex, tau, max_steps
        As for ``descend``; ``max_steps`` counts for each band.

    Returns
    -------
    Vertex or None
        The minimum over all cells; None when the search was given up.

    Examples
    --------
    >>> from core.numerics.quantile_vertex import first_vertex
    >>> n, y = np.arange(1001), np.arange(1000.0)
    >>> row = np.zeros(1000, int)
    >>> cells = CellSample(np.ones((1, 1)), row, y, np.ones(1000), n[[0, -1]], n.astype(float))
    >>> start = first_vertex(cells, tau=0.5)
    >>> lowest = descend_in_band(cells, start, tau=0.5155, max_steps=100)
    >>> start.fit.tolist(), lowest.fit.tolist()
    ([499.0], [515.0])
    """
    away = sample.y - vertex.fit[sample.row]
    above, distance = away > 0, np.abs(away)
    distance[vertex.basis] = 0.0
    n_near = max(int(NEAR_SHARE * sample.y.size), NEAR_PER_COLUMN * sample.design.shape[1])
    near = _nearest(distance, n_near)
    while True:
        band, cell = _band(sample, near=near, above=above)
        start = vertex_through(band, np.searchsorted(cell, vertex.basis))
        lowest = descend(band, start, tau=tau, max_steps=max_steps)
        if lowest is None:
            return None
        if lowest.basis.max() >= cell.size:  # it went as far as the rows that stand for others
            n_near *= 2
            near |= _nearest(distance, n_near)
            continue
        vertex = vertex_through(sample, cell[lowest.basis])
        passed = (sample.y > vertex.fit[sample.row]) != above
        if not np.any(passed & ~near):
            return vertex
        near |= passed


def _nearest(distance: Floats, n_near: int) -> Bools:
    """Mark the cells that are nearest to the fit, all of them when there are no more."""
    if n_near >= distance.size:
        return np.ones(distance.size, dtype=np.bool_)
    near: Bools = distance <= np.partition(distance, n_near)[n_near]
    return near


def _band(sample: CellSample, *, near: Bools, above: Bools) -> tuple[CellSample, Indices]:
    """Return the near cells and at most two for all others, and which cells the former are."""
    cell = np.flatnonzero(near)
    rows, row = np.unique(sample.row[cell], return_inverse=True)
    design, y, weight = [sample.design[rows]], [sample.y[cell]], [sample.weight[cell]]
    n_rows = rows.size
    lowest, highest = float(sample.y.min()), float(sample.y.max())
    reach = NEVER * (highest - lowest)
    for far, beyond in ((~near & ~above, lowest - reach), (~near & above, highest + reach)):
        total = float(sample.weight[far].sum())
        if total > 0:
            by_row = np.bincount(
                sample.row[far], weights=sample.weight[far], minlength=len(sample.design)
            )
            design.append((by_row @ sample.design / total)[None])
            y.append(np.array([beyond]))
            weight.append(np.array([total]))
            row, n_rows = np.r_[row, n_rows], n_rows + 1
    together = np.concatenate(weight)
    band = CellSample(
        design=np.concatenate(design),
        row=row,
        y=np.concatenate(y),
        weight=together,
        start=np.searchsorted(row, np.arange(n_rows + 1)),
        before=np.r_[0.0, np.cumsum(together)],
    )
    return band, cell
