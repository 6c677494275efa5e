"""Points of a simulated paper's items 小题分 that add up to every pupil's simulated score.

A paper is cut into blocks: a choice or blank is one block, all or nothing; a worked problem is
one block for each half point. For pupil i and block b of item q, k-th of m in its item,

    hardness_ib = h_q + s_q k / m + noise_q e_iq + c_jp,     e_iq ~ N(0, 1)

with c_jp ~ N(0, 0.06^2) how far school j taught the item's knowledge point p worse than others.
The pupil earns his easiest blocks, as long as his score pays for them; so items measure what
the score does, and their points add up to it by construction.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Floats = NDArray[np.float64]

STEP = 50
"""What a block of a worked problem is worth, hundredths; scores are multiples of it."""

_SD_SCHOOL = 0.06
_SLOPE = 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a paper.

    Attributes
    ----------
    code : str
    kind : str
        选择题, 填空题 (all or nothing) or 解答题.
    full_mark : int
        Hundredths.
    knowledge : tuple of str
        Knowledge points that it tests, equally.
    hardness, noise : float
        Where it stands among the items, 0 to 1; how little it depends on the rest.
    """

    code: str
    kind: str
    full_mark: int
    knowledge: tuple[str, ...]
    hardness: float
    noise: float = 0.25

    @property
    def is_whole(self) -> bool:
        """Whether a pupil earns all of it or nothing."""
        return self.kind != _WORKED


_CHOICE, _BLANK, _WORKED = "选择题", "填空题", "解答题"
_NUMBER, _EQUATION, _FUNCTION = "数与式", "方程与不等式", "函数"
_SHAPE, _MOTION, _DATA = "图形的性质", "图形的变化", "统计与概率"

MATH_PAPER = (
    Item("1", _CHOICE, 300, (_NUMBER,), 0.0, 0.3),
    Item("2", _CHOICE, 300, (_MOTION,), 0.25),
    Item("3", _CHOICE, 300, (_NUMBER,), 0.2),
    Item("4", _CHOICE, 300, (_DATA,), 0.35),
    Item("5", _CHOICE, 300, (_SHAPE,), 0.3),
    Item("6", _CHOICE, 300, (_EQUATION,), 0.35),
    # A badly put item: whether it is answered has little to do with the rest.
    Item("7", _CHOICE, 300, (_DATA,), 0.5, 2.2),
    Item("8", _CHOICE, 300, (_SHAPE, _MOTION), 0.55),
    Item("9", _CHOICE, 300, (_FUNCTION,), 0.7),
    Item("10", _CHOICE, 300, (_FUNCTION, _SHAPE), 1.1),
    Item("11", _BLANK, 300, (_NUMBER,), 0.3),
    Item("12", _BLANK, 300, (_EQUATION,), 0.4),
    Item("13", _BLANK, 300, (_DATA,), 0.45),
    Item("14", _BLANK, 300, (_SHAPE,), 0.45),
    Item("15", _BLANK, 300, (_MOTION,), 0.65),
    Item("16", _BLANK, 300, (_FUNCTION, _MOTION), 0.95),
    Item("17", _WORKED, 600, (_NUMBER,), -0.2),
    Item("18", _WORKED, 600, (_EQUATION,), -0.05),
    Item("19", _WORKED, 600, (_SHAPE,), 0.0),
    Item("20", _WORKED, 800, (_DATA,), 0.0),
    Item("21", _WORKED, 800, (_EQUATION, _FUNCTION), 0.05),
    Item("22", _WORKED, 800, (_SHAPE,), 0.1),
    Item("23", _WORKED, 1000, (_FUNCTION,), 0.15),
    Item("24", _WORKED, 1000, (_MOTION, _SHAPE), 0.25),
    Item("25", _WORKED, 1000, (_FUNCTION, _SHAPE), 0.75),
)
"""A mathematics paper of junior school, 120 points."""


