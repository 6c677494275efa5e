"""The range that an attacker can work out for a hidden cell, by linear programming.

He knows every open cell, every relation R n = 0, and that no count is negative:

    least and largest x_i  subject to  R_h x = -R_o n_o,  x >= 0

with h the hidden and o the open cells. That counts are whole is not used. In a tree of units by
one set of categories the ends are whole by themselves; in linked tables an attacker who tries
whole numbers only may find a narrower range. Only cells that are tied to i by relations between
hidden cells matter, which keeps the programs small.

References
----------
Fischetti & Salazar (2001). Solving the cell suppression problem on tabular data with linear
constraints. Management Science 47(7) (the attacker's problem).
Hundepool et al. (2012). Statistical Disclosure Control, ch. 4.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from core.disclosure.linear_table import LinearTable

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

TOLERANCE = 1e-5
"""Ranges that differ by less are the same; the solver is exact to about 1e-7 pupils."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range and the counts that reach it.

    Attributes
    ----------
    end : float
        Least or largest count of the cell; infinite when nothing bounds it.
    counts : ndarray, shape (n_cells,)
        All cells as they would then be; the true counts when the end is infinite.
    """

    end: float
    counts: Floats


class Attack:
    """A pattern of hidden cells, ready to be attacked cell by cell."""

    def __init__(self, table: LinearTable, *, hidden: Bools) -> None:
        self._table = table
        self._hidden = hidden
        touching = scipy.sparse.csr_array(table.relations[:, hidden])
        used = np.diff(touching.indptr) > 0
        self._relations = scipy.sparse.csr_array(touching[used])
        ties = abs(self._relations.T) @ abs(self._relations)
        self._group = connected_components(ties, directed=False)[1]
        # The true counts fulfil the relations, so what the open cells leave is known from them.
        self._left = np.asarray(self._relations @ table.n[hidden])
        self._place = np.flatnonzero(hidden)

    def least(self, cell: int) -> Bound:
        """Return the lower end of what the hidden cell can be."""
        return self._bound(cell, sign=1.0)

    def largest(self, cell: int) -> Bound:
        """Return the upper end of what the hidden cell can be."""
        return self._bound(cell, sign=-1.0)

    def _bound(self, cell: int, *, sign: float) -> Bound:
        from scipy.optimize import linprog

        mine = int(np.searchsorted(self._place, cell))
        tied = np.flatnonzero(self._group == self._group[mine])
        columns = self._relations[:, tied]
        used = np.diff(columns.indptr) > 0
        if not used.any():
            return Bound(end=0.0 if sign > 0 else np.inf, counts=self._table.n)
        aim = np.zeros(tied.size)
        aim[np.searchsorted(tied, mine)] = sign
        result = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrix
            aim, A_eq=columns[used], b_eq=self._left[used], method="highs"
        )
        if result.x is None:  # the true counts are one solution, so there is no end
            return Bound(end=np.inf, counts=self._table.n)
        counts = self._table.n.copy()
        counts[self._place[tied]] = result.x
        return Bound(end=round(float(sign * result.fun), 6), counts=counts)
