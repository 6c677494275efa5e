"""Subjects against a norm or last year: by hand, a norm without errors, what is in common."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from core.errors import DataError
from core.subject_gaps import compute_reference_gaps
from tests.core.make_figures import make_figures

SUBJECTS = ("chinese", "math", "english")


def _rates(values: ArrayLike, **keywords: Any) -> pd.DataFrame:
    return make_figures(values, indicator="score_rate", **keywords)


def test_a_county_against_last_year_by_hand() -> None:
    now = _rates([[0.70, 0.60, 0.50]], se=0.004, subjects=SUBJECTS)
    before = _rates([[0.70, 0.66, 0.50]], se=0.003, subjects=SUBJECTS, exam="D")
    found = compute_reference_gaps(now, reference=before, correlation=0.0)
    assert found["gap"].to_numpy() == pytest.approx([0.02, -0.04, 0.02])
    # Three independent subjects of two exams: (1 - 1/3)(0.004^2 + 0.003^2).
    assert found["se"].to_numpy() == pytest.approx([0.005 * np.sqrt(2 / 3)] * 3)
    assert found["flag"].tolist() == ["strong", "weak", "strong"]


def test_a_norm_without_errors_serves_all_units_and_counts_as_exact() -> None:
    now = _rates([[0.7, 0.6], [0.5, 0.5]], se=0.004, subjects=SUBJECTS[:2])
    norm = _rates([[0.65, 0.6]], se=np.nan, subjects=SUBJECTS[:2], units=["province"])
    found = compute_reference_gaps(now, reference=norm, correlation=0.5)
    assert found["gap"].to_numpy() == pytest.approx([0.025, -0.025, -0.025, 0.025])
    assert found["se"].to_numpy() == pytest.approx([0.002] * 4)  # a'Ra = 1/4


def test_only_subjects_of_both_are_compared() -> None:
    now = _rates([[0.7, 0.6, 0.5]], subjects=SUBJECTS)
    norm = _rates([[0.5, 0.6]], subjects=("english", "chinese"))
    found = compute_reference_gaps(now, reference=norm, correlation=0.5)
    assert found["subject"].tolist() == ["chinese", "english"]
    assert found["gap"].to_numpy() == pytest.approx([0.05, -0.05])


def test_a_unit_with_one_subject_in_common_is_not_estimable_and_stops_nobody() -> None:
    now = _rates([[0.7, np.nan], [0.5, 0.6]], subjects=SUBJECTS[:2])
    norm = _rates([[0.6, 0.6]], subjects=SUBJECTS[:2], units=["norm"])
    found = compute_reference_gaps(now, reference=norm, correlation=0.5)
    assert found["status"].tolist() == ["not_estimable"] * 2 + ["ok"] * 2
    assert found["gap"].to_numpy()[2:] == pytest.approx([-0.05, 0.05])


def test_units_that_the_reference_lacks_are_refused_with_their_number() -> None:
    now = _rates(np.full((3, 2), 0.5), subjects=SUBJECTS[:2])
    with pytest.raises(DataError, match=r"lacks units \(1 of 3: S02\)"):
        compute_reference_gaps(now, reference=now[now["unit"] != "S02"], correlation=0.5)


def test_a_reference_of_other_subjects_is_refused() -> None:
    now = _rates([[0.5]], subjects=("math",))
    norm = _rates([[0.5]], subjects=("music",))
    with pytest.raises(DataError, match=r"in common: 0"):
        compute_reference_gaps(now, reference=norm, correlation=0.5)


@settings(deadline=None, max_examples=10)
@given(st.lists(st.floats(0.2, 0.9), min_size=3, max_size=3), st.floats(-0.2, 0.2))
def test_a_paper_harder_in_every_subject_alike_makes_no_gap(
    rates: list[float], harder: float
) -> None:
    norm = _rates([rates], subjects=SUBJECTS)
    now = norm.assign(estimate=norm["estimate"] - harder)
    found = compute_reference_gaps(now, reference=norm, correlation=0.5)
    assert found["gap"].to_numpy() == pytest.approx([0, 0, 0], abs=1e-12)
    assert (found["flag"] == "none").all()


def test_gaps_without_error_are_not_estimable() -> None:
    now = _rates([[0.7, 0.6]], se=0.004, subjects=SUBJECTS[:2])
    norm = _rates([[0.65, 0.6]], se=np.nan, subjects=SUBJECTS[:2], units=["province"])
    found = compute_reference_gaps(now, reference=norm, correlation=1.0)
    assert found["status"].tolist() == ["not_estimable"] * 2
    assert found[["gap", "low", "q_value", "flag"]].isna().all(axis=None)
