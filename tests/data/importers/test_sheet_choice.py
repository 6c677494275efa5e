"""Several sheets in a workbook: named, chosen, hidden, put together, told in messages."""

from pathlib import Path

import pytest
import xlsxwriter

from core.findings import Finding
from data.importers.layout import lay_out
from data.importers.limits import Limits
from data.importers.read_file import Reading, SheetSize, read_sheet
from data.importers.remarks import RefusedError
from data.importers.several_sheets import STEP, in_sheets, joined
from data.importers.spreadsheet import read_spreadsheet
from tests.corpus.old_book import old_workbook_of
from tests.data.importers.sheets import make_sheet

HEADER = ("学校名称", "班级", "学籍号", "姓名", "数学")
LIMITS = Limits()
Sheets = dict[str, list[tuple[object, ...]]]


def save_book(path: Path, sheets: dict[str, list[tuple[object, ...]]], *hidden: str) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
            if name in hidden:
                sheet.hide()
    return path


def school(name: str, *marks: float, title: str = "") -> list[tuple[object, ...]]:
    rows = [(name, "1班", f"{name}{i}", "甲", mark) for i, mark in enumerate(marks)]
    return [*([(title,)] if title else []), HEADER, *rows]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    sheets: dict[str, list[tuple[object, ...]]] = {
        "一中": school("一中", 80, 81),
        "二中": school("二中", 90, title="二中成绩表"),
        "说明": [("填表说明",)],
        "旧": school("三中", 70),
        "空": [],
    }
    return save_book(tmp_path / "a.xlsx", sheets, "旧")


def checks(reading: Reading) -> list[tuple[str, str]]:
    return [(finding.severity, finding.check) for finding in reading.findings]


def test_every_sheet_is_listed_with_its_visibility_and_extent(book: Path) -> None:
    assert read_sheet(book).sheets == (
        SheetSize("一中", False, 3, 5),
        SheetSize("二中", False, 3, 5),
        SheetSize("说明", False, 1, 1),
        SheetSize("旧", True, 2, 5),
        SheetSize("空", False, 0, 0),
    )


def test_a_text_file_lists_no_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    assert read_sheet(path).sheets == ()


def test_without_a_choice_sheets_of_different_schools_are_asked(book: Path) -> None:
    reading = read_sheet(book)
    assert reading.sheet is None
    assert checks(reading) == [("warning", "hidden_sheet"), ("error", "which_sheet")]
    hidden, which = reading.findings
    assert "隐藏" in hidden.message_zh
    assert "旧" in hidden.message_zh
    assert "有 2 张工作表的表头相同" in which.message_zh
    assert "一中、二中" in which.message_zh
    assert "--sheet NAME" in which.message_en
    assert '--sheet "*"' in which.message_zh
    assert which.value == "一中/二中"
    assert len(reading.sheets) == 5


def test_without_a_choice_the_first_of_one_school_is_read_and_all_are_named(
    tmp_path: Path,
) -> None:
    sheets: Sheets = {
        "1班": school("一中", 80),
        "2班": school("一中", 90),
        "说明": [("填表说明",)],
    }
    reading = read_sheet(save_book(tmp_path / "a.xlsx", sheets))
    assert reading.sheet is not None
    assert reading.sheet.name == "1班"
    assert checks(reading) == [("warning", "several_sheets")]
    assert "3 张工作表含有数据：1班、2班、说明" in reading.findings[0].message_zh
    assert '--sheet "*"' in reading.findings[0].message_zh


def test_a_summary_below_the_pupils_is_no_other_school(tmp_path: Path) -> None:
    sheets: Sheets = {
        "1班": school("一中", 80),
        "2班": [*school("一中", 90), ("平均", "", "", "", 90)],
    }
    assert read_sheet(save_book(tmp_path / "a.xlsx", sheets)).sheet is not None


def test_a_cover_before_the_schools_does_not_hide_them(tmp_path: Path) -> None:
    cover: list[tuple[object, ...]] = [("学校", "语文均分", "数学均分"), ("一中", 80, 81)]
    sheets: Sheets = {"汇总": cover, "一中": school("一中", 80), "二中": school("二中", 90)}
    path = save_book(tmp_path / "a.xlsx", sheets)
    assert checks(read_sheet(path)) == [("error", "which_sheet")]
    together = read_sheet(path, sheet="*").sheet
    assert together is not None
    assert together.parts == ["一中", "二中"]


