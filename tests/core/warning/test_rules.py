"""Rule sets: the default stands, wrong settings are named, gravity never runs backwards."""

import pytest

from core.errors import SettingsError
from core.warning.default_rules import DEFAULT_RULES
from core.warning.rules import BANDS, rule_set_of
from core.warning.signal_kinds import SIGNAL_KINDS
from tests.core.warning.make_figures import rules_with


def test_the_default_rules_say_that_nobody_decided_them() -> None:
    rules = rule_set_of(DEFAULT_RULES)
    assert rules.origin == "project_default"
    assert {signal.code for signal in rules.signals} == set(SIGNAL_KINDS)
    assert rules.title.zh == "质量预警（默认规则）"


def test_cells_are_read_by_status_and_change() -> None:
    grid = rule_set_of(DEFAULT_RULES).grid
    assert BANDS[grid.cells[0][0]] == "red"
    assert BANDS[grid.cells[0][2]] == "yellow"
    assert BANDS[grid.cells[4][4]] == "none"


def test_a_signal_may_give_some_bands_only() -> None:
    rules = rules_with(
        {"signals": {"low_rate": {"yellow": 0.3, "exit_margin": 0, "min_pupils": 1}}}
    )
    assert rules.signals[0].lines == (None, 0.3, None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": ...}, "Setting version is missing"),
        ({"origin": "law"}, "origin is 'law'. It must be one of: project_default policy"),
        ({"min_coverage": 70}, "min_coverage is 70. It must be a number from 0 to 1"),
        ({"grid.cuts": [0.2, 0.4, 0.6]}, r"grid\.cuts is .* It must be 4 numbers"),
        ({"grid.cuts": [0.0, 0.4, 0.6, 0.8]}, r"grid\.cuts is .* 4 shares between 0 and 1"),
        ({"grid.cuts": [0.2, 0.4, 0.6, 1.0]}, r"grid\.cuts is .* 4 shares between 0 and 1"),
        ({"grid.min_group": 4}, r"grid\.min_group is 4. It must be .* of at least 5"),
        ({"grid.cells.status_1": ["red"] * 4}, r"grid\.cells\.status_1 is .* 5 words, each of"),
        ({"grid.cells.status_3": ["none", "none", "none", "none", "red"]},
         r"grid\.cells\.status_3 gets graver where .* better: none none none none red"),
        ({"grid.cells.status_5": ["red"] * 5}, r"grid\.cells gets graver .* red red red"),
        ({"grid.first": ["none", "none", "blue", "none", "none"]}, r"grid\.first gets graver"),
        ({"signals.low_rate.blue": 0.5}, r"signals\.low_rate .* \[0.5, 0.3, 0.4\].* rising"),
        ({"signals.value_added_index.red": -1.5}, r"\[-1.0, -2.0, -1.5\].* falling"),
        ({"signals.low_rate": {"exit_margin": 0, "min_pupils": 1}}, r"low_rate .* are \[\]"),
        ({"signals.low_rate.exit_margin": -0.1}, r"exit_margin is -0.1. It must be a number"),
        ({"signals.high_rate": {}}, r"Unknown setting: signals\.high_rate\. Known keys"),
        ({"signals.low_rate.min_pupil": 3}, r"Unknown setting: signals\.low_rate\.min_pupil"),
        ({"combine.required": ["weather"]}, r"combine\.required is \['weather'\]"),
        ({"combine.required": []}, r"combine\.required is \[\]"),
        ({"combine.needs.red": 0}, r"combine\.needs\.red is 0"),
        ({"combine.needs.blue": 3}, r"combine\.needs is \[3, 1, 2\].* do not fall"),
        ({"comment": "x"}, "Unknown setting: comment"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_with_its_value(
    changes: dict[str, object], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        rules_with(changes)


def test_a_signal_that_is_left_out_cannot_be_required() -> None:
    with pytest.raises(SettingsError, match=r"each of: grid low_rate"):
        rules_with(
            {
                "signals": {"low_rate": {"red": 0.4, "exit_margin": 0, "min_pupils": 1}},
                "combine.required": ["subject_gap"],
            }
        )
