"""Moderated standard errors: by hand, special cases, freedom by simulation, properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numerics.moderated_error import PRIOR_PUPILS, moderate_se, moderated_freedom


def test_two_groups_by_hand() -> None:
    # Variances 25 x 0.04 = 1 and 100 x 0.04 = 4; mean by pupils (25 + 400) / 125 = 3.4.
    se = moderate_se(np.array([0.2, 0.2]), n_pupils=np.array([25.0, 100.0]))
    assert se**2 == pytest.approx([(20 * 3.4 + 25) / 45 / 25, (20 * 3.4 + 400) / 120 / 100])


def test_groups_of_equal_variance_keep_their_errors() -> None:
    n = np.array([8.0, 50.0, 300.0])
    assert moderate_se(0.9 / np.sqrt(n), n_pupils=n) == pytest.approx(0.9 / np.sqrt(n))


def test_a_rate_of_zero_gets_an_error_from_the_others() -> None:
    assert moderate_se(np.array([0.0, 0.05]), n_pupils=np.array([30.0, 60.0]))[0] > 0


def test_columns_do_not_touch_each_other_and_holes_stay() -> None:
    se = np.array([[0.1, 0.5], [np.nan, 0.3], [0.2, 0.4]])
    n = np.array([[40.0, 40.0], [np.nan, 10.0], [20.0, 20.0]])
    alone = moderate_se(se[[0, 2], 0], n_pupils=n[[0, 2], 0])
    together = moderate_se(se, n_pupils=n)[:, 0]
    assert together == pytest.approx([alone[0], np.nan, alone[1]], nan_ok=True)


def test_their_freedom_is_that_of_a_scaled_chi_square() -> None:
    rng, n, sigma2 = np.random.default_rng(2), 8, 0.81
    own = sigma2 * rng.chisquare(n - 1, 200_000) / (n - 1)
    variance = (PRIOR_PUPILS * sigma2 + n * own) / (PRIOR_PUPILS + n)
    by_simulation = 2 * variance.mean() ** 2 / variance.var()
    assert moderated_freedom(np.array([n])).item() == pytest.approx(by_simulation, rel=0.02)


@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.integers(2, 300)), min_size=1, max_size=12),
    st.floats(0.01, 100),
)
def test_errors_change_with_the_unit_and_lie_between_their_own_and_the_common_one(
    groups: list[tuple[float, int]], scale: float
) -> None:
    se, n = np.array(groups).T
    found = moderate_se(se, n_pupils=n)
    assert moderate_se(scale * se, n_pupils=n) == pytest.approx(scale * found)
    common = np.sqrt((n * n * se**2).sum() / n.sum() / n)
    assert (found >= np.minimum(se, common) * (1 - 1e-9)).all()
    assert (found <= np.maximum(se, common) * (1 + 1e-9)).all()
