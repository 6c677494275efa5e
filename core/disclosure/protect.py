"""A pattern of hidden cells from which no small count can be worked out.

Two steps. First, where a relation has a single hidden cell, that one would be the total less
the others: its smallest open neighbour is hidden too, one that leaves no other relation with a
single one before one that does. Then every small cell is attacked by linear programming; as
long as the range that can be derived is narrower than minimum - 1 pupils, the smallest open
cell beside it is hidden, then the next smallest. Hiding more never narrows a range, so a cell
that is safe stays safe and is solved once.

The pattern is found step by step and is not the smallest possible one; to find that is a hard
problem, for a gain of few cells.

References
----------
Hundepool et al. (2012). Statistical Disclosure Control, ch. 4 (secondary suppression).
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from core.disclosure.attack import TOLERANCE, Attack
from core.disclosure.audit import small_cells
from core.disclosure.linear_table import Cell, LinearTable
from core.suppression import MIN_PUPILS_SHOWN

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ProtectedPattern:
    """Which cells are not told.

    Attributes
    ----------
    hidden : ndarray of bool, shape (n_cells,)
        All that are not told.
    is_small : ndarray of bool, shape (n_cells,)
        Those with too few pupils themselves.
    unprotected : tuple of Cell
        Small cells whose range stays too narrow, because all that could hide them must be
        told. The table must not be published as it is.
    n_programs : int
        Linear programs solved.
    """

    hidden: Bools
    is_small: Bools
    unprotected: tuple[Cell, ...]
    n_programs: int


def protect(
    table: LinearTable,
    *,
    also: Bools | None = None,
    keep: Bools | None = None,
    minimum: int = MIN_PUPILS_SHOWN,
) -> ProtectedPattern:
    """Hide the small cells and as many others as it takes to keep them in the dark.

    Parameters
    ----------
    table : LinearTable
        All cells and relations that a reader knows, of all pages and exports together.
    also : ndarray of bool, shape (n_cells,), optional
        Cells that are hidden for another reason.
    keep : ndarray of bool, shape (n_cells,), optional
        Cells that have to be told, such as the county's totals; small ones are hidden anyway.
    minimum : int
        Fewest pupils of a group that is shown.

    Returns
    -------
    ProtectedPattern

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
    >>> pattern = protect(table)
    >>> [unit for (unit, _), hidden in zip(table.cells, pattern.hidden) if hidden]
    ['a', 'c']
    """
    nothing = np.zeros(table.n.size, dtype=np.bool_)
    small = small_cells(table, minimum=minimum)
    search = _Search(
        table,
        hidden=small | (nothing if also is None else also),
        may_hide=(table.n > 0) & ~(nothing if keep is None else keep),
        width=minimum - 1 - TOLERANCE,
    )
    search.add_partners()
    unprotected = [cell for cell in np.flatnonzero(small) if not search.make_safe(int(cell))]
    return ProtectedPattern(
        hidden=search.hidden,
        is_small=small,
        unprotected=tuple(table.cells[cell] for cell in unprotected),
        n_programs=search.n_programs,
    )


class _Search:
    """The pattern as it grows, and the lowest and highest count seen of each cell."""

    def __init__(
        self, table: LinearTable, *, hidden: Bools, may_hide: Bools, width: float
    ) -> None:
        self.hidden = hidden
        self.n_programs = 0
        self._table = table
        self._may_hide = may_hide
        self._width = width
        self._members = scipy.sparse.csr_array(abs(table.relations))
        self._relations_of = scipy.sparse.csr_array(self._members.T)
        # Counts that agree with all open cells; they still do when more is hidden.
        self._lowest, self._highest = table.n.copy(), table.n.copy()

    def add_partners(self) -> None:
        """Hide a neighbour of every cell that is alone in a relation, until none is."""
        hopeless: set[int] = set()
        while True:
            lonely = np.flatnonzero(self._n_hidden() == 1)
            todo = [int(relation) for relation in lonely if relation not in hopeless]
            if not todo:
                return
            partner = self._smallest(np.array(todo[:1]))
            if partner is None:
                hopeless.add(todo[0])
            else:
                self.hidden[partner] = True

    def make_safe(self, cell: int) -> bool:
        """Hide neighbours until the range of the cell is wide enough; say whether it is."""
        while not self._is_wide(cell):
            self._attack(cell)
            if self._is_wide(cell):
                return True
            neighbour = self._neighbour(cell)
            if neighbour is None:
                return False
            self.hidden[neighbour] = True
            self.add_partners()
        return True

    def _is_wide(self, cell: int) -> bool:
        return bool(self._highest[cell] - self._lowest[cell] >= self._width)

    def _attack(self, cell: int) -> None:
        """Learn the range of a cell, and with it counts that others can have."""
        attack = Attack(self._table, hidden=self.hidden)
        for find in (attack.largest, attack.least):
            bound = find(cell)
            self.n_programs += 1
            self._lowest = np.minimum(self._lowest, bound.counts)
            self._highest = np.maximum(self._highest, bound.counts)
            if np.isinf(bound.end):
                self._highest[cell] = np.inf
            if self._is_wide(cell):
                return

    def _neighbour(self, cell: int) -> int | None:
        """Return an open cell beside this one, or else beside those it is tied to."""
        reached = np.zeros(self._table.n.size, dtype=np.bool_)
        reached[cell] = True
        while True:
            touched = self._members @ reached.astype(float) > 0
            beside = self._smallest(np.flatnonzero(touched))
            tied = self.hidden & (self._relations_of @ touched.astype(float) > 0)
            if beside is not None or tied.sum() == reached.sum():
                return beside
            reached = tied

    def _smallest(self, relations: NDArray[np.intp]) -> int | None:
        """Return the open cell of some relations that costs least, or None if there is none.

        First those that leave no further relation with a single hidden cell, then by size.
        """
        cells = np.unique(np.concatenate([self._row(self._members, int(r)) for r in relations]))
        cells = cells[self._may_hide[cells] & ~self.hidden[cells]]
        if not cells.size:
            return None
        untouched = (self._n_hidden() == 0).astype(float)
        fresh = self._relations_of[cells] @ untouched
        return int(cells[np.lexsort((self._table.n[cells], fresh))[0]])

    def _n_hidden(self) -> Floats:
        return np.asarray(self._members @ self.hidden.astype(float))

    @staticmethod
    def _row(matrix: scipy.sparse.csr_array, row: int) -> NDArray[np.intp]:
        return np.asarray(matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]])
