"""Large sheets: reading by vectors equals careful reading, and hands over what is not plain."""

import math
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data.importers import spreadsheet
from data.importers.grid import ERROR, FORMULA, NUMBER, TEXT
from tests.data.importers.large_sheets import (
    equal,
    outcome,
    save,
)
from tests.data.importers.workbooks import SHEET, change_parts, save_sheet_xml

ROWS = (
    ("学校名称", "学籍号", "姓名", "数学", "语文"),
    ("一中", "P1", "甲", 85.5, 90),
    ("一中", "P2", "R&D <乙>", "缺考", 0.1 + 0.2),
)


@pytest.mark.parametrize("inline", [False, True])
def test_a_usual_workbook_is_read_by_vectors(
    tmp_path: Path, by_vectors: list[bool], inline: bool
) -> None:
    report = equal(save(tmp_path / "a.xlsx", ROWS, inline=inline))
    assert by_vectors == [True]
    grid = report.sheets[0].unpacked()
    assert grid.columns[2:] == [
        ["姓名", "甲", "R&D <乙>"], ["数学", "85.5", "缺考"], ["语文", "90", "0.3"],
    ]  # fmt: skip
    assert grid.kinds[3:] == [f"{TEXT}{NUMBER}{TEXT}", f"{TEXT}{NUMBER}{NUMBER}"]
    assert grid.lines == [1, 2, 3]


TEXTS = st.text(
    st.sampled_from("甲乙 \t\u3000aZ0.5&<>\"'，·é\U00020000"), min_size=0, max_size=6
)
NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6),
    st.floats(-1e20, 1e20, allow_nan=False),
    st.floats(0, 150).map(lambda x: round(x, 1)),
    st.sampled_from([1e-9, 1e300, 123456789012345678, -0.0, 0.1 + 0.2, 100.0]),
)
FORMULAS = st.builds(
    lambda result: {"formula": "=A1+1", "result": result},
    st.one_of(NUMBERS, st.sampled_from(["", "x", "#N/A", "TRUE"])),
)
CELLS = st.one_of(
    st.none(), TEXTS, NUMBERS, st.booleans(), FORMULAS, st.floats(0, 1).map(complex)
)


@settings(max_examples=60)
@given(
    rows=st.lists(st.lists(CELLS, min_size=0, max_size=5), min_size=1, max_size=8),
    inline=st.booleans(),
)
def test_whatever_a_workbook_holds_vectors_and_care_see_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]], inline: bool
) -> None:
    path = tmp_path_factory.mktemp("books") / "a.xlsx"
    save(path, [("头", "数学"), *rows], inline=inline)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spreadsheet, "_LARGE", 0)
        equal(path)


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A1" t="s" s="0"><v>0</v></c><c r="C1"><v>5</v></c></row>',
        '<row r="1" spans="1:2" x="y"><c r="A1" s="0" t="n"><v>1.50</v></c></row>',
        '<row r="1"><c r="A1"><v>1E3</v></c></row><row r="4"><c r="B4"><v>-2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row>\n<row r="2"/><row r="9"></row>',
        '<row r="1"><c r="A1"><f t="shared" si="0"/><v>2</v></c><c r="B1"><f>A1&gt;1</f>'
        '</c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="b"><v>1</v></c></row>',
        '<row r="1"><c r="A1"/><c r="B1" s="0"></c><c r="AA1"><v>7</v></c></row>',
        '<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c r="B1"><v>1</v></c></row>',
        '<row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t xml:space="preserve"> 甲 </t>'
        "</is></c></row>",
        '<row r="1"><c r="A1"><v>12345678901234567890</v></c></row>',
        '<row r="1" ht="0" customHeight="1"><c r="A1" s="00"><v>1</v></c></row>'
        '<row r="2" ht="15"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>0.00001</v></c><c r="B1"><v>00012</v></c></row>',
    ],
)  # fmt: skip
def test_other_plain_forms_are_read_by_vectors(
    tmp_path: Path, by_vectors: list[bool], data: str
) -> None:
    strings = b'<?xml version="1.0"?><sst><si><t>x</t></si></sst>'
    path = save_sheet_xml(tmp_path / "a.xlsx", data=data)
    equal(change_parts(path, added={"xl/sharedStrings.xml": strings}))
    assert by_vectors == [True]


