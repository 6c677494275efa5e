"""The standard design: equal to standardised pupils, the way back, the refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEstimableError
from core.numerics.moments import moments_from_rows
from core.numerics.standard_design import no_spread, refuse_few, standardise_design
from tests.core.numerics.test_mixed_model import county


def test_moments_are_those_of_standardised_pupils() -> None:
    school, x, y = county(1)
    design = standardise_design(moments_from_rows(school, x=x, y=40 + 9 * y))
    prior = (x[:, 1] - x[:, 1].mean()) / x[:, 1].std()
    rows = np.column_stack([np.ones(y.size), prior])
    expected = moments_from_rows(school, x=rows, y=(y - y.mean()) / y.std())
    assert design.moments.xx == pytest.approx(expected.xx, abs=1e-9)
    assert design.moments.xy == pytest.approx(expected.xy, abs=1e-9)
    assert design.xx == pytest.approx(rows.T @ rows, abs=1e-9)
    assert design.yy == pytest.approx(y.size)
    assert (design.n_pupils, design.freedom) == (y.size, y.size - 2)
    assert design.sd == pytest.approx(9 * y.std())


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 200), shift=st.floats(-500, 500), scale=st.floats(0.1, 90))
def test_least_squares_in_standard_units_come_back_as_those_of_the_pupils(
    seed: int, shift: float, scale: float
) -> None:
    school, x, y = county(seed)
    x = np.column_stack([x[:, 0], shift + scale * x[:, 1]])
    design = standardise_design(moments_from_rows(school, x=x, y=y))
    beta = design.to_units(np.linalg.inv(design.xx).astype(float) @ design.xy)
    expected = np.linalg.lstsq(x, y, rcond=None)[0]
    assert x @ beta == pytest.approx(x @ expected, abs=1e-7)
    # det(back)^2 is what |A| changes by; the outcome adds (N - p) times the log of its square.
    log_det = 2 * np.log(np.linalg.det(design.back))
    change = -log_det + 2 * design.freedom * np.log(design.sd)
    assert design.log_units == pytest.approx(change)


def test_no_pupil_beyond_the_schools_is_refused_with_the_numbers() -> None:
    moments = moments_from_rows(np.arange(3), x=np.ones((3, 1)), y=np.arange(3.0))
    with pytest.raises(NotEstimableError, match=r"schools 3, pupils 3\)\. Widen"):
        refuse_few(moments, within=1)


def test_columns_of_schools_are_counted_and_so_are_combinations() -> None:
    rng, school = np.random.default_rng(1), np.repeat(np.arange(6), 4)
    one, kind = rng.normal(size=24), rng.normal(size=6)[school]
    y = rng.normal(size=24)
    designs = {1: [one], 2: [one, kind], 3: [one, one + kind, rng.normal(size=6)[school]]}
    for n_between, columns in designs.items():
        x = np.column_stack([np.ones(24), *columns])
        assert standardise_design(moments_from_rows(school, x=x, y=y)).n_between == n_between


def test_the_refusal_of_no_spread_tells_the_number_of_pupils() -> None:
    school = np.array([0, 0, 0, 1, 1, 1])
    moments = moments_from_rows(school, x=np.ones((6, 1)), y=np.repeat([1.0, 2.0], 3))
    refusal = no_spread(standardise_design(moments))
    assert "The 6 pupils do not differ" in refusal.message
    assert "6 名学生" in refusal.message_zh


def test_equal_outcomes_are_refused() -> None:
    school = np.array([0, 0, 0, 1, 1, 1])
    with pytest.raises(NotEstimableError, match="All 6 pupils have the same outcome"):
        standardise_design(moments_from_rows(school, x=np.ones((6, 1)), y=np.full(6, 70.0)))
