"""Drawn weights: moments of the Dirichlet law, closed forms of SMAA, ties, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.numerics.rank_draws import BLOCK_DRAWS, count_ranks
from core.weighting.scheme import share_out
from core.weighting.sensitivity import (
    SENSITIVITY_LABEL,
    SENSITIVITY_LABEL_ZH,
    Perturbation,
    central_weights,
    draw_any_weights,
    perturb_weights,
    score_blocks,
)

N_DRAWS = 20_000
CHANCE = 0.012
"""Four standard errors of a share of 20,000 draws and more."""


def test_perturbed_weights_have_the_mean_and_spread_that_were_asked_for() -> None:
    weights = np.array([0.25, 0.4, 0.1, 0.25])
    rng = np.random.default_rng(2)
    draws = perturb_weights(weights, spread=0.2, n_draws=N_DRAWS, rng=rng)
    concentration = 3 / 0.2**2 - 1
    expected = np.sqrt(weights * (1 - weights) / (concentration + 1))
    assert draws.mean(axis=0) == pytest.approx(weights, abs=0.002)
    assert draws.std(axis=0) == pytest.approx(expected, rel=0.03)
    assert expected[0] / weights[0] == pytest.approx(0.2)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8).filter(any), st.integers(0, 99))
def test_perturbed_weights_sum_to_one_and_leave_zero_at_zero(raw: list[int], seed: int) -> None:
    weights, rng = share_out(raw), np.random.default_rng(seed)
    draws = perturb_weights(weights, spread=0.25, n_draws=20, rng=rng)
    assert draws.sum(axis=1) == pytest.approx(np.ones(20))
    assert np.all(draws[:, weights == 0] == 0)
    assert np.all(draws >= 0)


def test_a_single_indicator_keeps_its_weight() -> None:
    rng = np.random.default_rng(2)
    assert (
        perturb_weights(np.array([0.0, 1.0]), spread=0.5, n_draws=3, rng=rng).tolist()
        == [[0, 1]] * 3
    )


def test_the_same_seed_draws_the_same_weights() -> None:
    weights = np.array([0.5, 0.5])
    first, second = (
        perturb_weights(weights, spread=0.1, n_draws=5, rng=np.random.default_rng(9))
        for _ in range(2)
    )
    assert first.tolist() == second.tolist()


def test_scores_are_the_weighted_sums_over_all_blocks() -> None:
    rng = np.random.default_rng(1)
    value, draws = (
        rng.normal(size=(5, 3)),
        draw_any_weights(3, n_draws=2 * BLOCK_DRAWS + 7, rng=rng),
    )
    blocks = list(score_blocks(value, draws=draws))
    assert [len(block) for block in blocks] == [BLOCK_DRAWS, BLOCK_DRAWS, 7]
    assert np.concatenate(blocks) == pytest.approx((draws[:, None, :] * value).sum(axis=2))


def test_equal_schools_tie_in_every_draw() -> None:
    """In this shape a plain product may give equal rows different last digits."""
    rng = np.random.default_rng(4)
    value = rng.normal(size=(9, 17))
    value[[5, 8]] = value[0]
    draws = draw_any_weights(17, n_draws=100, rng=rng)
    (scores,) = score_blocks(value, draws=draws)
    assert np.all((scores[:, 0] == scores[:, 5]) & (scores[:, 0] == scores[:, 8]))
    counts = count_ranks([scores]).counts
    assert counts[0].tolist() == counts[5].tolist() == counts[8].tolist()


def test_two_opposite_schools_win_half_of_all_weights_each() -> None:
    """School 0 wins for w_0 above 1/2; there w_0 is even on 1/2 to 1, with the mean 3/4."""
    value = np.array([[1.0, 0.0], [0.0, 1.0]])
    draws = draw_any_weights(2, n_draws=N_DRAWS, rng=np.random.default_rng(5))
    central = central_weights(value, draws=draws, first=1, last=1)
    assert central.share == pytest.approx([0.5, 0.5], abs=CHANCE)
    assert central.weights == pytest.approx(np.array([[0.75, 0.25], [0.25, 0.75]]), abs=CHANCE)
    assert central.is_kept.tolist() == [True, True]


def test_a_school_in_the_middle_wins_the_weights_in_the_middle() -> None:
    """School 2 has 0.6 in both: it wins while both weights are below 0.6, a share of 0.2."""
    value = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6], [0.1, 0.1]])
    draws = draw_any_weights(2, n_draws=N_DRAWS, rng=np.random.default_rng(6))
    central = central_weights(value, draws=draws, first=1, last=1)
    assert central.share == pytest.approx([0.4, 0.4, 0.2, 0], abs=CHANCE)
    assert central.weights[2] == pytest.approx([0.5, 0.5], abs=CHANCE)
    assert np.isnan(central.weights[3]).all()
    assert central.is_kept.tolist() == [True, True, True, False]


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(0, 5))
def test_shares_are_those_of_the_counted_ranks(seed: int, first: int, more: int) -> None:
    rng = np.random.default_rng(seed)
    value, draws = rng.normal(size=(6, 3)), draw_any_weights(3, n_draws=40, rng=rng)
    value[3] = value[0]
    last = min(6, first + more)
    central = central_weights(value, draws=draws, first=first, last=last)
    accepted = count_ranks(score_blocks(value, draws=draws)).acceptability
    assert central.share == pytest.approx(accepted[:, first - 1 : last].sum(axis=1))
    assert np.isnan(central.weights[:, 0]).tolist() == (central.share == 0).tolist()


@given(st.integers(0, 2**32 - 1))
def test_acceptabilities_sum_to_one_by_school_and_by_rank(seed: int) -> None:
    rng = np.random.default_rng(seed)
    value, draws = rng.normal(size=(7, 4)), draw_any_weights(4, n_draws=30, rng=rng)
    accepted = count_ranks(score_blocks(value, draws=draws)).acceptability
    assert accepted.sum(axis=0) == pytest.approx(np.ones(7))
    assert accepted.sum(axis=1) == pytest.approx(np.ones(7))


def test_the_label_says_what_the_range_is_not() -> None:
    assert SENSITIVITY_LABEL == "sensitivity range, not a confidence interval"
    assert SENSITIVITY_LABEL_ZH == "敏感性区间，不是置信区间"


def test_a_spread_too_wide_is_refused_with_its_limit() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(
        SettingsError, match=r"spread .* is 1\.5; with 3 indicators .* below 1\.41"
    ):
        perturb_weights(np.full(3, 1 / 3), spread=1.5, n_draws=1, rng=rng)


def test_perturbations_out_of_range_are_refused_with_their_numbers() -> None:
    with pytest.raises(SettingsError, match=r"spread 0, draws 10000, level 0\.9"):
        Perturbation(spread=0)
    with pytest.raises(SettingsError, match="draws 0"):
        Perturbation(n_draws=0)
    with pytest.raises(SettingsError, match="level 1"):
        Perturbation(level=1)


@pytest.mark.parametrize(("first", "last"), [(0, 1), (3, 2), (1, 4)])
def test_places_outside_the_group_are_refused_with_their_numbers(first: int, last: int) -> None:
    draws = np.array([[0.5, 0.5]])
    with pytest.raises(SettingsError, match=f"from {first} to {last}. .* 1 to 3 "):
        central_weights(np.eye(3, 2), draws=draws, first=first, last=last)
