"""Pupils of classes as counts: six levels 六级, and pupils just under a line 临界生.

A count of 1 to 9 pupils is not told, nor one from which it could be worked out: neither from
the grade's total, nor from the same count at another distance from the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from core.disclosure.linear_table import Cell, Sum, table_of_sums
from core.disclosure.protect import protect
from core.numerics.histogram import GroupedScores, score_of_best
from core.suppression import MIN_PUPILS_SHOWN

LEVELS = ("A+", "A", "B+", "B", "C+", "C")
BEST_SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The best 5 % of the county are A+, those after them up to 25 % are A, and so on."""

GROUPINGS: tuple[tuple[tuple[str, ...], ...], ...] = (
    tuple((level,) for level in LEVELS),
    (("A+", "A"), ("B+",), ("B",), ("C+", "C")),
    (("A+", "A"), ("B+", "B"), ("C+", "C")),
    (("A+", "A", "B+"), ("B", "C+", "C")),
)
"""How levels are put together, finest first."""

GRADE = ""
"""Code of the whole grade beside its classes."""


@dataclass(frozen=True, slots=True)
class LevelCounts:
    """Pupils by level.

    Attributes
    ----------
    columns : tuple of str
        Names of the groups of levels, best first, such as ``A+ A``.
    counts : DataFrame, indexed by class
        One column for each group.
    """

    columns: tuple[str, ...]
    counts: pd.DataFrame


def level_bounds(histogram: pd.DataFrame) -> tuple[float, ...]:
    """Return the lowest score of each level but the last, from the county's histogram.

    Pupils with the same score have the same level, the better one.

    Parameters
    ----------
    histogram : DataFrame
        SCORE_HISTOGRAM rows of one subject, of all schools.

    Examples
    --------
    >>> ten = pd.DataFrame({"score": range(10, 110, 10), "n": 10})
    >>> level_bounds(ten)
    (100.0, 80.0, 60.0, 30.0, 10.0)
    """
    by_score = histogram.groupby("score")["n"].sum()
    score, n = by_score.index.to_numpy(np.int64), by_score.to_numpy(np.int64)
    scores = GroupedScores(np.zeros(score.size, np.int64), score, n, n_groups=1)
    pupils = int(n.sum())
    best = [int(np.ceil(np.round(share * pupils, 6))) for share in BEST_SHARES]
    return tuple(float(score_of_best(scores, n_best=k)[0]) for k in best)


def count_levels(histogram: pd.DataFrame, *, bounds: Sequence[float]) -> pd.DataFrame:
    """Return classes by levels: pupils of each class at each of the six levels.

    Parameters
    ----------
    histogram : DataFrame
        class_, score and n of one subject and school.

    Examples
    --------
    >>> rows = pd.DataFrame({"class_": "1", "score": [90, 20], "n": [3, 4]})
    >>> count_levels(rows, bounds=(100, 80, 60, 30, 10)).loc["1"].tolist()
    [0, 3, 0, 0, 4, 0]
    """
    edges = np.asarray(bounds, float)
    level = (histogram["score"].to_numpy(float)[:, None] < edges).sum(axis=1)
    named = histogram.assign(level=np.array(LEVELS)[level])
    counted = named.pivot_table(
        index="class_", columns="level", values="n", aggfunc="sum", fill_value=0
    )
    return counted.reindex(columns=list(LEVELS), fill_value=0).astype("int64")


def safe_levels(
    counts: pd.DataFrame, *, hidden: frozenset[str], minimum: int = MIN_PUPILS_SHOWN
) -> LevelCounts | None:
    """Return the finest groups of levels in which most classes can be told; None if none can.

    A class with a small group is not told at all, since its size gives the group back; and
    what is left when the told classes are taken from the grade is as large as a told group.

    Parameters
    ----------
    counts : DataFrame, indexed by class
        As ``count_levels`` gives them.
    hidden : frozenset of str
        Classes that are not shown.

    Examples
    --------
    >>> counts = pd.DataFrame([[2, 9, 9, 9, 9, 2]], index=["1"], columns=list(LEVELS))
    >>> safe_levels(counts, hidden=frozenset()).columns
    ('A+ A', 'B+ B', 'C+ C')
    """
    n_open = int((~counts.index.isin(hidden)).sum())
    for grouping in GROUPINGS:
        cells = pd.DataFrame(
            {" ".join(levels): counts[list(levels)].sum(axis=1) for levels in grouping}
        )
        told = _told(cells, hidden=hidden, minimum=minimum)
        if told.any() and (2 * told.sum() >= n_open or grouping is GROUPINGS[-1]):
            return LevelCounts(tuple(cells.columns), cells[told])
    return None


