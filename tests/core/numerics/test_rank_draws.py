"""Ranks over draws: hand-counted values, brute force, ties, properties, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from core.errors import NotEstimableError, SettingsError
from core.numerics.rank import competition_rank
from core.numerics.rank_draws import (
    RankCounts,
    count_ranks,
    summarise_rank_counts,
    summarise_ranks,
)

Floats = NDArray[np.float64]

DRAWS = arrays(
    np.float64,
    st.tuples(st.integers(1, 12), st.integers(1, 9)),
    elements=st.integers(-3, 3).map(lambda value: value / 7),
)


def ranks_of(draws: Floats) -> NDArray[np.int64]:
    """Competition ranks of every draw, the plain way."""
    return np.array([competition_rank(draw) for draw in draws]).astype(np.int64)


def test_acceptabilities_of_three_schools_are_as_counted_by_hand() -> None:
    draws = np.array([[9.0, 5.0, 1.0], [9.0, 1.0, 5.0], [5.0, 9.0, 1.0], [9.0, 5.0, 1.0]])
    share = count_ranks([draws]).acceptability
    assert share.tolist() == [[0.75, 0.25, 0], [0.25, 0.5, 0.25], [0, 0.25, 0.75]]


def test_the_interval_leaves_out_a_twentieth_of_the_draws_at_each_end() -> None:
    counts = np.zeros((20, 20), dtype=np.int32)
    counts[0, [0, 1, 2, 10, 11]] = [500, 1, 8_998, 1, 500]
    counts[1, [0, 1, 2, 10, 11]] = [501, 0, 8_998, 0, 501]
    summary = summarise_rank_counts(RankCounts(counts, 10_000), n_bottom=4)
    assert (summary.rank_low[0], summary.rank_high[0]) == (2, 11)
    assert (summary.rank_low[1], summary.rank_high[1]) == (1, 12)


@given(DRAWS)
def test_counts_equal_those_of_ranking_each_draw_alone(draws: Floats) -> None:
    ranks = ranks_of(draws)
    counts = count_ranks([draws]).counts
    for unit in range(draws.shape[1]):
        expected = np.bincount(ranks[:, unit] - 1, minlength=draws.shape[1])
        assert counts[unit].tolist() == expected.tolist()


@given(DRAWS, st.sampled_from([0.5, 0.8, 0.9]))
def test_the_summary_equals_that_of_the_ranks_themselves(draws: Floats, level: float) -> None:
    n_units = draws.shape[1]
    ranks, n_bottom = ranks_of(draws), n_units // 2
    summary = summarise_ranks([draws], n_bottom=n_bottom, level=level, n_top=1)
    outside = int(len(ranks) * (1 - level) / 2 + 1e-9)
    in_order = np.sort(ranks, axis=0)
    assert summary.rank_low.tolist() == in_order[outside].tolist()
    assert summary.rank_high.tolist() == in_order[-1 - outside].tolist()
    assert summary.p_bottom == pytest.approx((ranks > n_units - n_bottom).mean(axis=0))
    assert summary.p_top == pytest.approx((ranks == 1).mean(axis=0))
    assert summary.mean_rank == pytest.approx(ranks.mean(axis=0))


@given(DRAWS, st.integers(1, 5))
def test_how_the_draws_are_cut_into_blocks_changes_nothing(draws: Floats, size: int) -> None:
    blocks = [draws[start : start + size] for start in range(0, len(draws), size)]
    assert count_ranks(blocks).counts.tolist() == count_ranks([draws]).counts.tolist()


@given(st.integers(0, 2**32 - 1), st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
def test_a_change_of_scale_changes_no_rank(seed: int, shift: float, scale: float) -> None:
    draws = np.random.default_rng(seed).normal(size=(5, 8))
    other = count_ranks([shift + scale * draws])
    assert other.counts.tolist() == count_ranks([draws]).counts.tolist()


@given(st.integers(0, 2**32 - 1))
def test_without_ties_every_unit_has_a_rank_and_every_rank_a_unit(seed: int) -> None:
    draws = np.random.default_rng(seed).normal(size=(6, 10))
    share = count_ranks([draws]).acceptability
    assert share.sum(axis=0) == pytest.approx(np.ones(10))
    assert share.sum(axis=1) == pytest.approx(np.ones(10))


def test_equal_schools_share_the_better_place_in_every_draw() -> None:
    draws = np.random.default_rng(5).normal(size=(50, 4))[:, [0, 1, 2, 3, 1]]
    counts = count_ranks([draws]).counts
    assert counts[1].tolist() == counts[4].tolist()
    assert counts.sum(axis=1).tolist() == [50] * 5


def test_draws_are_not_changed() -> None:
    draws = np.random.default_rng(6).normal(size=(3, 4))
    before = draws.copy()
    count_ranks([draws])
    assert draws.tolist() == before.tolist()


def test_the_bottom_may_be_empty_or_everybody() -> None:
    draws = np.array([[1.0, 2.0]])
    assert summarise_ranks([draws], n_bottom=0, n_top=0).p_bottom.tolist() == [0, 0]
    assert summarise_ranks([draws], n_bottom=2, n_top=2).p_bottom.tolist() == [1, 1]
    assert summarise_ranks([draws], n_bottom=2, n_top=0).p_top.tolist() == [0, 0]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_scores_that_are_not_finite_are_refused_with_their_number(bad: float) -> None:
    with pytest.raises(NotEstimableError, match=r"units without: 1 of 3"):
        count_ranks([np.array([[1.0, bad, 2.0], [1.0, 2.0, 3.0]])])


def test_no_draws_and_no_units_are_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"draws 0, units 0"):
        count_ranks([])
    with pytest.raises(NotEstimableError, match=r"draws 0, units 3"):
        count_ranks([np.empty((0, 3))])
    with pytest.raises(NotEstimableError, match=r"draws 4, units 0"):
        count_ranks([np.empty((4, 0))])


def test_places_and_levels_out_of_range_are_refused_with_their_numbers() -> None:
    draws = np.array([[1.0, 2.0]])
    with pytest.raises(SettingsError, match=r"bottom places 3, top places 1, level 0\.9"):
        summarise_ranks([draws], n_bottom=3)
    with pytest.raises(SettingsError, match=r"level 1\.0"):
        summarise_ranks([draws], n_bottom=1, level=1.0)
