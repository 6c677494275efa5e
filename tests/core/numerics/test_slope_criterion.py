"""The criterion of slopes: one random column is the random intercept, edges are exact."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEstimableError
from core.numerics.mixed_model import estimate_random_intercept
from core.numerics.moments import SchoolMoments, moments_from_rows
from core.numerics.slope_criterion import minimise_slope_criterion
from core.numerics.standard_design import standardise_design
from tests.core.numerics.test_random_slope import county


def moments(seed: int, *, between: float = 0.25) -> SchoolMoments:
    school, x, y = county(seed, cov=np.diag([between, 0.0]))
    return moments_from_rows(school, x=x, y=y)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), between=st.floats(0, 1))
def test_a_random_intercept_alone_is_the_model_with_one_theta(
    seed: int, between: float
) -> None:
    summed = moments(seed, between=between)
    fit = estimate_random_intercept(summed)
    design = standardise_design(summed)
    solution = minimise_slope_criterion(design, columns=(0,))
    assert solution.t[0, 0] == pytest.approx(fit.theta, rel=1e-7, abs=1e-9)
    assert solution.criterion + design.log_units == pytest.approx(fit.neg2_log_reml, rel=1e-12)
    assert design.to_units(solution.beta) == pytest.approx(fit.beta, rel=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_no_small_step_of_t_lowers_the_criterion(seed: int) -> None:
    design = standardise_design(moments(seed))
    best = minimise_slope_criterion(design, columns=(0, 1))
    rng = np.random.default_rng(seed)
    for _ in range(20):
        step = rng.normal(size=(2, 2)) * 10 ** rng.uniform(-4, -1)
        assert criterion_at(moments(seed), best.t + step @ step.T) >= best.criterion - 1e-8


def criterion_at(summed: SchoolMoments, t: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
                 ) -> float:  # fmt: skip
    """Work out -2 log REML at T from the plain formulas, school by school."""
    design = standardise_design(summed)
    m = design.moments
    a, b, c, logs = design.xx.copy(), design.xy.copy(), design.yy, 0.0
    for j in range(m.n.size):
        g, xz, zy = m.xx[j], m.xx[j], m.xy[j]
        weight = np.linalg.inv(np.eye(2) + t @ g) @ t
        a -= xz @ weight @ xz.T
        b -= xz @ weight @ zy
        c -= zy @ weight @ zy
        logs += np.linalg.slogdet(np.eye(2) + t @ g)[1]
    rss = c - b @ np.linalg.solve(a, b)
    logs += np.linalg.slogdet(a)[1]
    return float(logs + design.freedom * (1 + np.log(2 * np.pi * rss / design.freedom)))


def test_pupils_that_lines_explain_to_the_last_point_are_refused() -> None:
    school, x, _ = county(3)
    own = np.sin(np.arange(12.0))[school]
    design = standardise_design(moments_from_rows(school, x=x, y=own * x[:, 1]))
    with pytest.raises(NotEstimableError, match=f"The {school.size} pupils do not differ"):
        minimise_slope_criterion(design, columns=(0, 1))