def _told(cells: pd.DataFrame, *, hidden: frozenset[str], minimum: int) -> pd.Series:
    """Tell which classes have no small group, and leave no small rest of the grade."""
    told = (cells >= minimum).all(axis=1) & ~cells.index.isin(hidden)
    for unit in cells.min(axis=1).sort_values(kind="stable").index:
        rest = cells[~told].sum()
        if told.all() or bool((rest >= minimum).all()):
            break
        told[unit] = False
    return told


def count_below_line(
    histogram: pd.DataFrame, *, line: int, distances: Sequence[int]
) -> pd.DataFrame:
    """Return classes by distances: pupils less than each distance under the line.

    Parameters
    ----------
    histogram : DataFrame
        class_, score and n of one subject and school, hundredths of a point.
    line : int
        Hundredths of a point.
    distances : sequence of int
        Rising, hundredths of a point.

    Examples
    --------
    >>> rows = pd.DataFrame({"class_": "1", "score": [5900, 5600, 6000], "n": [3, 4, 9]})
    >>> count_below_line(rows, line=6000, distances=(300, 600)).loc["1"].tolist()
    [3, 7]
    """
    under = line - histogram["score"]
    by_class = histogram["class_"]
    counted = {
        distance: histogram["n"]
        .where((under > 0) & (under <= distance), 0)
        .groupby(by_class)
        .sum()
        for distance in distances
    }
    return pd.DataFrame(counted).astype("int64")


def hidden_counts_below(
    counts: pd.DataFrame, *, hidden: frozenset[str], minimum: int = MIN_PUPILS_SHOWN
) -> pd.DataFrame:
    """Return which counts of ``count_below_line`` are not told, the grade's in a last row.

    Two counts of a class give the pupils between their distances, so these are cells of the
    same table: a small one is protected like a count.

    Examples
    --------
    >>> counts = pd.DataFrame({300: [12, 12, 30], 600: [14, 40, 60]}, index=["1", "2", "3"])
    >>> found = hidden_counts_below(counts, hidden=frozenset())
    >>> found[300].tolist(), found[600].tolist()
    ([True, True, False, False], [False, False, False, False])
    """
    distances = list(counts.columns)
    between = counts.diff(axis=1).iloc[:, 1:].astype("int64")
    with_grade = {
        kind: pd.concat([table, table.sum().to_frame(GRADE).T])
        for kind, table in (("upto", counts), ("between", between))
    }
    cells: dict[Cell, float] = {
        (str(unit), f"{kind} {distance}"): float(table.loc[unit, distance])
        for kind, table in with_grade.items()
        for unit in table.index
        for distance in table.columns
    }
    table = table_of_sums(cells, sums=_sums(list(counts.index), distances))
    also = np.array([unit in hidden for unit, _ in table.cells], dtype=bool)
    pattern = protect(table, also=also, minimum=minimum)
    is_hidden = dict(zip(table.cells, pattern.hidden | bool(pattern.unprotected), strict=True))
    units = [str(unit) for unit in with_grade["upto"].index]
    return pd.DataFrame(
        {d: [bool(is_hidden[unit, f"upto {d}"]) for unit in units] for d in distances},
        index=units,
    )


def _sums(classes: Sequence[str], distances: Sequence[object]) -> list[Sum]:
    """Return what adds up: a nearer count and what lies beyond it, classes and their grade."""
    further = list(pairwise(distances))
    sums: list[Sum] = [
        ((unit, f"upto {far}"), ((unit, f"upto {near}"), (unit, f"between {far}")))
        for unit in (*classes, GRADE)
        for near, far in further
    ]
    kinds = [f"upto {d}" for d in distances] + [f"between {far}" for _, far in further]
    sums += [((GRADE, what), tuple((unit, what) for unit in classes)) for what in kinds]
    return sums
