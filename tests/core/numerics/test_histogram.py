"""Histogram figures equal numpy's on the pupils one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from core.numerics.histogram import (
    GroupedScores,
    count_reaching,
    mean_between,
    quantile_interval,
    quantile_of,
    score_of_best,
    summarise_scores,
    summarise_values,
)

CLASSES = st.lists(st.lists(st.integers(0, 15_000), max_size=25), min_size=1, max_size=5)


def grouped(classes: list[list[int]]) -> GroupedScores:
    rows = [
        (group, score, scores.count(score))
        for group, scores in enumerate(classes)
        for score in sorted(set(scores))
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return GroupedScores(
        group=table[:, 0], score=table[:, 1], n=table[:, 2], n_groups=len(classes)
    )


@given(classes=CLASSES)
def test_mean_and_spread_equal_those_of_the_pupils(classes: list[list[int]]) -> None:
    summary = summarise_scores(grouped(classes))
    for g, scores in enumerate(classes):
        assert summary.n[g] == len(scores)
        if scores:
            assert summary.mean[g] == pytest.approx(np.mean(scores))
            assert summary.sd[g] == pytest.approx(np.std(scores), abs=1e-9)
        if len(scores) > 1:
            se = np.std(scores, ddof=1) / np.sqrt(len(scores))
            assert summary.se[g] == pytest.approx(se, abs=1e-9)


@given(classes=CLASSES, share=st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]))
def test_quantiles_equal_linear_interpolation(classes: list[list[int]], share: float) -> None:
    quantile = quantile_of(grouped(classes), share=share)
    for g, scores in enumerate(classes):
        expected = np.quantile(scores, share) if scores else np.nan
        assert quantile[g] == pytest.approx(expected, nan_ok=True)


@given(classes=CLASSES, line=st.integers(0, 15_000))
def test_pupils_on_the_line_reach_it(classes: list[list[int]], line: int) -> None:
    reached = count_reaching(grouped(classes), line=np.full(len(classes), line))
    assert reached.tolist() == [sum(s >= line for s in scores) for scores in classes]


def test_a_group_without_pupils_has_no_figures() -> None:
    summary = summarise_scores(grouped([[], [500]]))
    assert summary.n.tolist() == [0, 1]
    assert np.isnan(summary.mean).tolist() == [True, False]
    assert np.isnan(summary.se).tolist() == [True, True]  # one pupil has no spread


@given(classes=CLASSES)
def test_any_function_of_the_score_has_the_moments_of_its_values(
    classes: list[list[int]],
) -> None:
    scores = grouped(classes)
    summary = summarise_values(scores, value=np.sqrt(scores.score))
    for g, own in enumerate(classes):
        if own:
            assert summary.mean[g] == pytest.approx(np.sqrt(own).mean())
            assert summary.sd[g] == pytest.approx(np.sqrt(own).std(), abs=1e-6)


@given(classes=CLASSES, n_best=st.integers(1, 30))
def test_the_score_of_the_best_is_found_from_the_top(
    classes: list[list[int]], n_best: int
) -> None:
    found = score_of_best(grouped(classes), n_best=n_best)
    for g, own in enumerate(classes):
        expected = sorted(own)[::-1][min(n_best, len(own)) - 1] if own else np.nan
        assert found[g] == pytest.approx(expected, nan_ok=True)


@given(classes=CLASSES, ends=st.sampled_from([(0.0, 0.25), (0.05, 0.5), (0.25, 1.0)]))
def test_pupils_across_a_boundary_count_with_their_part(
    classes: list[list[int]], ends: tuple[float, float]
) -> None:
    mean = mean_between(grouped(classes), low=ends[0], high=ends[1])
    for g, own in enumerate(classes):
        grains = np.repeat(np.sort(own), 20)  # every boundary falls between two grains
        inside = grains[round(ends[0] * grains.size) : round(ends[1] * grains.size)]
        expected = inside.mean() if own else np.nan
        assert mean[g] == pytest.approx(expected, nan_ok=True)


@given(classes=CLASSES, share=st.sampled_from([0.2, 0.5, 0.9]))
def test_the_ends_of_a_quantile_are_two_pupils_with_the_chance_they_promise(
    classes: list[list[int]], share: float
) -> None:
    ends = quantile_interval(grouped(classes), share=share)
    for g, own in enumerate(classes):
        n = len(own)
        k = np.arange(n + 1)
        below = np.cumsum(np.asarray(binom.pmf(k, n, share)))  # P(pupils under it <= k)
        low = next((i for i in range(n + 1) if below[i] >= 0.025), 0)
        high = next((i for i in range(n + 1) if below[i] >= 0.975), n)
        if low < 1 or high >= n:
            assert np.isnan([ends.low[g], ends.high[g]]).all()
        else:
            assert (ends.low[g], ends.high[g]) == (sorted(own)[low - 1], sorted(own)[high])
            assert below[high] - below[low - 1] >= 0.95


@pytest.mark.slow
def test_intervals_of_the_median_cover_it_in_at_least_nineteen_of_twenty() -> None:
    rng = np.random.default_rng(20240610)
    classes = [sorted(rng.integers(0, 10_000, size=31).tolist()) for _ in range(4000)]
    ends = quantile_interval(grouped(classes), share=0.5)
    covered = (ends.low <= 5000) & (ends.high >= 5000)
    # Exact law: 0.9706 of 31 pupils; its standard error is 0.003.
    assert covered.mean() == pytest.approx(0.971, abs=0.01)
