"""Ranks of many units over many draws of their scores: intervals, means, acceptability.

In a draw, the rank of a unit is one more than the number of units that score higher. From the
counts b_jr of the draws in which unit j has rank r follow, over D draws,

    acceptability b_jr / D,    mean rank sum_r r b_jr / D,
    P(bottom) = sum over r > n_units - n_bottom of b_jr / D,

and the central interval [low, high] of level q: with k = floor(D (1 - q) / 2), at most k draws
rank the unit better than low and at most k rank it worse than high.

Every draw is sorted once, as 64-bit integers: the bits of the distance from the draw's best
score, the last ones giving way to the number of the unit. Non-negative doubles sort as their
bits do, so this is a sort of values that carries the units along, cheaper than an argsort.
Scores that agree in all but those last bits (11 of 52 for 2,000 units) count as tied.

References
----------
Lahdelma & Salminen (2001). SMAA-2: Stochastic multicriteria acceptability analysis for group
decision making. Operations Research 49, 444-454 (rank acceptability index).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError, SettingsError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Counts = NDArray[np.int32]

BLOCK_DRAWS = 2000
"""Draws of a block at which the counting is quickest; memory is about 12 bytes a score."""

CACHED_SCORES = 1 << 17
"""Scores sorted at a time: a mebibyte, which stays in the processor's cache."""

INFINITE = int(np.array(np.inf).view(np.int64))
"""The bits of infinity; those of every finite distance are less."""


@dataclass(frozen=True, slots=True)
class RankCounts:
    """How often each unit took each rank.

    Attributes
    ----------
    counts : ndarray, shape (n_units, n_units)
        Draws in which the unit of the row has rank column + 1.
    n_draws : int
    """

    counts: Counts
    n_draws: int

    @property
    def acceptability(self) -> Floats:
        """Share of the draws, 0 to 1; rows sum to 1, columns too where no draw has ties."""
        share: Floats = self.counts / self.n_draws
        return share

    def joined(self, other: "RankCounts") -> "RankCounts":
        """Return the counts over the draws of both, for the same units.

        Examples
        --------
        >>> first = count_ranks([np.array([[3.0, 2.0]])])
        >>> first.joined(count_ranks([np.array([[1.0, 2.0]])])).counts.tolist()
        [[1, 1], [1, 1]]
        """
        return RankCounts(self.counts + other.counts, self.n_draws + other.n_draws)


@dataclass(frozen=True, slots=True)
class RankSummary:
    """Ranks of the units over the draws, in the order of the input; 1 is best.

    Attributes
    ----------
    rank_low, rank_high : ndarray of int, shape (n_units,)
        Best and worst end of the central interval.
    p_bottom, p_top : ndarray, shape (n_units,)
        Share of the draws in which the unit is among the last ``n_bottom``, the first
        ``n_top`` places, 0 to 1.
    mean_rank : ndarray, shape (n_units,)
    n_draws : int
    """

    rank_low: Ints
    rank_high: Ints
    p_bottom: Floats
    p_top: Floats
    mean_rank: Floats
    n_draws: int


def summarise_ranks(
    blocks: Iterable[Floats], *, n_bottom: int, level: float = 0.9, n_top: int = 1
) -> RankSummary:
    """Summarise the ranks of units over blocks of score draws.

    Parameters
    ----------
    blocks : iterable of ndarray, shape (n_draws_in_block, n_units)
        Scores, higher is better, finite; best made as they are asked for, ``BLOCK_DRAWS`` a
        block, so that memory does not grow with the number of draws.
    n_bottom : int
        Places of the bottom, 0 to n_units, such as ``bottom_count(n_units)``.
    level : float
        Share of the draws within the interval, above 0 and below 1.
    n_top : int
        Places of the top, 0 to n_units.

    Raises
    ------
    NotEstimableError
        Without draws or units, or with scores that are not finite.
    SettingsError
        With a level or numbers of places out of range.

    Examples
    --------
    >>> draws = np.array([[3.0, 2.0, 1.0], [3.0, 1.0, 2.0], [3.0, 1.0, 2.0], [2.0, 1.0, 2.0]])
    >>> summary = summarise_ranks([draws], n_bottom=1, level=0.5)
    >>> summary.rank_low.tolist(), summary.rank_high.tolist(), summary.p_bottom.tolist()
    ([1, 3, 2], [1, 3, 2], [0.0, 0.75, 0.25])
    """
    return summarise_rank_counts(
        count_ranks(blocks), n_bottom=n_bottom, level=level, n_top=n_top
    )


def count_ranks(blocks: Iterable[Floats]) -> RankCounts:
    """Count how often each unit takes each rank; ties share the better one.

    Parameters
    ----------
    blocks : iterable of ndarray, shape (n_draws_in_block, n_units)
        As in ``summarise_ranks``. The counts take 4 n_units^2 bytes.

    Raises
    ------
    NotEstimableError
        Without draws or units, or with scores that are not finite.

    Examples
    --------
    >>> count_ranks([np.array([[3.0, 2.0], [1.0, 2.0], [5.0, 5.0]])]).counts.tolist()
    [[2, 1], [2, 1]]
    """
    by_place: Counts | None = None
    n_draws = 0
    for block in blocks:
        if by_place is None:
            by_place = np.zeros((block.shape[1], block.shape[1]), dtype=np.int32)
        if block.size:
            _add_block(by_place, block)
        n_draws += block.shape[0]
    if by_place is None or not by_place.size or not n_draws:
        n_units = 0 if by_place is None else by_place.shape[0]
        raise NotEstimableError(
            f"Ranks over draws need a draw and a unit (found: draws {n_draws}, units "
            f"{n_units}). Ask for more draws, or widen the group.",
            f"按抽样计算名次至少需要一次抽样和一个单位（现有抽样 {n_draws} 次，"
            f"单位 {n_units} 个）。请增加抽样次数或扩大比较组。",
        )
    return RankCounts(counts=by_place.T, n_draws=n_draws)


