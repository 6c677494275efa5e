"""A distribution of scores in bands, none of which is a small group.

The edges are the lines of the paper and a grid of twentieths of the full mark. Both are fixed:
whoever could choose the width would ask for two and find a few pupils between their edges.
"""

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.suppression.groups import MIN_PUPILS_SHOWN

N_BANDS = 20
"""Bands of equal width that the range of the marks is cut into, before thin ones are merged."""

Integers = NDArray[np.int64]

Cell = tuple[int, int]
"""Where a band begins, and its pupils."""


def band_scores(
    n_pupils: pd.Series,
    *,
    full_mark: int,
    lines: Collection[int],
    minimum: int = MIN_PUPILS_SHOWN,
) -> pd.DataFrame:
    """Return how many pupils have a score in each band, thin bands merged with a neighbour.

    Between two lines bands are merged until each has enough pupils, so that the counts at the
    lines, which are told as rates, divide no band into a small group. Only where all pupils
    between two lines are too few do they join the band beside them.

    Parameters
    ----------
    n_pupils : Series, indexed by score
        Pupils with each score, in the unit of the full mark.
    full_mark : int
    lines : collection of int
        Scores from which on pupils are counted by a rate.
    minimum : int
        Fewest pupils of a band.

    Returns
    -------
    DataFrame
        low, high and n_pupils, lowest band first; scores from low to below high, in the last
        band up to high.

    Raises
    ------
    NotEstimableError
        With fewer pupils than one band must have.

    Examples
    --------
    >>> n_pupils = pd.Series({12: 4, 31: 9, 44: 30, 58: 11, 59: 2, 97: 12})
    >>> band_scores(n_pupils, full_mark=100, lines=[60]).to_numpy().tolist()
    [[0, 35, 13], [35, 45, 30], [45, 60, 13], [60, 100, 12]]
    """
    n_all = int(n_pupils.sum())
    if n_all < minimum:
        raise NotEstimableError(
            f"Fewer than {minimum} pupils have a score; their distribution is not shown. "
            f"Required are {minimum}. Choose another subject or exam.",
            f"有成绩的学生不足 {minimum} 人，不显示其分布；至少需要 {minimum} 人。"
            "请换一个学科或一次考试。",
        )
    inner = sorted({line for line in lines if 0 < line <= full_mark})
    grid = {full_mark * k // N_BANDS for k in range(N_BANDS)}
    begins = np.array(sorted(grid | set(inner)))
    counts = _counts(n_pupils, begins)
    zones = np.searchsorted(inner, begins, side="right")
    cells = [
        cell
        for zone in range(len(inner) + 1)
        for cell in _merged(
            [(int(begins[k]), counts[k]) for k in np.flatnonzero(zones == zone)],
            minimum=minimum,
        )
    ]
    merged = _merged(cells, minimum=minimum)
    low = [begin for begin, _ in merged]
    return pd.DataFrame(
        {"low": low, "high": [*low[1:], full_mark], "n_pupils": [n for _, n in merged]}
    )


def _counts(n_pupils: pd.Series, begins: Integers) -> list[int]:
    place = np.searchsorted(begins, n_pupils.index.to_numpy(int), side="right") - 1
    counts = np.bincount(place, weights=n_pupils.to_numpy(float), minlength=len(begins))
    return [int(n) for n in counts]


def _merged(cells: Iterable[Cell], *, minimum: int) -> list[Cell]:
    """Return cells joined with the next until each has enough; what is left joins the last."""
    done: list[Cell] = []
    begin, n = None, 0
    for start, more in cells:
        begin, n = start if begin is None else begin, n + more
        if n >= minimum:
            done.append((begin, n))
            begin, n = None, 0
    if begin is None:
        return done
    if not done:
        return [(begin, n)]
    return [*done[:-1], (done[-1][0], done[-1][1] + n)]
