"""Correlation of subjects: brute force from pupil rows, and properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.subject_correlation import compute_subject_correlation
from core.tables import SUBJECT_MOMENTS


def moments_of(school: np.ndarray, x: np.ndarray, y: np.ndarray) -> pd.DataFrame:
    """Return SUBJECT_MOMENTS of two subjects from pupil rows."""
    pupils = pd.DataFrame({"school": school, "x": x, "y": y})
    pupils = pupils.assign(n=1, x_x=x * x, y_y=y * y, x_y=x * y)
    sums = pupils.groupby("school", as_index=False).sum()
    named = sums.assign(subject="chinese", other="math")
    return SUBJECT_MOMENTS.require(named.astype({"school": "str"}))


def test_equals_the_correlation_of_deviations_from_school_means() -> None:
    rng = np.random.default_rng(3)
    school = rng.integers(0, 4, 200)
    x = rng.integers(0, 100, 200) + 40 * school
    y = x + rng.integers(0, 60, 200) - 90 * school
    pupils = pd.DataFrame({"x": x, "y": y})
    deviations = pupils - pupils.groupby(school).transform("mean")
    found = compute_subject_correlation(moments_of(school.astype(str), x, y))
    assert found.to_numpy()[0, 1] == pytest.approx(deviations.corr().to_numpy()[0, 1])
    assert found.to_numpy()[1, 0] == found.to_numpy()[0, 1]


def test_a_subject_that_does_not_vary_inside_schools_has_no_correlation() -> None:
    school = np.repeat(["a", "b"], 5)
    moments = moments_of(school, np.repeat([10, 90], 5), np.arange(10))
    found = compute_subject_correlation(moments)
    assert np.isnan(found.to_numpy()[0, 1])
    assert found.to_numpy()[1, 1] == 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 9)), min_size=4))
def test_stays_within_its_bounds_and_does_not_depend_on_the_unit(
    rows: list[tuple[int, int, int]],
) -> None:
    school, x, y = (np.array(column) for column in zip(*rows, strict=True))
    plain = compute_subject_correlation(moments_of(school.astype(str), x, y))
    scaled = compute_subject_correlation(moments_of(school.astype(str), 7 * x + 3, y))
    r = plain.to_numpy()[0, 1]
    assert np.isnan(r) or -1 <= r <= 1
    assert scaled.to_numpy()[0, 1] == pytest.approx(r, abs=1e-6, nan_ok=True)