def summarise_rank_counts(
    ranks: RankCounts, *, n_bottom: int, level: float = 0.9, n_top: int = 1
) -> RankSummary:
    """Summarise counted ranks: interval, probabilities of bottom and top, mean.

    Parameters
    ----------
    ranks : RankCounts
    n_bottom, level, n_top
        As in ``summarise_ranks``.

    Raises
    ------
    SettingsError
        With a level or numbers of places out of range.

    Examples
    --------
    >>> counted = RankCounts(np.array([[8, 2], [2, 8]], dtype=np.int32), n_draws=10)
    >>> summarise_rank_counts(counted, n_bottom=1).p_bottom.tolist()
    [0.2, 0.8]
    """
    n_units = ranks.counts.shape[0]
    _require_settings(n_units, n_bottom=n_bottom, n_top=n_top, level=level)
    # Contiguous by place, as they were counted, so that the sums run along memory.
    reached = np.cumsum(ranks.counts.T, axis=0, dtype=np.int32)
    # Nudged, because 10,000 x (1 - 0.9) / 2 is a hair below 500.
    outside = int(np.floor(ranks.n_draws * (1 - level) / 2 + 1e-9))
    at_top = reached[n_top - 1] if n_top else np.zeros(n_units, dtype=np.int32)
    before_bottom = reached[n_units - n_bottom - 1] if n_bottom < n_units else 0 * at_top
    return RankSummary(
        rank_low=1 + (reached <= outside).sum(axis=0),
        rank_high=1 + (reached < ranks.n_draws - outside).sum(axis=0),
        p_bottom=(ranks.n_draws - before_bottom) / ranks.n_draws,
        p_top=at_top / ranks.n_draws,
        mean_rank=(n_units + 1) - reached.sum(axis=0) / ranks.n_draws,
        n_draws=ranks.n_draws,
    )


def _add_block(by_place: Counts, block: Floats) -> None:
    """Add the ranks of a block to the counts, shape (place, unit)."""
    n_draws, n_units = block.shape
    at_place = np.empty((n_units, n_draws), dtype=np.int32)
    step = max(1, CACHED_SCORES // n_units)
    for start in range(0, n_draws, step):
        unit, tied = _sorted_units(block[start : start + step])
        at_place[:, start : start + step] = unit.T
        if tied.any():
            _move_ties(by_place, tied, unit)
    for place in range(n_units):
        by_place[place] += np.bincount(at_place[place], minlength=n_units)


def _sorted_units(block: Floats) -> tuple[Ints, NDArray[np.bool_]]:
    """Return the units of every draw, best first, and whether each ties with the one before."""
    n_units = block.shape[1]
    unit_bits = (1 << n_units.bit_length()) - 1
    best = block.max(axis=1, keepdims=True)
    # Distances from the best are not negative, so their bits are in the order of their values.
    distance = best - block if np.isfinite(best).all() else np.full_like(block, np.inf)
    key: Ints = distance.view(np.int64)
    key &= ~unit_bits
    key |= np.arange(n_units)
    key.sort(axis=1)
    if (key[:, -1] >= INFINITE).any():
        raise _not_finite(block)
    unit = key & unit_bits
    key -= unit
    return unit, key[:, 1:] == key[:, :-1]


def _move_ties(by_place: Counts, tied: NDArray[np.bool_], unit: Ints) -> None:
    """Move every unit that ties with the one before it to the place of the first of them."""
    n_units = unit.shape[1]
    draw, before = np.divmod(np.flatnonzero(tied), n_units - 1)
    place, who = before + 1, unit[draw, before + 1]
    # Places of one tie follow each other, so that draw x n_units + place grows by one.
    follows = np.diff(draw * n_units + place, prepend=-1) == 1
    first = np.maximum.accumulate(np.where(follows, 0, draw * n_units + before)) % n_units
    # A one of the same type, because ufunc.at is ten times slower when it has to cast.
    flat, one = by_place.reshape(-1), by_place.dtype.type(1)
    np.subtract.at(flat, place * n_units + who, one)
    np.add.at(flat, first * n_units + who, one)


def _not_finite(block: Floats) -> NotEstimableError:
    without = int((~np.isfinite(block)).any(axis=0).sum())
    return NotEstimableError(
        f"Ranks need finite scores (units without: {without} of {block.shape[1]}). Leave them "
        "out of the comparison.",
        f"计算名次需要有限的分值（缺少的单位：{without} 个，共 {block.shape[1]} 个）。"
        "请先将其移出比较。",
    )


def _require_settings(n_units: int, *, n_bottom: int, n_top: int, level: float) -> None:
    if 0 <= n_bottom <= n_units and 0 <= n_top <= n_units and 0 < level < 1:
        return
    raise SettingsError(
        f"Rank settings are bottom places {n_bottom}, top places {n_top}, level {level}. "
        f"Choose places from 0 to {n_units} and a level between 0 and 1.",
        f"名次设置为：后段名次数 {n_bottom}，前段名次数 {n_top}，水平 {level}。"
        f"名次数须在 0 到 {n_units} 之间，水平须在 0 与 1 之间。",
    )
