"""Cuts of the population: pupils one by one, ties said, small and empty populations."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attainment import CUTS, AttainmentSpec, TopN, compute_cuts
from tests.core.make_pupils import PAPERS, histogram_of, make_pupils

SPEC = AttainmentSpec(top_n=(TopN(10), TopN(30, name="city")))


def cuts_of(pupils: pd.DataFrame) -> dict[Hashable, Any]:
    """Return the cuts by subject and name, each a row by column."""
    cuts = compute_cuts(histogram_of(pupils), subjects=PAPERS, spec=SPEC)
    CUTS.require(cuts)
    rows: dict[Hashable, Any] = cuts.set_index(["subject", "cut"]).to_dict("index")
    return rows


@given(seed=st.integers(0, 500))
def test_cuts_count_the_pupils_that_they_take(seed: int) -> None:
    pupils = make_pupils(seed)
    points = np.sort(pupils["score"].to_numpy() / 100)[::-1]
    cuts = cuts_of(pupils)
    top, bottom = cuts["math", "top_n"], cuts["math", "bottom20"]
    tenth = points[9]
    assert top["score"] == tenth
    assert top["n_counted"] == (points >= tenth).sum() >= 10
    line = np.quantile(points, 0.2)
    assert bottom["score"] == pytest.approx(line)
    assert bottom["n_counted"] == (points < line - 1e-9).sum()
    assert bottom["n_counted"] <= bottom["n_asked"] + 1
    assert top["n_population"] == bottom["n_population"] == points.size


def test_ties_at_the_last_place_are_said() -> None:
    pupils = pd.DataFrame({"school": "A", "score": [9000] * 9 + [8000] * 5 + [3000] * 30})
    cuts = cuts_of(pupils)
    numbers = {"score": 80, "n_asked": 10, "n_counted": 14, "n_population": 44}
    assert cuts["math", "top_n"] == numbers
    assert cuts["math", "bottom20"]["n_asked"] == pytest.approx(8.8)
    assert cuts["math", "bottom20"]["n_counted"] == 0  # all 30 stand on the percentile


def test_a_population_smaller_than_n_is_counted_as_a_whole() -> None:
    pupils = pd.DataFrame({"school": "A", "score": [9000, 8000, 7000]})
    assert cuts_of(pupils)["math", "top_n"]["n_counted"] == 3


def test_a_subject_that_nobody_sat_has_no_cut() -> None:
    for name in ("top_n", "top_n_city", "bottom20"):
        cut = cuts_of(make_pupils(0))["english", name]
        assert np.isnan(cut["score"])
        assert cut["n_counted"] == cut["n_population"] == 0
