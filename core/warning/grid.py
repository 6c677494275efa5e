"""The status x change grid: a school's level in its group, and where it has moved."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.interval import Z95
from core.warning.evidence import ROUNDING, UNKNOWN, Evidence, few_pupils
from core.warning.figures import OK, Figure
from core.warning.rules import BANDS, N_LEVELS, Grid
from core.warning.signal_kinds import CHANGE, GRID

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

_FLAT = N_LEVELS // 2


def grid_evidence(
    grid: Grid, status: Figure, change: Figure, *, family: Indices
) -> tuple[Evidence, Evidence]:
    """Return what the grid says, and the evidence of its change axis.

    Parameters
    ----------
    grid : Grid
    status, change : Figure
        The grid's indicator now, and its change since the exam before.
    family : ndarray of int, shape (n_cells,)
        Number of the comparison group x subject of each cell.
    """
    reason = few_pupils(status, minimum=grid.min_pupils)
    usable = np.where(reason == OK, status.value, np.nan)
    cuts, size = status_cuts(usable, family=family, shares=grid.cuts)
    reason = np.where((reason == OK) & (size < grid.min_group), "small_group", reason)
    column = change_level(change, large=grid.large_change)
    unknown = change.reason != OK
    if grid.first is None:
        reason = np.where((reason == OK) & unknown, change.reason, reason)
    lines = _lines(grid, cuts=cuts, column=np.where(unknown, N_LEVELS, column))
    known = reason == OK
    verdict = Evidence(
        signal=GRID,
        value=status.value,
        n_pupils=status.n_pupils,
        enter=np.where(known, _below(usable, lines), UNKNOWN),
        leave=np.where(known, _below(usable, lines + grid.exit_margin), UNKNOWN),
        enter_line=lines,
        leave_line=lines + grid.exit_margin,
        reason=reason,
        applies=np.ones(known.shape, dtype=np.bool_),
    )
    return verdict, _change_evidence(change)


def change_level(change: Figure, *, large: float) -> Indices:
    """Return the level of a change: 0 large fall, 1 fall, 2 flat, 3 rise, 4 large rise.

    A change within 1.96 SE is flat however large, and so is one that is not known.
    """
    size = np.where(np.abs(change.value) >= large, 2, 1)
    moved = np.sign(np.nan_to_num(change.value)).astype(np.int64) * size
    return np.where(change.clear & (change.reason == OK), _FLAT + moved, _FLAT)


def status_cuts(
    value: Floats, *, family: Indices, shares: tuple[float, ...]
) -> tuple[Floats, Indices]:
    """Return the cuts of each cell's family, shape (n_cells, 4), and the units it has.

    ``value`` is NaN in cells that are not to count.
    """
    grouped = pd.Series(value).groupby(family)
    cuts = [grouped.quantile(share).reindex(family).to_numpy(float) for share in shares]
    size: Indices = grouped.count().reindex(family).to_numpy().astype(np.int64)
    return np.stack(cuts, axis=1), size


def _lines(grid: Grid, *, cuts: Floats, column: Indices) -> Floats:
    """Return for each cell the status below which each band begins, given its change.

    The cells get milder from the lowest status up, so a band holds for the lowest levels of a
    column, and ends at the cut above them.
    """
    first = grid.first or (0,) * N_LEVELS
    band = np.column_stack([np.array(grid.cells), np.array(first)])
    levels = np.stack([(band >= place).sum(axis=0) for place in range(1, len(BANDS))], axis=1)
    n_cells = len(cuts)
    ends = np.column_stack([np.full(n_cells, np.nan), cuts, np.full(n_cells, np.inf)])
    lines = np.take_along_axis(ends, levels[column], axis=1)
    return np.column_stack([np.full(n_cells, np.nan), lines])


def _below(value: Floats, lines: Floats) -> Indices:
    """Return the gravest band below whose line the value lies; a tie goes to the better."""
    below = value[:, None] < lines - ROUNDING
    place: Indices = (below * np.arange(len(BANDS))).max(axis=1)
    return place


def _change_evidence(change: Figure) -> Evidence:
    """Tell the change and the line beyond which it is a fall; it alone gives no band."""
    nothing = np.where(change.reason == OK, 0, UNKNOWN)
    lines = np.full((change.value.size, len(BANDS)), np.nan)
    lines[:, 1] = -Z95 * change.se
    return Evidence(
        signal=CHANGE,
        value=change.value,
        n_pupils=change.n_pupils,
        enter=nothing,
        leave=nothing,
        enter_line=lines,
        leave_line=lines,
        reason=change.reason,
        applies=np.ones(nothing.shape, dtype=np.bool_),
    )
