"""Moments: equal to sums over pupils, additive, and exact under a change of unit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numerics.moments import (
    SchoolMoments,
    merge_moments,
    moments_from_rows,
    rescale,
    select_schools,
    with_school_means,
)

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def pupils(seed: int) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Array, Array]:
    """Return school, design of two priors, and outcome of 60 pupils in 4 schools."""
    rng = np.random.default_rng(seed)
    school = rng.permutation(np.repeat(np.arange(4), [5, 10, 15, 30]))
    x = np.column_stack([np.ones(60), rng.normal(size=(60, 2))])
    return school, x, rng.normal(size=60)


def flat(moments: SchoolMoments) -> Array:
    n_schools = moments.n.size
    return np.column_stack(
        [moments.n, moments.xx.reshape(n_schools, -1), moments.xy, moments.yy]
    )


def test_moments_are_the_sums_of_products_of_each_school() -> None:
    school, x, y = pupils(1)
    moments = moments_from_rows(school, x=x, y=y)
    for j in range(4):
        mine = school == j
        assert moments.n[j] == mine.sum()
        assert moments.xx[j] == pytest.approx(x[mine].T @ x[mine])
        assert moments.xy[j] == pytest.approx(x[mine].T @ y[mine])
        assert moments.yy[j] == pytest.approx(y[mine] @ y[mine])


@given(seed=st.integers(0, 1000), split=st.integers(0, 2**60 - 1))
def test_classes_add_up_to_their_school(seed: int, split: int) -> None:
    school, x, y = pupils(seed)
    class_ = 2 * school + np.array([split >> i & 1 for i in range(60)])
    class_ = np.append(class_, 7)  # a last entry, so that every class has an index
    x, y = np.vstack([x, x[-1]]), np.append(y, y[-1])
    by_class = moments_from_rows(class_, x=x, y=y)
    merged = merge_moments(by_class, group=np.arange(8) // 2)
    assert flat(merged) == pytest.approx(flat(moments_from_rows(class_ // 2, x=x, y=y)))


@given(
    shift=st.lists(st.floats(-100, 100), min_size=3, max_size=3),
    scale=st.lists(st.floats(0.1, 50), min_size=3, max_size=3),
)
def test_rescaled_moments_are_those_of_rescaled_pupils(
    shift: list[float], scale: list[float]
) -> None:
    school, x, y = pupils(3)
    m, s = np.array(shift), np.array(scale)
    by_moments = rescale(moments_from_rows(school, x=x, y=y), shift=m, scale=s)
    changed = np.column_stack([x[:, 0], (x[:, 1:] - m[:2]) / s[:2]])
    by_pupils = moments_from_rows(school, x=changed, y=(y - m[2]) / s[2])
    assert flat(by_moments) == pytest.approx(flat(by_pupils), rel=1e-9, abs=1e-8)


def test_whole_numbers_in_hundredths_stay_exact() -> None:
    school = np.repeat([0, 1], 50_000)
    score = np.resize(np.arange(0, 75_001, 50), 100_000).astype(float)
    moments = moments_from_rows(
        school, x=np.column_stack([np.ones(100_000), score]), y=score[::-1].copy()
    )
    squares = [sum(int(v) ** 2 for v in score[school == j]) for j in (0, 1)]
    assert [int(v) for v in moments.xx[:, 1, 1]] == squares


def test_school_means_as_a_column_equal_those_of_pupils() -> None:
    school, x, y = pupils(4)
    mean = np.array([x[school == j, 1].mean() for j in range(4)])
    by_pupils = moments_from_rows(school, x=np.column_stack([x, mean[school]]), y=y)
    by_moments = with_school_means(moments_from_rows(school, x=x, y=y), column=1)
    assert flat(by_moments) == pytest.approx(flat(by_pupils))


def test_selected_schools_keep_their_moments() -> None:
    school, x, y = pupils(5)
    moments = moments_from_rows(school, x=x, y=y)
    kept = select_schools(moments, keep=np.array([True, False, True, False]))
    assert flat(kept) == pytest.approx(flat(moments)[[0, 2]])
