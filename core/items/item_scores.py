"""The item scores of an exam, checked; pupils without any item are left out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ItemScores:
    """Points of the pupils who have at least one item, in the order of the rows.

    Attributes
    ----------
    items : Index, shape (n_items,)
        Item codes.
    points : ndarray, shape (n_pupils, n_items)
        NaN where the item is not present; never counted as 0.
    full_mark : ndarray, shape (n_items,)
        Most points possible.
    is_kept : ndarray, shape (n_rows,)
        Which rows of the input the pupils are.
    """

    items: pd.Index
    points: Floats
    full_mark: Floats
    is_kept: Flags

    @property
    def complete(self) -> Floats:
        """The points of the pupils with all items: what a total can be made of."""
        return self.points[~np.isnan(self.points).any(axis=1)]


def item_scores_of(points: pd.DataFrame, *, full_mark: pd.Series) -> ItemScores:
    """Return the item scores of an exam, once they are found to be sound.

    Parameters
    ----------
    points : DataFrame
        One row per pupil, one column per item; null where the item is not present.
    full_mark : Series, indexed by item
        Most points possible, above 0; further items are left out.

    Raises
    ------
    DataError
        Naming items without a full mark, or with points outside 0 to full mark.

    Examples
    --------
    >>> table = pd.DataFrame({"1": [2.0, None, None], "2": [3.0, 1.0, None]})
    >>> item_scores_of(table, full_mark=pd.Series({"1": 2, "2": 4})).is_kept.tolist()
    [True, True, False]
    """
    full = full_mark.reindex(points.columns).to_numpy(float)
    without = points.columns[~(full > 0)]
    if len(without) or not points.columns.is_unique:
        raise _no_full_mark(list(without))
    value = points.to_numpy(dtype=float, na_value=np.nan)
    outside = (value < 0) | (value > full)
    if outside.any():
        where = np.flatnonzero(outside.any(axis=0))
        raise _outside(int(outside.sum()), items=list(points.columns[where]))
    is_kept = ~np.isnan(value).all(axis=1)
    return ItemScores(
        items=points.columns, points=value[is_kept], full_mark=full, is_kept=is_kept
    )


def _listed(items: list[str]) -> str:
    return ", ".join(str(item) for item in items[:5]) or "-"


def _no_full_mark(items: list[str]) -> DataError:
    return DataError(
        f"Items without a full mark above 0: {len(items)} ({_listed(items)}). Every item is "
        f"one column, with its own full mark. Complete the table of items.",
        f"没有大于 0 的满分的小题：{len(items)} 道（{_listed(items)}）。每道小题应为一列，"
        f"且各有满分。请补全小题表。",
    )


def _outside(n: int, *, items: list[str]) -> DataError:
    return DataError(
        f"Item points outside 0 to the full mark: {n} (items {_listed(items)}). Correct them, "
        f"or the full marks.",
        f"小题分超出 0 至满分的范围：{n} 处（小题 {_listed(items)}）。请更正得分或满分。",
    )
