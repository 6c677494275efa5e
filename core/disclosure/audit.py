"""Whether a pattern of hidden cells keeps every small count in the dark."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.disclosure.attack import TOLERANCE, Attack
from core.disclosure.linear_table import Cell, LinearTable
from core.errors import SettingsError
from core.suppression import LEAST_MINIMUM, MIN_PUPILS_SHOWN

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What an attacker can say of each small cell.

    Attributes
    ----------
    cells : tuple of Cell
        Those with 1 to minimum - 1 pupils, in the order of the table.
    n : ndarray, shape (n_small,)
        Their true counts.
    low, high : ndarray, shape (n_small,)
        The range that can be derived; both are n where the cell is open.
    is_recovered : ndarray of bool, shape (n_small,)
        The count is known exactly.
    is_exposed : ndarray of bool, shape (n_small,)
        The range is narrower than minimum - 1, or the count is known.
    """

    cells: tuple[Cell, ...]
    n: Floats
    low: Floats
    high: Floats
    is_recovered: Bools
    is_exposed: Bools


def small_cells(table: LinearTable, *, minimum: int = MIN_PUPILS_SHOWN) -> Bools:
    """Return which cells have pupils, but fewer than may be shown, shape (n_cells,).

    Raises
    ------
    SettingsError
        When the minimum is below 5.

    Examples
    --------
    >>> from core.disclosure.linear_table import table_of_sums
    >>> small_cells(table_of_sums({("a", "n"): 4, ("b", "n"): 0}, sums=[])).tolist()
    [True, False]
    """
    if minimum < LEAST_MINIMUM:
        raise SettingsError(
            f"The smallest group shown is set to {minimum}. It must be at least "
            f"{LEAST_MINIMUM}. Raise it.",
            f"最小可显示人数设为 {minimum}，至少应为 {LEAST_MINIMUM}。请调高。",
        )
    small: Bools = (table.n > 0) & (table.n < minimum)
    return small


def audit_pattern(
    table: LinearTable, *, hidden: Bools, minimum: int = MIN_PUPILS_SHOWN
) -> AuditResult:
    """Work out by linear programming what the open cells tell of each small one.

    Parameters
    ----------
    table : LinearTable
        All cells and relations that a reader knows, of all pages and exports together.
    hidden : ndarray of bool, shape (n_cells,)
        Cells that are not told.
    minimum : int
        Fewest pupils of a group that is shown.

    Returns
    -------
    AuditResult

    Raises
    ------
    SettingsError
        When the minimum is below 5.

    Examples
    --------
    >>> from core.disclosure.linear_table import table_of_sums
    >>> counts = {("town", "n"): 60, ("a", "n"): 4, ("b", "n"): 30, ("c", "n"): 26}
    >>> parts = (("a", "n"), ("b", "n"), ("c", "n"))
    >>> table = table_of_sums(counts, sums=[(("town", "n"), parts)])
    >>> audit = audit_pattern(table, hidden=np.array([False, True, False, False]))
    >>> audit.low.tolist(), audit.high.tolist(), audit.is_exposed.tolist()
    ([4.0], [4.0], [True])
    """
    attack = Attack(table, hidden=hidden)
    small = np.flatnonzero(small_cells(table, minimum=minimum))
    low, high = table.n[small].copy(), table.n[small].copy()
    for k, cell in enumerate(small):
        if hidden[cell]:
            low[k] = attack.least(int(cell)).end
            high[k] = attack.largest(int(cell)).end
    return AuditResult(
        cells=tuple(table.cells[cell] for cell in small),
        n=table.n[small],
        low=low,
        high=high,
        is_recovered=high - low < TOLERANCE,
        is_exposed=high - low < minimum - 1 - TOLERANCE,
    )
