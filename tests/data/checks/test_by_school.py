"""Findings school by school."""

import numpy as np

from data.checks.by_school import by_school
from tests.data.checks.drafts import make_draft, many, row

WORDS = ("{school}：{n}/{of}（{rows}）", "{school}: {n}/{of} ({rows})")


def test_each_school_has_its_count_and_its_first_rows() -> None:
    draft = make_draft(many(30) + row("X", code="02", school="二中"))
    found = by_school(draft, np.ones(31, dtype=bool), check="x", words=WORDS, column="sex")
    assert [f.message_zh.split("（第")[0] for f in found] == [
        "一中（01）：30/30",
        "二中（02）：1/1",
    ]
    assert found[0].message_zh.endswith("20、21 行等）")
    assert (found[0].row, found[1].row) == (2, 32)


def test_more_than_200_schools_are_cut_short_with_the_total() -> None:
    text = "".join(row(f"P{i}", code=f"{i:03d}", school=f"{i}中") for i in range(230))
    draft = make_draft(text)
    found = by_school(draft, np.ones(230, dtype=bool), check="x", words=WORDS, column="sex")
    assert len(found) == 201
    assert "共 230 处" in found[-1].message_zh


def test_rows_without_a_school_have_a_dash() -> None:
    draft = make_draft(row("P1", code="", school=""))
    (finding,) = by_school(draft, np.array([True]), check="x", words=WORDS, column="sex")
    assert finding.message_zh.startswith("-：1/")
