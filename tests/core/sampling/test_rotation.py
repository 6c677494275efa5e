"""Rotation of contents: each once in a cycle, even years, findings about changed plans."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import SettingsError
from core.sampling.rotation import check_rotation, rotate_contents
from core.survey_tables import ROTATION

CONTENTS = ["moral", "academic", "body_mind", "arts", "leadership", "burden", "teaching"]
CYCLE = {"first_year": 2026, "n_years": 5}


def test_ten_contents_fill_five_years_two_by_two() -> None:
    plan = rotate_contents([str(i) for i in range(10)], **CYCLE)
    assert plan["year"].tolist() == [2026, 2026, 2027, 2027, 2028, 2028, 2029, 2029, 2030, 2030]


@settings(max_examples=10, deadline=None)
@given(k=st.integers(1, 40), n_years=st.integers(1, 10))
def test_each_content_is_covered_once_and_years_are_even(k: int, n_years: int) -> None:
    contents = [f"c{i}" for i in range(k)]
    plan = ROTATION.require(rotate_contents(contents, first_year=2026, n_years=n_years))
    assert plan["content"].tolist() == contents
    assert plan["year"].between(2026, 2025 + n_years).all()
    found = check_rotation(plan, contents=contents, first_year=2026, n_years=n_years)
    assert found == ()


def test_a_changed_plan_is_told_what_is_wrong_with_it() -> None:
    plan = rotate_contents(CONTENTS, **CYCLE)
    plan["content"] = plan["content"].replace("arts", "moral")
    plan.loc[plan["content"] == "burden", "year"] = 2031
    findings = {f.check: f for f in check_rotation(plan, contents=CONTENTS, **CYCLE)}
    assert findings["sample_rotation_missing"].value == "arts, burden"
    assert findings["sample_rotation_repeated"].value == "moral"
    assert findings["sample_rotation_outside"].value == "2031"
    assert all("抽样" in f.message_zh and "sample" in f.message_en for f in findings.values())


def test_uneven_years_are_told_with_their_loads() -> None:
    plan = pd.DataFrame({"content": CONTENTS, "year": [2026] * 3 + [2027, 2028, 2029, 2030]})
    (finding,) = check_rotation(plan, contents=CONTENTS, **CYCLE)
    assert finding.check == "sample_rotation_uneven"
    assert finding.value == "2026: 3, 2027: 1, 2028: 1, 2029: 1, 2030: 1"


@pytest.mark.parametrize(
    ("contents", "n_years", "found"),
    [
        ([], 5, "contents 0, repeated 0, years 5"),
        (["a", "b", "a"], 5, "contents 3, repeated 1"),
        (["a"], 0, "years 0"),
    ],
)
def test_an_impossible_cycle_is_refused(contents: list[str], n_years: int, found: str) -> None:
    with pytest.raises(SettingsError, match=found):
        rotate_contents(contents, first_year=2026, n_years=n_years)