def test_the_schools_of_an_old_workbook_are_asked_and_chosen(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(old_workbook_of({name: school(name, 80) for name in ("一中", "二中")}))
    assert checks(read_sheet(path))[-1] == ("error", "which_sheet")
    chosen, both = read_sheet(path, sheet="二中").sheet, read_sheet(path, sheet="*").sheet
    assert chosen is not None
    assert both is not None
    assert (chosen.text.iloc[1, 0], both.parts) == ("二中", ["一中", "二中"])


def test_the_instructions_of_the_template_are_known(tmp_path: Path) -> None:
    sheets: Sheets = {"成绩": school("一中", 80), "填写说明": [("一名学生一行",), ("One row",)]}
    assert checks(read_sheet(save_book(tmp_path / "a.xlsx", sheets))) == []


def test_a_table_that_is_called_instructions_is_still_told(tmp_path: Path) -> None:
    sheets: Sheets = {"成绩": school("一中", 80), "填写说明": school("一中", 90)}
    found = checks(read_sheet(save_book(tmp_path / "a.xlsx", sheets)))
    assert found == [("warning", "several_sheets")]


@pytest.mark.parametrize("wanted", ["二中", " 二中 "])
def test_a_sheet_is_chosen_by_its_name(book: Path, wanted: str) -> None:
    reading = read_sheet(book, sheet=wanted)
    assert reading.sheet is not None
    assert (reading.sheet.name, reading.sheet.lines.tolist()) == ("二中", [1, 2, 3])
    assert "只读取了“二中”，没有读取：一中、说明" in reading.findings[-1].message_zh


def test_a_hidden_sheet_that_is_named_is_read_with_a_warning(book: Path) -> None:
    reading = read_sheet(book, sheet="旧")
    assert reading.sheet is not None
    assert reading.sheet.text.iloc[1, 0] == "三中"
    assert ("warning", "hidden_sheet") in checks(reading)
    assert "是隐藏的" in reading.findings[0].message_zh


def test_a_name_that_no_sheet_has_is_refused_with_the_names(book: Path) -> None:
    reading = read_sheet(book, sheet="四中")
    assert (reading.sheet, checks(reading)) == (None, [("error", "sheet_name")])
    assert "一中、二中、说明" in reading.findings[0].message_zh


def test_an_empty_sheet_that_is_named_holds_no_data(book: Path) -> None:
    assert checks(read_sheet(book, sheet="空")) == [("error", "no_data")]


def test_all_sheets_of_one_header_are_read_together(book: Path) -> None:
    reading = read_sheet(book, sheet="*")
    sheet = reading.sheet
    assert sheet is not None
    assert sheet.text["v0"].tolist() == ["学校名称", "一中", "一中", "二中"]
    assert sheet.parts == ["一中", "二中"]
    assert sheet.lines.tolist() == [STEP + 1, STEP + 2, STEP + 3, 2 * STEP + 3]
    assert checks(reading) == [
        ("warning", "hidden_sheet"), ("note", "sheets_together"), ("warning", "several_sheets"),
    ]  # fmt: skip
    assert "“一中”不同，没有读取：说明" in reading.findings[-1].message_zh


def test_sheets_read_together_are_laid_out_as_one(book: Path) -> None:
    sheet = read_sheet(book, sheet="*").sheet
    assert sheet is not None
    laid = lay_out(sheet, declared_subjects=frozenset())
    assert laid.entries is not None
    assert laid.marks is not None
    assert laid.entries["row"].tolist() == [STEP + 2, STEP + 3, 2 * STEP + 3]
    assert laid.marks["text"].tolist() == ["80", "81", "90"]


def test_findings_name_the_sheet_and_its_own_row(book: Path) -> None:
    sheet = read_sheet(book, sheet="*").sheet
    assert sheet is not None
    line = 2 * STEP + 3
    finding = Finding(
        "error", "x", line, None, "1", f"第 {line} 行，{STEP} 分。", f"Row {line}."
    )
    assert in_sheets([finding], sheet) == [
        Finding("error", "x", 3, None, "1", f"第 二中!3 行，{STEP} 分。", "Row 二中!3.")
    ]


def test_findings_of_one_sheet_stay_as_they_are() -> None:
    finding = Finding("error", "x", 3, None, None, f"{STEP + 3}", "")
    assert in_sheets([finding], make_sheet("a,b")) == [finding]


def test_sheets_of_other_widths_are_put_together() -> None:
    first, second = (
        make_sheet("学校,学籍号,数学\n一中,1,80"),
        make_sheet("学校,学籍号,数学,\n一中,2,90,x"),
    )
    sheet, _ = joined([first, second])
    assert sheet.kinds.tolist() == [[1, 1, 1, 0], [1, 1, 1, 0], [1, 1, 1, 1]]
    assert sheet.text["v3"].isna().tolist() == [True, True, False]


def test_without_a_header_in_the_first_sheet_only_it_is_read() -> None:
    sheet, findings = joined([make_sheet("a,b\n1,2"), make_sheet("a,b\n3,4")])
    assert len(sheet.lines) == 2
    assert [finding.check for finding in findings] == ["several_sheets"]


def test_no_visible_sheet_with_data_is_refused(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", {"空": [], "旧": school("一中", 1)}, "旧")
    with pytest.raises(RefusedError) as refusal:
        read_spreadsheet(path.read_bytes(), limits=LIMITS, sheet="*")
    assert refusal.value.finding.check == "no_data"


def test_of_a_text_file_no_sheet_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    assert checks(read_sheet(path, sheet="一中")) == [("error", "sheet_name")]
    assert read_sheet(path, sheet="*").sheet is not None
