"""Cells of a table of units by groups, hidden so that no total gives a small one back."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from core.disclosure.determined import known_sums
from core.suppression import MIN_PUPILS_SHOWN, suppressed_in_tree

_LINE = "\n"
"""Between unit and group in the name of a cell."""


def hidden_in_cross(
    counts: pd.DataFrame, *, also: Collection[str] = (), minimum: int = MIN_PUPILS_SHOWN
) -> pd.DataFrame:
    """Return which cells are hidden, where the totals of rows and of columns are known.

    A hidden cell has partners in its row and in its column, each together of at least the
    minimum. A cell without pupils is not told apart from a small one, and protects nobody.

    Parameters
    ----------
    counts : DataFrame, one row for each unit, one column for each group
        Pupils.
    also : collection of str
        Units of which no cell is told.
    minimum : int
        Fewest pupils of a cell that is shown.

    Examples
    --------
    >>> counts = pd.DataFrame({"low": [4, 30, 12], "high": [30, 40, 13]}, index=list("abc"))
    >>> hidden_in_cross(counts)["low"].to_dict()
    {'a': True, 'b': False, 'c': True}
    """
    start = pd.DataFrame(False, index=counts.index, columns=counts.columns)
    start.loc[start.index.isin(list(also))] = True
    while True:
        hidden = _closed(counts, start=start, minimum=minimum)
        partner = _partner_of_known(counts, hidden=hidden, also=also, minimum=minimum)
        if partner is None:
            return hidden | (counts == 0)
        start = hidden
        start.iloc[partner] = True


def _partner_of_known(
    counts: pd.DataFrame, *, hidden: pd.DataFrame, also: Collection[str], minimum: int
) -> tuple[int, int] | None:
    """Return an open cell beside a small one that rows and columns together give back.

    Partners in every row and column are not enough: four hidden cells of two rows and two
    columns may be all that protects them, and give back a fifth one beside them.
    """
    n = counts.to_numpy()
    dark = hidden.to_numpy() | (n == 0)
    cells = np.argwhere(dark)
    rows = [cells[:, 0] == r for r in np.flatnonzero(~counts.index.isin(list(also)))]
    columns = [cells[:, 1] == c for c in range(n.shape[1])]
    small = np.eye(len(cells))[(n[dark] > 0) & (n[dark] < minimum)]
    own = ~counts.index.isin(list(also))[cells[:, 0]]
    watched = [v for v in small if own[v.argmax()]]
    for known in known_sums(np.array([*rows, *columns], dtype=float), sums=watched):
        row, column = cells[known.argmax()]
        beside = [(row, c) for c in range(n.shape[1])] + [(r, column) for r in range(len(n))]
        free = [(n[r, c], int(r), int(c)) for r, c in beside if not dark[r, c]]
        if free:
            return min(free)[1:]
    return None


def hidden_in_pooled_cross(
    counts: pd.DataFrame,
    *,
    hidden: pd.DataFrame,
    unit_of: pd.Series,
    also: Collection[str] = (),
    minimum: int = MIN_PUPILS_SHOWN,
) -> pd.DataFrame:
    """Return which cells of larger units are hidden, so that none gives a school's cell back.

    Whoever knows a cell of a township and those of its schools that are shown knows the sum of
    the hidden ones. That sum is told only where it is of two cells or more and of the minimum;
    and like any other small cell, one that is not told has partners in its row and column.

    Parameters
    ----------
    counts, hidden : DataFrame, one row for each school, one column for each group
        Pupils, and which cells of schools are not told, as ``hidden_in_cross`` found them.
    unit_of : Series, indexed by school
        The larger unit that each school counts for; null for none.
    also : collection of str
        Schools and larger units of which not even the total is told. Larger units that would
        give such a school's total back are not told either.
    minimum : int
        Fewest pupils of a cell that is shown.

    Returns
    -------
    DataFrame of bool, one row for each larger unit

    Examples
    --------
    >>> counts = pd.DataFrame({"low": [4, 30, 12, 30], "high": [30, 40, 13, 30]},
    ...                       index=list("abcd"))
    >>> towns = pd.Series({"a": "T1", "b": "T1", "c": "T2", "d": "T2"})
    >>> hidden_in_pooled_cross(counts, hidden=hidden_in_cross(counts), unit_of=towns)["low"]
    T1    True
    T2    True
    Name: low, dtype: bool
    """
    unit = unit_of.reindex(counts.index)
    is_dark = hidden & (counts > 0)
    left, n_cells = (table.groupby(unit).sum() for table in (counts.where(is_dark, 0), is_dark))
    gives_back = (n_cells == 1) | ((left > 0) & (left < minimum))
    telling = telling_totals(counts.sum(axis=1), unit_of=unit, also=also, minimum=minimum)
    gives_back.loc[gives_back.index.isin([*also, *telling])] = True
    small = counts.groupby(unit).sum() < minimum
    return _closed(left, start=gives_back, minimum=minimum) | gives_back | small


def telling_totals(
    n_pupils: pd.Series,
    *,
    unit_of: pd.Series,
    also: Collection[str],
    minimum: int = MIN_PUPILS_SHOWN,
) -> frozenset[str]:
    """Return the larger units whose totals would give hidden schools back.

    Where one would, all that have a hidden school are: the hidden ones of the others follow
    from the county's total less theirs.

    Parameters
    ----------
    n_pupils, unit_of : Series, indexed by school
        Pupils, and the larger unit that each school counts for; null for none.
    also : collection of str
        Schools and larger units that are hidden already.

    Examples
    --------
    >>> n_pupils = pd.Series({"a": 4, "b": 30, "c": 12, "d": 30})
    >>> kinds = pd.Series({"a": "old", "b": "old", "c": "new", "d": "new"})
    >>> sorted(telling_totals(n_pupils, unit_of=kinds, also=["a", "c"]))
    ['new', 'old']
    """
    dark = n_pupils[n_pupils.index.isin(list(also)) & (n_pupils > 0)]
    by_unit = dark.groupby(unit_of.reindex(dark.index)).agg(["size", "sum"])
    told = by_unit[~by_unit.index.isin(list(also))]
    gives_back = (told["size"] < 2) | (told["sum"] < minimum)
    return frozenset(map(str, by_unit.index)) if gives_back.any() else frozenset()


def _closed(counts: pd.DataFrame, *, start: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Return the hidden cells with partners in every row and column, cells of nobody aside."""
    shape, groups = counts.shape, counts.columns.astype("str")
    unit = pd.Series(counts.index.astype("str")).repeat(shape[1]).reset_index(drop=True)
    group = pd.Series(list(groups) * shape[0], dtype="str")
    names = pd.Index(unit + _LINE + group)
    n_pupils = pd.Series(counts.to_numpy().ravel(), index=names)
    parents = [pd.Series(of.to_numpy(), index=names) for of in ("u" + unit, "g" + group)]
    hidden = frozenset(names[start.to_numpy().ravel()])
    while True:
        wider = hidden
        for parent in parents:
            wider = suppressed_in_tree(n_pupils, parent=parent, also=wider, minimum=minimum)
        wider &= frozenset(names)
        if wider == hidden:
            break
        hidden = wider
    is_hidden = names.isin(list(hidden)).reshape(shape)
    return pd.DataFrame(is_hidden, index=counts.index, columns=counts.columns)
