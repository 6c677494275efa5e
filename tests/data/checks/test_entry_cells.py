"""Cells of names and schools that are no text."""

import pytest

from data.checks.entry_cells import check_entry_cells
from tests.data.checks.drafts import make_draft, row


@pytest.mark.parametrize("kind", ["text", "number"])
def test_text_and_numbers_pass(kind: str) -> None:
    assert check_entry_cells(make_draft(row(class_name="1"), kinds={(2, 4): kind})) == []


@pytest.mark.parametrize(
    ("kind", "words"), [("error", "错误值"), ("date", "日期"), ("boolean", "布尔")]
)
def test_odd_kinds_are_errors(kind: str, words: str) -> None:
    (finding,) = check_entry_cells(make_draft(row() + row("P2"), kinds={(3, 4): kind}))
    assert (finding.severity, finding.row, finding.column) == ("error", 3, "班级")
    assert words in finding.message_zh


def test_a_formula_that_shows_nothing_is_an_empty_cell() -> None:
    kinds = {(2, 4): "blank"}
    assert check_entry_cells(make_draft(row(class_name=""), kinds=kinds)) == []


def test_many_odd_cells_are_all_told() -> None:
    kinds = {(2, 2): "error", (2, 6): "error", (3, 5): "date"}
    found = check_entry_cells(make_draft(row() + row("P2"), kinds=kinds))
    assert {(finding.row, finding.column) for finding in found} == {
        (2, "学校名称"), (2, "姓名"), (3, "学籍号"),
    }  # fmt: skip


def test_formulas_are_a_warning_for_each_column() -> None:
    kinds = {(2, 6): "formula", (3, 6): "formula"}
    (finding,) = check_entry_cells(make_draft(row() + row("P2"), kinds=kinds))
    assert (finding.severity, finding.column) == ("warning", "姓名")
    assert "有 2 个单元格是公式" in finding.message_zh
