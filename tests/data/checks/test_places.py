"""Findings from places: listed with a limit, grouped with a count, discreet."""

import pandas as pd
import pytest

from data.checks.draft import Draft
from data.checks.places import grouped, listed, quotable

WORDS = ("第 {line} 行“{column}”{value}", "row {line} {column} {value}")


def make_places(n: int) -> pd.DataFrame:
    lines = range(2, n + 2)
    return pd.DataFrame(
        {"row": lines, "line": lines, "column": "数学", "value": "x1", "fault": ""}
    )


@pytest.mark.parametrize(
    ("n", "findings"), [(0, 0), (1, 1), (200, 200), (201, 201), (5000, 201)]
)
def test_at_most_200_places_are_listed_then_their_number(n: int, findings: int) -> None:
    found = listed(make_places(n), check="c", words={"": WORDS})
    assert len(found) == findings
    if n > 200:
        assert f"共 {n} 处" in found[-1].message_zh
        assert f": {n};" in found[-1].message_en
        assert found[-1].row is None


def test_a_listed_finding_names_row_column_and_value() -> None:
    (finding,) = listed(make_places(1), check="c", words={"": WORDS})
    assert (finding.row, finding.column, finding.value) == (2, "数学", "x1")
    assert finding.message_zh == "第 2 行“数学”“x1”"


def test_braces_in_a_cell_are_only_text() -> None:
    places = make_places(1).assign(column="{evil}", value="{0}")
    (finding,) = listed(places, check="c", words={"": WORDS})
    assert "{evil}" in finding.message_zh


def test_groups_count_and_name_five_rows() -> None:
    words = ("{column} {n} {rows}", "{column} {n} {rows}")
    (finding,) = grouped(make_places(7), check="c", words=words, severity="note")
    assert finding.message_zh == "数学 7 第 2、3、4、5、6 行等"
    assert finding.message_en == "数学 7 rows 2, 3, 4, 5, 6, ..."
    assert grouped(make_places(0), check="c", words=words, severity="note") == []


@pytest.mark.parametrize("text", ["85分", "1_00", "-5", "٨٥", "120.555"])
def test_a_number_like_cell_may_be_quoted(text: str) -> None:
    assert quotable(text) == text


@pytest.mark.parametrize(
    "text",
    ["赵一鸣", "G99999920120312111X", "0330100001", "Smith", "xx", "85 points too many", None],
)
def test_what_may_be_a_name_or_a_number_of_a_pupil_is_not_quoted(text: str | None) -> None:
    assert quotable(text) is None


def test_marks_of_a_subject_that_the_draft_does_not_know_are_a_bug() -> None:
    marks = pd.DataFrame({"subject": ["math"]})
    with pytest.raises(ValueError, match="math"):
        Draft(pd.DataFrame(), marks, (), 8)
