"""Item statistics: hand-computed values, R, ties, missing items, properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.items.statistics import estimate_item_statistics, group_size

# R 4.2.2, psych 2.2.9: alpha(Z)$item.stats$r.drop of the points in made_test.
PSYCH_ITEM_REST = [0.1215552962669, 0.0957988354623, 0.3092550387502, 0.1648777733388]


def made_test() -> np.ndarray:
    """Points of 72 pupils on four items by formula, so that R can make the same."""
    i = np.arange(72)
    school = i // 6
    y = 60 + 7 * ((school * 5) % 12 - 5.5) / 3 + (i * 37) % 23 - 11 + 4 * (school // 4)
    columns = [(i * 7) % 5, (i * 3 + school) % 11, y // 10, (i * i) % 3 + school / 4]
    return np.column_stack(columns)


def test_item_rest_correlation_matches_r() -> None:
    fit = estimate_item_statistics(made_test(), full_mark=np.array([4.0, 10, 10, 5]))
    assert fit.item_rest == pytest.approx(PSYCH_ITEM_REST, abs=1e-12)


def test_ten_pupils_by_hand() -> None:
    # Totals 10 9 8 | 7 .. 4 | 3 2 1: groups of round(2.7) = 3.
    first = np.array([4.0, 4, 3, 3, 3, 2, 2, 1, 1, 0])
    second = np.array([6.0, 5, 5, 4, 3, 3, 2, 2, 1, 1])
    points = np.column_stack([first, second])
    fit = estimate_item_statistics(points, full_mark=np.array([4.0, 6.0]))
    assert fit.group_size == 3
    assert fit.difficulty == pytest.approx([2.3 / 4, 3.2 / 6])
    assert fit.discrimination == pytest.approx([(11 - 2) / 3 / 4, (16 - 4) / 3 / 6])
    assert fit.difficulty_se[0] == pytest.approx(first.std(ddof=1) / np.sqrt(10) / 4)


def test_pupils_tied_at_the_edge_share_its_places() -> None:
    # Top three: 9, and two places for the three pupils with 8, of whom each counts 2/3.
    points = np.array([[9.0, 0], [8, 0], [4, 4], [0, 8], *[[3.0, 2]] * 3, *[[1.0, 1]] * 3])
    fit = estimate_item_statistics(points, full_mark=np.array([9.0, 8.0]))
    assert fit.discrimination[0] * 9 == pytest.approx((9 + (8 + 4 + 0) * 2 / 3) / 3 - 1)
    assert fit.discrimination[1] * 8 == pytest.approx((0 + 4 + 8) * 2 / 3 / 3 - 1)


def test_totals_of_equal_points_in_other_fractions_are_ties() -> None:
    points = np.array([[0.1, 0.2], [0.3, 0.0], [0.0, 0.1], [0.0, 0.1]])
    fit = estimate_item_statistics(points, full_mark=np.ones(2))
    assert fit.discrimination == pytest.approx([0.2, 0.0])


def test_a_pupil_without_an_item_counts_for_the_items_present_only() -> None:
    points = np.array([[1.0, np.nan], [0, 1], [1, 3], [1, 4], [0, 0]])
    fit = estimate_item_statistics(points, full_mark=np.array([1.0, 4.0]))
    assert fit.n_pupils.tolist() == [5, 4]
    assert fit.n_complete == 4
    assert fit.difficulty == pytest.approx([0.6, 0.5])
    assert fit.discrimination == pytest.approx([1.0, 1.0])  # 4 points more of 4: one pupil each


def test_a_constant_item_is_undefined_for_itself_alone() -> None:
    points = np.column_stack([np.ones(6), np.arange(6.0), np.arange(6.0) ** 2])
    fit = estimate_item_statistics(points, full_mark=np.array([1.0, 5, 25]))
    assert fit.discrimination[0] == 0
    assert np.isnan(fit.item_rest).tolist() == [True, False, False]
    assert fit.difficulty_se[0] == 0


def test_equal_totals_tell_nobody_apart() -> None:
    points = np.array([[0.0, 1], [1, 0], [0, 1], [1, 0]])
    fit = estimate_item_statistics(points, full_mark=np.ones(2))
    assert np.isnan(fit.discrimination).all()
    assert fit.item_rest == pytest.approx([-1, -1])


def test_one_pupil_and_an_item_of_nobody_are_undefined() -> None:
    fit = estimate_item_statistics(np.array([[1.0, np.nan]]), full_mark=np.ones(2))
    assert (fit.group_size, fit.n_complete) == (0, 0)
    assert fit.difficulty[0] == 1
    assert np.isnan([fit.difficulty[1], fit.difficulty_se[0], fit.discrimination[0]]).all()
    assert np.isnan(fit.item_rest).all()


@settings(deadline=None)
@given(n=st.integers(2, 5000))
def test_the_two_groups_never_overlap(n: int) -> None:
    assert 1 <= group_size(n) <= n / 2


@settings(deadline=None)
@given(seed=st.integers(0, 10_000), scale=st.floats(0.5, 20))
def test_order_of_pupils_and_unit_of_points_do_not_matter(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    full = np.array([1.0, 3, 8])
    points = np.round(rng.uniform(size=(30, 3)) * full)
    order = rng.permutation(30)
    before = estimate_item_statistics(points, full_mark=full)
    after = estimate_item_statistics(scale * points[order], full_mark=scale * full)
    assert after.difficulty == pytest.approx(before.difficulty)
    assert after.discrimination == pytest.approx(before.discrimination, nan_ok=True)
    assert after.item_rest == pytest.approx(before.item_rest, nan_ok=True)
    assert np.all((before.difficulty >= 0) & (before.difficulty <= 1))
    assert np.all(np.abs(before.discrimination) <= 1)
