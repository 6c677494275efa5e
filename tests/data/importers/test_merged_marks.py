"""Merged cells among marks and names: refused; beside them and above them: welcome."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.findings import Finding
from data.importers.layout import lay_out
from data.importers.sheet_scan import Range
from tests.data.importers.sheets import make_sheet

TEXT = (
    "学校,班级,学籍号,姓名,语文,数学,备注\n一中,1班,P1,甲,80,85,\n一中,1班,P2,乙,,,\n"
    "平均,,,,80,,\n"
)


def found(merged: Sequence[Range], text: str = TEXT) -> list[Finding]:
    sheet = replace(make_sheet(text), merged=merged)
    laid = lay_out(sheet, declared_subjects=frozenset())
    return [finding for finding in laid.findings if finding.check == "merged_marks"]


def test_a_word_merged_over_subjects_is_refused_for_the_others() -> None:
    (finding,) = found([(2, 2, 5, 6)])
    assert (finding.severity, finding.row, finding.column) == ("error", 2, "数学")


def test_a_mark_merged_over_pupils_is_refused_for_those_below() -> None:
    (finding,) = found([(2, 3, 5, 5)])
    assert (finding.row, finding.column) == (3, "语文")
    assert "共 1 行" in finding.message_zh


def test_a_block_names_every_column_and_row() -> None:
    assert [(f.row, f.column) for f in found([(2, 3, 5, 6)])] == [(3, "语文"), (2, "数学")]


@pytest.mark.parametrize("merged", [(2, 3, 3, 3), (2, 3, 4, 4), (3, 3, 3, 5)])
def test_names_and_numbers_are_not_merged_either(merged: Range) -> None:
    assert found([merged]) != []


@pytest.mark.parametrize(
    "merged",
    [(1, 1, 5, 6), (2, 3, 1, 1), (2, 3, 2, 2), (2, 3, 7, 7), (2, 2, 6, 7), (4, 4, 5, 6)],
)
def test_merged_cells_elsewhere_pass(merged: Range) -> None:
    assert found([merged]) == []