def simulate_items(
    score: Indices,
    *,
    school: Indices,
    paper: tuple[Item, ...],
    rng: np.random.Generator,
) -> Indices:
    """Return the points of each pupil on each item, hundredths; they add up to his score.

    Parameters
    ----------
    score : ndarray, shape (n_pupils,)
        Hundredths, multiples of ``STEP``, at most the full marks of the paper together.
    school : ndarray, shape (n_pupils,)
        Place of each pupil's school, from 0.
    paper : tuple of Item
        The last item is a worked problem of at least 3 points.
    rng : numpy.random.Generator

    Examples
    --------
    >>> score = np.array([0, 5000, 11950, 12000])
    >>> points = simulate_items(score, school=np.zeros(4, dtype=np.int64), paper=MATH_PAPER,
    ...                         rng=np.random.default_rng(1))
    >>> points.sum(axis=1).tolist()
    [0, 5000, 11950, 12000]
    """
    item, worth = _blocks(paper)
    order = np.argsort(_hardness(school, paper=paper, item=item, rng=rng), axis=1)
    pupil = np.arange(score.size)
    points = np.zeros((score.size, len(paper)), dtype=np.int64)
    rest = score.astype(np.int64).copy()
    for place in range(order.shape[1]):
        block = order[:, place]
        earned = np.where(worth[block] <= rest, worth[block], 0)
        points[pupil, item[block]] += earned
        rest -= earned
    return _paid_out(points, rest=rest, paper=paper)


def two_way_table(paper: tuple[Item, ...]) -> pd.DataFrame:
    """Return the two-way table 双向细目表 as a bureau writes it: one row per item."""
    return pd.DataFrame(
        {
            "题号": [item.code for item in paper],
            "题型": [item.kind for item in paper],
            "分值": [item.full_mark / 100 for item in paper],
            "知识点": ["\N{IDEOGRAPHIC COMMA}".join(item.knowledge) for item in paper],
        }
    )


def _blocks(paper: tuple[Item, ...]) -> tuple[Indices, Indices]:
    """Return the item of each block, and what it is worth."""
    count = np.array([1 if own.is_whole else own.full_mark // STEP for own in paper])
    item = np.repeat(np.arange(len(paper)), count)
    worth = np.array([own.full_mark if own.is_whole else STEP for own in paper])
    return item.astype(np.int64), worth[item].astype(np.int64)


def _hardness(
    school: Indices, *, paper: tuple[Item, ...], item: Indices, rng: np.random.Generator
) -> Floats:
    """Return how hard each block is for each pupil, shape (n_pupils, n_blocks)."""
    names = sorted({name for own in paper for name in own.knowledge})
    share = np.array([[(name in own.knowledge) / len(own.knowledge) for name in names]
                      for own in paper])  # fmt: skip
    n_schools = int(school.max(initial=-1)) + 1
    taught = rng.normal(0, _SD_SCHOOL, (n_schools, len(names))) @ share.T
    noise = rng.standard_normal((school.size, len(paper))) * [own.noise for own in paper]
    of_item = np.array([own.hardness for own in paper]) + taught[school] + noise
    first = np.searchsorted(item, np.arange(len(paper)))
    size = np.bincount(item)
    within = (np.arange(item.size) - first[item]) / np.maximum(size[item] - 1, 1)
    return np.asarray(of_item[:, item] + _SLOPE * within)


def _paid_out(points: Indices, *, rest: Indices, paper: tuple[Item, ...]) -> Indices:
    """Pay out what is left of a score where only whole items are missing.

    The first of them is earned, and what it is worth too much goes off the last item.
    """
    full = np.array([own.full_mark for own in paper])
    for pupil in np.flatnonzero(rest):
        missing = int(np.flatnonzero(points[pupil] < full)[0])
        points[pupil, missing] = full[missing]
        points[pupil, -1] -= full[missing] - rest[pupil]
    return points
