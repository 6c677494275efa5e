"""Curves of a growth chart: they agree with the percentiles, keep their order, go through."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.growth import compute_growth
from core.growth_curves import PERCENTILES, curve_at
from tests.core.test_growth import county, two_starts


@pytest.mark.parametrize("percentile", PERCENTILES)
def test_a_pupil_on_a_curve_has_about_its_percentile(percentile: int) -> None:
    growth = compute_growth(county(8, n=3000))
    start = growth.cells["prior"].to_numpy(float) / 100
    on_curve = curve_at(growth.curves, start, percentile=percentile)
    near = (growth.cells["current"] / 100 - on_curve).abs() <= 0.5
    found = growth.cells.loc[near & growth.cells["prior"].between(4000, 8000)]
    assert len(found) > 20
    assert np.average(found["growth_percentile"], weights=found["n"]) == pytest.approx(
        percentile, abs=4
    )


def test_as_many_pupils_lie_below_a_curve_as_it_says() -> None:
    growth = compute_growth(county(9, n=3000))
    cells = growth.cells
    start = cells["prior"].to_numpy(float) / 100
    for percentile in PERCENTILES:
        below = cells["current"] / 100 <= curve_at(growth.curves, start, percentile=percentile)
        share = np.average(below, weights=cells["n"])
        assert share == pytest.approx(percentile / 100, abs=0.02)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 100))
def test_curves_never_cross_and_have_every_start_once(seed: int) -> None:
    curves = compute_growth(county(seed, n=300)).curves
    wide = curves.pivot_table(index="start", columns="percentile", values="score")
    assert tuple(map(int, wide.columns)) == PERCENTILES
    assert (np.diff(wide.to_numpy(), axis=1) >= 0).all()
    assert len(curves) == len(PERCENTILES) * wide.index.size


def test_with_two_starts_the_curve_is_the_quantile_of_each() -> None:
    curves = compute_growth(two_starts()).curves
    middle = curves[curves["percentile"] == 50]
    assert middle["start"].tolist() == [10.0, 20.0]
    assert middle["score"].between(40, 50).all()


def test_between_two_starts_a_curve_is_straight_and_an_unknown_start_stays_unknown() -> None:
    rows = pd.DataFrame({"percentile": 50, "start": [10.0, 20.0], "score": [2.0, 5.0]})
    found = curve_at(rows, np.array([10.0, 12.0, 20.0, np.nan]), percentile=50)
    np.testing.assert_allclose(found, [2.0, 2.6, 5.0, np.nan])
