"""Target sets: what a file says, and which targets a grade has in a year."""

from typing import Any

import pytest

from core.errors import SettingsError
from core.targets.presets import JUNIOR_PASS, PRIMARY_LOW
from core.targets.target_set import parse_target_set, targets_in

JUNIOR = {"grades": [8, 9], "subject": "total", "indicator": "pass_rate", **JUNIOR_PASS}
PRIMARY = {"grades": [6], "subject": "math", "indicator": "low_rate", **PRIMARY_LOW}


def test_each_target_has_its_plan_and_what_it_is_about() -> None:
    junior, primary = parse_target_set({"target": [JUNIOR, PRIMARY]})
    assert (junior.grades, junior.indicator, junior.plan.id) == (
        (8, 9),
        "pass_rate",
        "junior_pass",
    )
    assert (primary.subject, len(primary.plan.steps)) == ("math", 3)


def test_a_grade_has_the_targets_of_its_year() -> None:
    targets = parse_target_set({"target": [JUNIOR, PRIMARY]})
    ((target, of_year),) = targets_in(targets, grade=9, year=2027)
    assert (target.indicator, float(of_year.target)) == ("pass_rate", 66.0)
    assert targets_in(targets, grade=9, year=2025) == []
    assert targets_in(targets, grade=7, year=2026) == []
    assert [float(t.target) for _, t in targets_in(targets, grade=6, year=2026)] == [7.0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"grades": [0]}, r"target\[1\].grades is \(?\[?0"),
        ({"grades": [6.5]}, r"grades from 1 to 12"),
        ({"grades": []}, r"a list with at least one entry"),
        ({"subject": ""}, r"target\[1\].subject is ''"),
        ({"baseline": 101}, r"target\[1\].baseline is 101"),
        ({"colour": "red"}, r"Unknown setting: target\[1\].colour"),
    ],
)
def test_what_is_wrong_is_told_by_its_place(change: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        parse_target_set({"target": [JUNIOR | change]})


def test_two_targets_for_one_thing_in_one_year_are_refused() -> None:
    later = JUNIOR | {"base_year": 2027, "grades": [9]}
    with pytest.raises(SettingsError, match="in one year: 1, such as 9 total pass_rate 2028"):
        parse_target_set({"target": [JUNIOR, later]})
    parse_target_set({"target": [JUNIOR, later | {"base_year": 2028}]})


def test_a_file_without_targets_or_with_more_is_refused() -> None:
    with pytest.raises(SettingsError, match="Setting target is missing"):
        parse_target_set({})
    with pytest.raises(SettingsError, match="Unknown setting: goals"):
        parse_target_set({"target": [JUNIOR], "goals": 1})
