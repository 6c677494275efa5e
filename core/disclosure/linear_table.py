"""Tables of counts with all their totals as one list of cells and the sums that tie them.

With the counts n of all cells and one row of R for each total (1 for every part, -1 for the
total),

    R n = 0

Tables that share a cell, such as the roll of a school, are one table: what is open in either
helps to work out what is hidden in the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse
from numpy.typing import NDArray

from core.errors import DataError

Floats = NDArray[np.float64]
Cell = tuple[str, str]
"""Unit, and what is counted there."""

Sum = tuple[Cell, tuple[Cell, ...]]
"""A total and its parts."""


@dataclass(frozen=True, slots=True)
class LinearTable:
    """Counts and the relations between them.

    Attributes
    ----------
    cells : tuple of Cell
        Unit and category of each count; every one once.
    n : ndarray, shape (n_cells,)
        Pupils, 0 or more.
    relations : csr_array, shape (n_relations, n_cells)
        1 for each part, -1 for its total.
    """

    cells: tuple[Cell, ...]
    n: Floats
    relations: scipy.sparse.csr_array


def table_of_sums(counts: Mapping[Cell, float], *, sums: Sequence[Sum]) -> LinearTable:
    """Return the table of the counts with the sums that a reader knows to hold.

    Parameters
    ----------
    counts : mapping of Cell to float
        Pupils of each cell, 0 or more.
    sums : sequence of Sum
        Each total with its parts, all of them in ``counts``. The same sum counts once.

    Raises
    ------
    DataError
        When a count is negative, or a total is not the sum of its parts.

    Examples
    --------
    >>> counts = {("A", "boys"): 12.0, ("A", "girls"): 8.0, ("A", "all"): 20.0}
    >>> table = table_of_sums(counts, sums=[(("A", "all"), (("A", "boys"), ("A", "girls")))])
    >>> table.relations.toarray().tolist()
    [[1.0, 1.0, -1.0]]
    """
    place = {cell: k for k, cell in enumerate(counts)}
    n = np.array(list(counts.values()), dtype=np.float64)
    known = list(dict.fromkeys(sums))
    matrix = scipy.sparse.lil_array((len(known), n.size))
    for row, (total, parts) in enumerate(known):
        matrix[row, place[total]] = -1.0
        for part in parts:
            matrix[row, place[part]] = 1.0
    relations = scipy.sparse.csr_array(matrix)
    _refuse_negative(tuple(counts), n=n)
    _refuse_unequal(known, left=np.asarray(relations @ n))
    return LinearTable(cells=tuple(counts), n=n, relations=relations)


def cross_table(
    counts: pd.DataFrame, *, parent: pd.Series, total: str, prefix: str = ""
) -> LinearTable:
    """Return the table of a tree of units by categories, all totals included.

    Parameters
    ----------
    counts : DataFrame, one row for each unit of the tree, one column for each category
        Pupils; the row of a unit is the sum of the rows of the units below it.
    parent : Series, indexed by unit
        The unit above; null at the root.
    total : str
        Name of the sum of the categories, such as "roll": tables that give it the same name
        are tied there.
    prefix : str
        Put before the name of every category, such as the subject.

    Raises
    ------
    DataError
        When the row of a unit is not the sum of the rows below it.

    Examples
    --------
    >>> bands = pd.DataFrame({"high": [3, 9, 12], "low": [7, 1, 8]}, index=["a", "b", "town"])
    >>> above = pd.Series({"a": "town", "b": "town"})
    >>> table = cross_table(bands, parent=above, total="roll", prefix="math ")
    >>> table.cells[:3], table.relations.shape
    ((('a', 'math high'), ('a', 'math low'), ('a', 'roll')), (6, 9))
    """
    named = counts.rename(columns=lambda category: f"{prefix}{category}")
    categories = [str(name) for name in named.columns]
    rows = named.assign(**{total: counts.sum(axis=1)}).astype(float)
    cells = {
        (str(unit), str(category)): float(n)
        for unit, row in rows.to_dict("index").items()
        for category, n in row.items()
    }
    sums: list[Sum] = [
        ((unit, total), tuple((unit, category) for category in categories))
        for unit in map(str, rows.index)
    ]
    below = parent.dropna()[lambda above: above.index.isin(rows.index)]
    for above, units in below.groupby(below, sort=False):
        for category in (*categories, total):
            parts = tuple((str(unit), category) for unit in units.index)
            sums.append(((str(above), category), parts))
    return table_of_sums(cells, sums=sums)


def join_tables(tables: Sequence[LinearTable]) -> LinearTable:
    """Return the tables as one; cells of the same unit and name are the same cell.

    Parameters
    ----------
    tables : sequence of LinearTable
        One or more.

    Raises
    ------
    DataError
        When tables give different counts for one cell.

    Examples
    --------
    >>> above = pd.Series(dtype=object)
    >>> one = pd.DataFrame({"high": [12], "low": [8]}, index=["a"])
    >>> math = cross_table(one, parent=above, total="roll", prefix="math ")
    >>> art = cross_table(one[["low", "high"]], parent=above, total="roll", prefix="art ")
    >>> join_tables([math, art]).relations.shape
    (2, 5)
    """
    cells: dict[Cell, float] = {}
    for table in tables:
        for cell, n in zip(table.cells, table.n.tolist(), strict=True):
            if cells.setdefault(cell, n) != n:
                raise DataError(
                    f"{cell[1]} of {cell[0]} is {cells[cell]:.0f} in one table and {n:.0f} in "
                    "another. Tables that are published together must agree. Count again.",
                    f"{cell[0]} 的 {cell[1]} 在一张表中为 {cells[cell]:.0f}，在另一张表中为 "
                    f"{n:.0f}。一并发布的表必须一致。请重新统计。",
                )
    place = {cell: k for k, cell in enumerate(cells)}
    rows = []
    for table in tables:
        found = table.relations.tocoo()
        columns = np.array([place[cell] for cell in table.cells])[found.coords[1]]
        shape = (table.relations.shape[0], len(cells))
        rows.append(scipy.sparse.coo_array((found.data, (found.coords[0], columns)), shape))
    relations = scipy.sparse.csr_array(scipy.sparse.vstack(rows))
    return LinearTable(
        cells=tuple(cells), n=np.array(list(cells.values())), relations=relations
    )


def _refuse_negative(cells: tuple[Cell, ...], *, n: Floats) -> None:
    if (n < 0).any():
        (unit, what), worst = cells[int(n.argmin())], n.min()
        raise DataError(
            f"{what} of {unit} is {worst:.0f}. A number of pupils is 0 or more. Count again.",
            f"{unit} 的 {what} 为 {worst:.0f}。人数不得为负。请重新统计。",
        )


def _refuse_unequal(sums: Sequence[Sum], *, left: Floats) -> None:
    unequal = np.flatnonzero(np.abs(left) > 1e-6)
    if unequal.size:
        row = int(unequal[0])
        (unit, what), parts = sums[row][0], len(sums[row][1])
        raise DataError(
            f"{what} of {unit} differs by {left[row]:+.0f} from the sum of its parts "
            f"(parts: {parts}). Every total must be the sum of its parts. Count again.",
            f"{unit} 的 {what} 与各部分之和相差 {left[row]:+.0f}（共 {parts} 个部分）。"
            "合计须等于各部分之和。请重新统计。",
        )
