"""Histogram figures equal numpy's on the pupils one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numerics.histogram import (
    GroupedScores,
    count_reaching,
    quantile_of,
    summarise_scores,
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
