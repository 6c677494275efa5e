"""Cells of a table of units by groups, hidden so that no total gives a small one back."""

from collections.abc import Collection

import pandas as pd

from core.suppression import MIN_PUPILS_SHOWN, suppressed_in_tree


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
    shape, groups = counts.shape, counts.columns.astype("str")
    unit = pd.Series(counts.index.astype("str")).repeat(shape[1]).reset_index(drop=True)
    group = pd.Series(list(groups) * shape[0], dtype="str")
    names = pd.Index(unit + "\n" + group)
    n_pupils = pd.Series(counts.to_numpy().ravel(), index=names)
    parents = [pd.Series(of.to_numpy(), index=names) for of in ("u" + unit, "g" + group)]
    hidden = frozenset(names[unit.isin(list(also))])
    while True:
        wider = hidden
        for parent in parents:
            wider = suppressed_in_tree(n_pupils, parent=parent, also=wider, minimum=minimum)
        wider &= frozenset(names)
        if wider == hidden:
            break
        hidden = wider
    is_hidden = names.isin(hidden) | (n_pupils.to_numpy() == 0)
    return pd.DataFrame(is_hidden.reshape(shape), index=counts.index, columns=counts.columns)
