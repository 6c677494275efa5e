"""Cells of overlapping groups of schools, such as townships and kinds, told side by side.

What is told of one way to group schools may together with another give back what each hides by
itself. So rows, columns and cells of all groups are looked at together, and cells of groups
are hidden until no small sum of hidden cells of schools follows from what is told.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.disclosure.crossed import hidden_in_pooled_cross, telling_totals
from core.disclosure.determined import known_sums
from core.suppression import MIN_PUPILS_SHOWN

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def hidden_in_groupings(
    counts: pd.DataFrame,
    *,
    hidden: pd.DataFrame,
    groupings: Mapping[str, pd.Series],
    also: Collection[str] = (),
    minimum: int = MIN_PUPILS_SHOWN,
) -> pd.DataFrame:
    """Return which cells of all groups are hidden, so that all together give none back.

    Parameters
    ----------
    counts, hidden : DataFrame, one row for each school, one column for each group of pupils
        Pupils, and which cells of schools are not told, as ``hidden_in_cross`` found them.
    groupings : mapping of str to Series, indexed by school
        For each way to group schools the unit that each counts for; null for none.
    also : collection of str
        Schools and units of which not even the total is told.
    minimum : int
        Fewest pupils of a cell that is shown.

    Returns
    -------
    DataFrame of bool, one row for each unit of the groupings

    Examples
    --------
    >>> counts = pd.DataFrame({"low": [4, 30, 12, 30], "high": [30, 40, 13, 30]},
    ...                       index=list("abcd"))
    >>> kinds = pd.Series({"a": "old", "b": "new", "c": "old", "d": "new"})
    >>> from core.disclosure.crossed import hidden_in_cross
    >>> dark = hidden_in_cross(counts)
    >>> hidden_in_groupings(counts, hidden=dark, groupings={"kind": kinds})["low"].to_dict()
    {'new': False, 'old': False}
    """
    own = {
        name: hidden_in_pooled_cross(
            counts, hidden=hidden, unit_of=of, also=also, minimum=minimum
        )
        for name, of in groupings.items()
    }
    n_pupils = counts.sum(axis=1)
    dark_units = frozenset(also).union(
        *(telling_totals(n_pupils, unit_of=of, also=also, minimum=minimum)
          for of in groupings.values())
    )  # fmt: skip
    pattern = pd.concat(own.values())
    masks = {
        str(unit): (of.reindex(counts.index) == unit).to_numpy()
        for of in groupings.values()
        for unit in of.reindex(counts.index).dropna().unique()
    }
    search = _Search(counts, hidden.to_numpy(), masks, dark_units, minimum)
    return search.closed(pattern)


class _Search:
    """What is known of the hidden cells of schools, and what must not be."""

    def __init__(
        self,
        counts: pd.DataFrame,
        dark: Bools,
        masks: Mapping[str, Bools],
        dark_units: Collection[str],
        minimum: int,
    ) -> None:
        self._n = counts.to_numpy(float)
        self._dark = dark
        self._masks = masks
        self._minimum = minimum
        n_columns = counts.shape[1]
        self._columns = [self._cells(np.ones(len(counts), bool), c) for c in range(n_columns)]
        self._rows = [
            self._line(mask)
            for unit, mask in [*_each(counts.index), *masks.items()]
            if unit not in dark_units
        ]

    def closed(self, pattern: pd.DataFrame) -> pd.DataFrame:
        """Hide cells of groups until no small sum of hidden cells is known exactly."""
        values = pattern.to_numpy().copy()
        units = [str(unit) for unit in pattern.index]
        while True:
            known = self._known(values, units)
            if not known:
                break
            cell = self._cheapest(values, units, known)
            if cell is None:
                break
            values[cell] = True
        return pd.DataFrame(values, index=pattern.index, columns=pattern.columns)

    def _known(self, values: Bools, units: list[str]) -> list[Floats]:
        """Return the small sums of hidden cells that follow from what is told."""
        told = [self._cells(self._masks[units[u]], c) for u, c in np.argwhere(~values)]
        equations = np.array([*self._columns, *self._rows, *told])
        return known_sums(equations, sums=self._small(values, units))

    def _small(self, values: Bools, units: list[str]) -> list[Floats]:
        n, dark = self._n[self._dark], np.flatnonzero(self._dark)
        single = np.eye(dark.size)[(n > 0) & (n < self._minimum)]
        sums = [self._cells(self._masks[units[u]], c) for u, c in np.argwhere(values)]
        return [*single, *(v for v in sums if 0 < v @ n < self._minimum)]

    def _cheapest(
        self, values: Bools, units: list[str], known: list[Floats]
    ) -> tuple[int, int] | None:
        """Return the told cell of a group that costs least, one that holds a known if any."""
        n, reached = self._n[self._dark], np.abs(known).sum(axis=0) > 0
        candidates = []
        for u, c in np.argwhere(~values):
            own = self._cells(self._masks[units[u]], c)
            if own.any():
                candidates.append((not (own[reached] > 0).any(), own @ n, int(u), int(c)))
        return min(candidates)[2:] if candidates else None

    def _cells(self, mask: Bools, column: int) -> Floats:
        """Return which hidden cells of schools a cell of a group holds."""
        wide = np.zeros(self._dark.shape)
        wide[mask, column] = 1.0
        return wide[self._dark]

    def _line(self, mask: Bools) -> Floats:
        wide = np.zeros(self._dark.shape)
        wide[mask] = 1.0
        return wide[self._dark]


def _each(schools: pd.Index) -> list[tuple[str, Bools]]:
    return [(str(code), schools == code) for code in schools]
