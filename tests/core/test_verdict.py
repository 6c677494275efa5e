"""Verdicts: every boundary, and order."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.verdict import VERDICTS, judge_index


@pytest.mark.parametrize(
    ("index", "verdict"),
    [
        (7.0, "well_above"),
        (2.0, "well_above"),
        (np.nextafter(2.0, 0), "above"),
        (1.0, "above"),
        (np.nextafter(1.0, 0), "as_expected"),
        (0.0, "as_expected"),
        (-1.0, "as_expected"),
        (np.nextafter(-1.0, -2), "below"),
        (-2.0, "below"),
        (np.nextafter(-2.0, -3), "well_below"),
        (-7.0, "well_below"),
    ],
)
def test_a_tie_goes_to_the_better_level(index: float, verdict: str) -> None:
    assert judge_index(np.array([index])).tolist() == [verdict]


@given(st.lists(st.floats(-5, 5), min_size=2))
def test_a_higher_index_never_gets_a_worse_verdict(index: list[float]) -> None:
    levels = [VERDICTS.index(v) for v in judge_index(np.array(sorted(index)))]
    assert levels == sorted(levels, reverse=True)


def test_an_unknown_index_has_no_verdict() -> None:
    verdicts = judge_index(np.array([np.nan, 2.5, np.nan]))
    assert pd.Series(verdicts, dtype="str").isna().tolist() == [True, False, True]
    assert verdicts[1] == "well_above"
