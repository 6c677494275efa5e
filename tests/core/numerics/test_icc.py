"""Share of variance between schools: closed form, exact interval, properties, coverage."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import f as f_law

from core.errors import NotEstimableError
from core.numerics.icc import Icc, estimate_icc


def icc_of(schools: list[np.ndarray]) -> Icc:
    """Return the share for the scores of the pupils of each school."""
    return estimate_icc(
        n=np.array([float(s.size) for s in schools]),
        mean=np.array([s.mean() for s in schools]),
        sum_of_squares=np.array([((s - s.mean()) ** 2).sum() for s in schools]),
    )


def make_schools(seed: int, *, theta: float = 0.3, n_schools: int = 12) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    size = rng.integers(2, 40, size=n_schools)
    level = rng.normal(0, np.sqrt(theta), size=n_schools)
    return [rng.normal(level[j], 1, size=size[j]) for j in range(n_schools)]


def test_schools_of_one_size_have_the_textbook_interval() -> None:
    schools = [np.array(s, float) for s in ([1, 2, 3], [2, 4, 6], [7, 9, 11], [8, 8, 11])]
    icc = icc_of(schools)
    # MSB = 3 x var(2, 4, 9, 9), MSW = mean of 1, 4, 4, 3.
    assert icc.ms_between == pytest.approx(3 * np.var([2, 4, 9, 9], ddof=1))
    assert icc.ms_within == pytest.approx(3)
    ratio = icc.ms_between / icc.ms_within
    assert icc.estimate == pytest.approx((ratio - 1) / (ratio + 2))
    for end, tail in ((icc.low, 0.975), (icc.high, 0.025)):
        point = float(f_law.ppf(tail, 3, 8))
        assert end == pytest.approx((ratio / point - 1) / (ratio / point + 2))


def test_schools_alike_have_no_share_and_say_up_to_where_it_could_be() -> None:
    icc = icc_of([np.array([1.0, 5.0, 9.0]), np.array([3.0, 5.0, 9.0]), np.array([1.0, 4, 8])])
    assert icc.estimate == icc.low == icc.anova == 0
    assert 0 < icc.high < 1


def test_schools_more_alike_than_chance_would_have_them_have_no_interval() -> None:
    icc = icc_of([np.array([1.0, 5.0, 9.0])] * 3)
    assert icc.estimate == 0
    assert np.isnan([icc.low, icc.high]).all()


def test_schools_of_one_pupil_count_for_the_spread_between_only() -> None:
    icc = icc_of([np.array([1.0, 3.0]), np.array([9.0]), np.array([2.0])])
    assert icc.ms_within == pytest.approx(2)
    assert 0 <= icc.low <= icc.estimate <= icc.high < 1


def test_one_school_is_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"schools 1, pupils 3"):
        icc_of([np.array([1.0, 2.0, 4.0])])


def test_schools_of_one_pupil_only_are_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"schools 2, pupils 2"):
        icc_of([np.array([1.0]), np.array([2.0])])


def test_pupils_all_alike_are_refused() -> None:
    with pytest.raises(NotEstimableError, match="6 pupils have the same"):
        icc_of([np.full(3, 70.0), np.full(3, 70.0)])


@settings(max_examples=40, deadline=None)  # each example is a REML fit
@given(seed=st.integers(0, 1000), shift=st.floats(-50, 500), scale=st.floats(0.1, 50))
def test_the_share_does_not_depend_on_the_scale(seed: int, shift: float, scale: float) -> None:
    schools = make_schools(seed)
    before, after = icc_of(schools), icc_of([shift + scale * s for s in schools])
    assert after.estimate == pytest.approx(before.estimate, abs=1e-6)
    ends = (before.low, before.high)
    assert (after.low, after.high) == pytest.approx(ends, abs=1e-6, nan_ok=True)
    assert after.ms_within == pytest.approx(scale**2 * before.ms_within)


@settings(max_examples=40, deadline=None)  # each example is a REML fit
@given(seed=st.integers(0, 1000))
def test_the_order_of_schools_changes_nothing(seed: int) -> None:
    schools = make_schools(seed)
    before, after = icc_of(schools), icc_of(schools[::-1])
    assert after.estimate == pytest.approx(before.estimate, abs=1e-9)
    ends = (before.low, before.high)
    assert (after.low, after.high) == pytest.approx(ends, abs=1e-9, nan_ok=True)


@settings(max_examples=40, deadline=None)  # each example is a REML fit
@given(seed=st.integers(0, 1000))
def test_share_and_interval_lie_between_none_and_all(seed: int) -> None:
    icc = icc_of(make_schools(seed))
    assert 0 <= icc.low <= icc.high < 1 or np.isnan([icc.low, icc.high]).all()
    assert 0 <= icc.estimate < 1


@pytest.mark.slow
@pytest.mark.parametrize("theta", [0.05, 0.2, 1.0])
def test_intervals_cover_the_true_share_nineteen_times_in_twenty(theta: float) -> None:
    rng = np.random.default_rng(20240608)
    true = theta / (1 + theta)
    covered = []
    for _ in range(1000):
        icc = icc_of(make_schools(int(rng.integers(2**32)), theta=theta))
        covered.append(icc.low <= true <= icc.high)
    # The interval is exact; the standard error of the coverage is 0.007.
    assert np.mean(covered) == pytest.approx(0.95, abs=0.02)
