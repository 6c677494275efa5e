"""Correlation of residuals: brute force from pupil rows, and a change of unit."""

from itertools import combinations_with_replacement

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.subject_correlation import compute_residual_correlation
from core.tables import LINKED_SUBJECT_MOMENTS

SCORES = ("x1", "y1", "x2", "y2")


def make_pupils(seed: int, *, n: int = 300) -> pd.DataFrame:
    """Make pupils of four schools whose two residuals go together."""
    rng = np.random.default_rng(seed)
    common, ability = rng.normal(size=(2, n))
    frame = pd.DataFrame({"school": rng.integers(0, 4, n).astype(str)})
    for k in ("1", "2"):
        prior = ability + 0.5 * rng.normal(size=n)
        current = 0.7 * prior + 0.6 * common + 0.5 * rng.normal(size=n)
        frame[f"x{k}"] = np.round(1000 * prior).astype(int) + 5000
        frame[f"y{k}"] = np.round(1000 * current).astype(int) + 5000
    return frame


def moments_of(pupils: pd.DataFrame) -> pd.DataFrame:
    """Return the LINKED_SUBJECT_MOMENTS of pupil rows."""
    products = {
        f"{a}_{b}": pupils[a] * pupils[b] for a, b in combinations_with_replacement(SCORES, 2)
    }
    rows = pupils.assign(n=1, **products).groupby("school", as_index=False).sum()
    named = rows.assign(subject="chinese", other="math").astype({"school": "str"})
    return LINKED_SUBJECT_MOMENTS.require(named)


def test_equals_the_correlation_of_residuals_of_pupils() -> None:
    pupils = make_pupils(1)
    means = pupils.groupby("school")[list(SCORES)].transform("mean")
    x1, y1, x2, y2 = (pupils[list(SCORES)] - means).to_numpy(float).T
    residuals = [y - x * (x @ y) / (x @ x) for x, y in ((x1, y1), (x2, y2))]
    expected = np.corrcoef(residuals)[0, 1]
    found = compute_residual_correlation(moments_of(pupils))
    assert found.to_numpy()[0, 1] == pytest.approx(expected, rel=1e-9)
    assert found.to_numpy()[1, 0] == found.to_numpy()[0, 1]


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 1000), st.integers(1, 9), st.integers(-500, 500))
def test_a_change_of_unit_changes_nothing(seed: int, scale: int, shift: int) -> None:
    pupils = make_pupils(seed, n=40)
    other = pupils.assign(y1=scale * pupils["y1"] + shift, x2=scale * pupils["x2"])
    plain, changed = (
        compute_residual_correlation(moments_of(p)).to_numpy()[0, 1] for p in (pupils, other)
    )
    assert changed == pytest.approx(plain, abs=1e-9)


def test_subjects_that_their_priors_explain_wholly_have_no_correlation() -> None:
    pupils = make_pupils(2)
    found = compute_residual_correlation(moments_of(pupils.assign(y1=pupils["x1"])))
    assert np.isnan(found.to_numpy()[0, 1])
