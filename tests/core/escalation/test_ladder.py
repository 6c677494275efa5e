"""Ladders: the presets are those of the documents, wrong settings are named."""

from typing import Any

import pytest

from core.errors import SettingsError
from core.escalation.ladder import Counts, ladder_of
from core.escalation.presets import PRESETS
from tests.core.escalation.make_readings import BOTH, make_ladder

STEP = {"code": "talk", "years": 1, "counts": "flagged", "title": {"zh": "谈话", "en": "Talk"}}


def test_presets_carry_the_documents_steps() -> None:
    ladders = {name: ladder_of(preset) for name, preset in PRESETS.items()}
    assert {name: ladder.id for name, ladder in ladders.items()} == {n: n for n in PRESETS}
    for name in ("principal_1", "principal_2"):
        steps = ladders[name].steps
        assert [(s.code, s.years) for s in steps] == [
            ("talk", 1), ("yellow_card", 2), ("red_card", 3),
        ]  # fmt: skip
    assert ladders["principal_1"].steps[0].title.zh == "诫勉谈话，一年内不调整岗位"
    assert ladders["principal_2"].steps[2].title.zh == "红牌，建议调整岗位"
    assert [step.counts for step in ladders["teacher"].steps] == [
        Counts.FLAGGED, Counts.LAST_PLACE, Counts.LAST_PLACE,
    ]  # fmt: skip


def test_places_and_codes_lead_to_each_other() -> None:
    codes = ["none", "talk", "yellow_card", "red_card"]
    assert [BOTH.code(place) for place in range(4)] == codes
    assert [BOTH.place(code) for code in codes] == [0, 1, 2, 3]
    with pytest.raises(SettingsError, match=r"no step 'green'\. It must be one of: none talk"):
        BOTH.place("green")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"condition": "and"}, "condition is 'and'. It must be one of: both either"),
        ({"exit_readings": 0}, "exit_readings is 0. It must be a whole number of at least 1"),
        ({"min_coverage": 70}, "min_coverage is 70. It must be a number from 0 to 1"),
        ({"entry_line": 0.2}, "exit_line is missing"),
        ({"exit_line": 0.2}, "entry_line is missing"),
        ({"entry_line": 0.3, "exit_line": 0.3}, "exit_line is 0.3. It must be above"),
        ({"steps": []}, r"steps is \[\]"),
        ({"steps": [STEP | {"years": 2}]}, r"steps is \[2\]. It must be years that begin"),
        ({"steps": [STEP, STEP]}, r"steps is \[1, 1\]"),
        ({"steps": [STEP, STEP | {"years": 2}]}, r"steps is \['talk', 'talk'\]. .* differ"),
        ({"steps": [STEP | {"code": "none"}]}, r"steps is \['none'\]"),
        ({"steps": [STEP | {"counts": "declined"}]}, r"steps\[1\]\.counts is 'declined'"),
        ({"steps": [STEP | {"counts": "last_place"}]}, r"steps is \['last_place'\]. .* either"),
        ({"steps": [STEP | {"colour": "red"}]}, r"Unknown setting: steps\[1\]\.colour"),
        ({"colour": "red"}, "Unknown setting: colour"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_with_its_value(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        make_ladder(**changes)


def test_a_step_that_counts_more_years_cannot_follow_one_that_counts_fewer() -> None:
    steps = [
        STEP | {"counts": "last_place"},
        STEP | {"code": "card", "years": 2, "counts": "flagged"},
    ]
    with pytest.raises(SettingsError, match=r"\['last_place', 'flagged'\]"):
        make_ladder(condition="either", steps=steps)