@pytest.mark.parametrize(
    "data",
    [
        '<row><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1" cm="1"><v>1</v></c></row>',
        "<row r=\"1\"><c r='A1'><v>1</v></c></row>",
        '<row r="1"><!-- x --><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v> 1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t> 甲</t></is></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&#30002;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>_x7532_</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>2026-01-01</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><extLst/></c></row>',
        '<row r="1"><c r="A1"><v>6<!-- x -->3</v></c></row>',
        '<row r="1"><c r="A1"><v>6<?x y?>3</v></c></row>',
        '<row r="1"><c r="A1"><v>6&#51;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v><![CDATA[63]]></v></c></row>',
        '<row r="1"><c r="A1"><v>63</v><v>99</v></c></row>',
        '<row r="1"><c r="A1"><v>63</v><y:v xmlns:y="y">99</y:v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><v>63</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>6x</v></c></row>',
        '<row r="1"><c r="A1" s="+1"><v>63</v></c></row>',
    ],
)
def test_what_is_not_plain_is_left_to_careful_reading(
    tmp_path: Path, by_vectors: list[bool], data: str
) -> None:
    path = save_sheet_xml(tmp_path / "a.xlsx", data=data)
    found = outcome(path)
    assert by_vectors == [False]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spreadsheet, "_LARGE", math.inf)
        assert outcome(path) == found


@pytest.mark.parametrize(
    "data",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row></c>',
        '<row r="1"><c r="A1"><v>1</v></c></row></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="70000"><c r="A70000"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>2</v></c><c r="B1" t="x"><v>2</v></c></row>',
    ],
)
def test_damage_and_excess_are_never_read_by_vectors(tmp_path: Path, data: str) -> None:
    path = save_sheet_xml(tmp_path / "a.xlsx", data=data)
    outcomes = []
    for large in (0, math.inf):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(spreadsheet, "_LARGE", large)
            outcomes.append(outcome(path))
    assert outcomes[0] == outcomes[1]


USUAL = (
    '<row r="1" spans="1:3" ht="9"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>85.5</v></c>'
    '</row><row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>a&amp;b</t></is></c>'
    '<c r="B2"><f t="shared" ref="B2:B3" si="0">A1&gt;1</f><v>12</v></c><c r="C2" t="b"><v>1'
    '</v></c></row><row r="3"/><row r="5"><c r="B5" t="str"><f>A2</f><v>甲</v></c>'
    '<c r="C5"/></row>'
)
SIGNS = st.sampled_from([*b'<>/"&=; ', *b"019aArstvcf", 0, 9, 255])
CHANGES = st.lists(
    st.tuples(st.integers(0, 10**6), st.sampled_from("rid"), SIGNS), min_size=1, max_size=3
)


def same_after(path: Path, changes: list[tuple[int, str, int]]) -> None:
    """Change signs of the rows, and compare the two ways to read."""
    data = bytearray(USUAL.encode())
    for place, how, sign in changes:
        at = place % len(data)
        data[at : at + (how != "i")] = b"" if how == "d" else bytes([sign])
    save_sheet_xml(path, data="")
    strings = b'<?xml version="1.0"?><sst><si><t>x</t></si></sst>'
    sheet = ROWS_OF_ITS_OWN.replace(b"ROWS", bytes(data))
    change_parts(path, added={"xl/sharedStrings.xml": strings, SHEET: sheet})
    outcomes = []
    for large in (0, math.inf):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(spreadsheet, "_LARGE", large)
            outcomes.append(outcome(path))
    assert outcomes[0] == outcomes[1]


ROWS_OF_ITS_OWN = b"<worksheet><sheetData>ROWS</sheetData></worksheet>"


@settings(max_examples=150)
@given(changes=CHANGES)
def test_changed_signs_are_seen_alike(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, str, int]]
) -> None:
    same_after(tmp_path_factory.mktemp("changed") / "a.xlsx", changes)


@pytest.mark.slow
@settings(max_examples=20_000)
@given(changes=CHANGES)
def test_many_changed_signs_are_seen_alike(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, str, int]]
) -> None:
    same_after(tmp_path_factory.mktemp("changed") / "a.xlsx", changes)


def test_merged_cells_hidden_columns_and_pieces_are_the_same(
    tmp_path: Path, by_vectors: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.importers.large_sheet._PIECE", 700)
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.set_column(1, 2, None, None, {"hidden": True})
        sheet.merge_range(0, 0, 0, 3, "标题")
        sheet.merge_range(1, 0, 40, 0, "一中")
        sheet.conditional_format(0, 0, 9, 9, {"type": "data_bar", "data_bar_2010": True})
        for i in range(60):
            sheet.write_row(i + 1, 1, [f"P{i}", i, i / 7])
            if i % 9 == 0:
                sheet.set_row(i + 1, None, None, {"hidden": True})
    report = equal(path)
    assert by_vectors == [True]
    assert report.sheets[0].merged == [(1, 1, 1, 4), (2, 41, 1, 1)]
    assert [finding.check for finding in report.findings] == ["hidden_rows", "hidden_columns"]


def test_errors_and_lost_formulas_are_no_empty_cells(
    tmp_path: Path, by_vectors: list[bool]
) -> None:
    path = save_sheet_xml(
        tmp_path / "a.xlsx",
        data='<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1"><f>1+1</f><v>2</v></c></row>',
    )
    assert equal(path).sheets[0].unpacked().kinds == [str(ERROR), str(ERROR), str(FORMULA)]
    assert by_vectors == [True]
