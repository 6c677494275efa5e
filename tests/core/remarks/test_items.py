"""Remarks on a paper: each rule fires where its test holds, and only there."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.items.analysis import ItemAnalysis, compute_items
from core.remarks import Remark, remark_on_items

POINTS = pd.DataFrame(
    {str(item): (np.arange(40) > item * 9).astype(float) for item in range(1, 5)}
)
ANALYSIS = compute_items(POINTS, full_mark=pd.Series(1, index=POINTS.columns))
NO_NOTES = pd.Series([""] * 4, dtype="str")
NO_POINTS = pd.DataFrame(columns=["knowledge_point", "mastery", "low", "high", "paper"])
NO_FLAGS = pd.DataFrame(columns=["school", "knowledge_point", "flag"])


def remarks(
    analysis: ItemAnalysis = ANALYSIS,
    notes: "pd.Series[str]" = NO_NOTES,
    points: pd.DataFrame = NO_POINTS,
    flags: pd.DataFrame = NO_FLAGS,
) -> list[Remark]:
    return list(remark_on_items(analysis, notes=notes, points=points, flags=flags))


def with_ends(low: float, high: float) -> ItemAnalysis:
    assert ANALYSIS.reliability is not None
    return replace(ANALYSIS, reliability=replace(ANALYSIS.reliability, low=low, high=high))


@pytest.mark.parametrize(("high", "code"), [(0.79, "unreliable"), (0.8, "reliable")])
def test_a_paper_is_unreliable_where_the_whole_interval_lies_below(
    high: float, code: str
) -> None:
    said = remarks(with_ends(0.5, high))[0]
    assert said.code == code
    assert said.is_remarkable == (code == "unreliable")


def test_without_reliability_nothing_is_said_of_it() -> None:
    said = remarks(replace(ANALYSIS, reliability=None))
    assert [remark.code for remark in said] == ["no_item_note"]


def test_items_are_named_by_note_the_gravest_first() -> None:
    notes = pd.Series(["too_easy", "flat", "wrong_key", "flat"], dtype="str")
    said = [r for r in remarks(notes=notes) if r.code == "item_note"]
    assert [(r.values["note"], r.values["items"]) for r in said] == [
        ("wrong_key", "3"),
        ("flat", "2,4"),
        ("too_easy", "1"),
    ]
    assert len({r.test for r in said}) == 3


def test_a_paper_without_notes_says_so() -> None:
    said = remarks()[-1]
    assert (said.code, said.values, said.is_remarkable) == (
        "no_item_note",
        {"n_items": 4},
        False,
    )


def test_weak_points_lie_wholly_below_the_paper_the_lowest_named() -> None:
    points = pd.DataFrame(
        {
            "knowledge_point": ["circles", "functions", "sets"],
            "mastery": [0.5, 0.4, 0.58],
            "low": [0.45, 0.35, 0.54],
            "high": [0.55, 0.45, 0.62],
            "paper": 0.6,
        }
    )
    said = remarks(points=points)[-1]
    assert said.code == "weak_points"
    assert said.values["points"] == "functions,circles"
    assert said.values["lowest"] == 0.4
    strong = remarks(points=points.assign(high=0.61))[-1]
    assert (strong.code, strong.is_remarkable) == ("no_weak_point", False)


def test_flags_of_schools_are_counted_with_the_false_ones_expected() -> None:
    flags = pd.DataFrame(
        {"school": ["A", "A", "B", "C"], "flag": ["weak", "strong", "weak", "none"]}
    )
    said = remarks(flags=flags)[-1]
    assert said.values == {
        "count": 3,
        "n_tests": 4,
        "expected": pytest.approx(0.15),
        "n_schools": 2,
    }
    assert not remarks(flags=flags.assign(flag="none"))[-1].is_remarkable
