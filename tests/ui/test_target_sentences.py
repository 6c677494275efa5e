"""What is said of targets: how many are reached, what the others lack, why there are none."""

from dataclasses import replace

from tests.ui.made_targets import make_targets_view
from ui.target_sentences import (
    figure_and_target,
    shortfall,
    targets_finding,
    targets_notes,
    why_no_targets,
)
from ui.text import Words

EN, ZH = Words("en"), Words("zh")
VIEW = make_targets_view()
ROWS = VIEW.rows.to_dict("records")


def test_the_finding_counts_and_names_what_is_missed() -> None:
    assert targets_finding(VIEW, words=EN) == (
        "1 of 3 targets of 2026 reached; pass: 1.5 percentage points short, about 36 pupils; "
        "score: 10.0 percentage points short"
    )
    assert targets_finding(VIEW, words=ZH) == (
        "2026 年的 3 项目标中已达到 1 项；及格率差 1.5 个百分点，约合 36 人；"
        "得分率差 10.0 个百分点"
    )


def test_a_target_that_is_no_rate_has_its_own_unit() -> None:
    row = ROWS[0] | {"scale": "score"}
    assert shortfall(row, words=EN) == "pass: 1.5 short"
    assert figure_and_target(row, words=EN) == "58.5 (target 60.0, from 55.0)"
    assert figure_and_target(ROWS[0], words=ZH) == "58.5%（目标 60.0%，基线 55.0%）"


def test_version_reading_and_limits_are_told() -> None:
    version, _, limits = targets_notes(VIEW, words=EN)
    assert version == "Target set version 2, official from 1 January 2026."
    assert "easier paper" in limits


def test_no_set_and_no_target_of_the_year_are_told_apart() -> None:
    assert "approved by a second person" in why_no_targets(
        replace(VIEW, target_set=None), words=EN
    )
    assert "asks for nothing in 2026" in why_no_targets(VIEW, words=EN)
