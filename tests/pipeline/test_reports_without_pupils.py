"""No report of a file quotes a word that holds a pupil of it: scores, rosters, datasets."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from core.findings import Finding
from data.importers.answers import sheet_answers
from data.importers.sheet import Reading
from data.store import Store
from pipeline.check_scores import ImportRequest
from pipeline.dataset_place import DatasetRequest
from pipeline.import_dataset import import_dataset
from pipeline.import_roster import RosterRequest, import_roster_sheet
from pipeline.import_scores import import_scores
from tests.builders import write_csv
from tests.data.importers.sheets import make_sheet

NAME = "欧阳星海"
HEAD = "学校代码,学校名称,班级,学籍号,姓名,语文,数学"


def rows(*, school: str = "示例一中", class_name: str = "1班") -> str:
    return "".join(
        f"01,{school},{class_name},P{i:05d},{NAME if i == 2 else f'示例{i}'},{60 + i},70\n"
        for i in range(8)
    )


def said(findings: Iterable[Finding]) -> str:
    return "".join(f"{f.message_zh}{f.message_en}{f.column}{f.value}\n" for f in findings)


def brought(store: Store, path: Path, *, sheet: str | None = None) -> tuple[Finding, ...]:
    marks = {"语文": 12000, "数学": 12000}
    day = date(2026, 4, 20)
    request = ImportRequest(path, "期中", day, 8, None, marks, sheet=sheet)
    return import_scores(store, request, is_dry_run=True, actor="t").findings


@pytest.mark.parametrize(
    "header", ["数学 欧阳星海", "数学(欧阳星海)", "欧阳星海成绩", "欧阳星海名次"]
)
def test_a_report_of_scores_quotes_no_header_with_a_pupil(
    store: Store, tmp_path: Path, header: str
) -> None:
    path = write_csv(tmp_path / "a.csv", f"{HEAD.replace('数学', header)}\n{rows()}")
    findings = brought(store, path)
    assert "G" in said(f for f in findings if f.check in ("unknown_column", "ignored_column"))
    assert NAME not in said(findings)


@pytest.mark.parametrize("places", [{"school": NAME}, {"class_name": f"{NAME}班"}])
def test_a_school_or_class_called_like_a_pupil_is_told_by_its_row(
    store: Store, tmp_path: Path, places: dict[str, str]
) -> None:
    findings = brought(store, write_csv(tmp_path / "a.csv", f"{HEAD}\n{rows(**places)}"))
    (constant,) = [f for f in findings if f.check == "constant_class"]
    assert "第 2 行的" in constant.message_zh
    assert "of row 2" in constant.message_en
    assert NAME not in said(findings)


def book(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        for name in (NAME, "示例5", f"{NAME}2"):
            sheet = workbook.add_worksheet(name)
            for i, line in enumerate([HEAD, *rows().splitlines()]):
                sheet.write_row(i, 0, line.split(","))
        workbook.get_worksheet_by_name(f"{NAME}2").hide()
    return path


@pytest.mark.parametrize("sheet", [None, "*", f"{NAME}2", "没有", NAME])
def test_sheets_called_like_pupils_are_told_by_their_place(
    store: Store, tmp_path: Path, sheet: str | None
) -> None:
    findings = brought(store, book(tmp_path / "a.xlsx"), sheet=sheet)
    checks = {f.check for f in findings}
    assert checks & {"several_sheets", "hidden_sheet", "sheet_name", "sheets_together"}
    assert NAME not in said(findings)
    assert "示例5" not in said(findings) or sheet == "没有"


def schools_book(path: Path, *names: str, merged: bool = False) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        shown = workbook.add_format({"num_format": '0;;"缺考"'})
        for k, name in enumerate(names):
            sheet = workbook.add_worksheet(name)
            lines = [HEAD, *rows(school=f"示例{k}中").splitlines()]
            for i, line in enumerate(lines):
                cells = line.replace("01,", f"0{k},", 1).split(",")
                sheet.write_row(i, 0, [f"数学 {NAME}" if c == "数学" else c for c in cells])
            sheet.write_number(1, 5, 0, shown)
            if merged:
                sheet.merge_range(2, 6, 3, 6, "70")
    return path


def test_the_question_for_sheets_is_asked_and_answered_by_their_places(
    store: Store, tmp_path: Path
) -> None:
    path = schools_book(tmp_path / "a.xlsx", "汇总", "示例5", f"{NAME}部")
    findings = brought(store, path)
    (which,) = [f for f in findings if f.check == "which_sheet"]
    assert sheet_answers([which]) == ["汇总", "#2", "#3"]
    assert "汇总、#2、#3" in which.message_zh
    assert "示例5" not in said(findings)
    assert NAME not in said(findings)
    (read,) = [f for f in brought(store, path, sheet="#2") if f.check == "shown_word"]
    assert "工作表“第 2 张工作表”" in read.message_zh
    every = brought(store, path, sheet="*")
    assert "汇总、#2、#3" in said(f for f in every if f.check == "sheets_together")
    assert NAME not in said(every)


def test_words_of_cells_and_merged_marks_quote_no_pupil(store: Store, tmp_path: Path) -> None:
    path = schools_book(tmp_path / "a.xlsx", NAME, merged=True)
    findings = brought(store, path)
    told = {f.check: f.message_zh for f in findings}
    assert "“#1”" in told["shown_word"]
    assert "unknown_column" in told or "“G列”" in told["merged_marks"]
    assert NAME not in said(findings)


def test_classes_of_a_school_called_like_a_pupil_are_told_by_a_row(
    store: Store, tmp_path: Path
) -> None:
    content = rows(school=f"{NAME}学校").replace("1班,P00003", "01班,P00003")
    findings = brought(store, write_csv(tmp_path / "a.csv", f"{HEAD}\n{content}"))
    (spelling,) = [f for f in findings if f.check == "class_spelling"]
    assert "第 2 行的学校" in spelling.message_zh
    assert NAME not in said(findings)


def test_known_schools_called_like_a_pupil_are_not_named(store: Store, tmp_path: Path) -> None:
    marks, day = {"语文": 12000, "数学": 12000}, date(2026, 4, 20)
    first = write_csv(
        tmp_path / "a.csv",
        f"{HEAD}\n{rows(school=f'{NAME}学校').replace(f',{NAME},', ',甲乙,')}",
    )
    request = ImportRequest(first, "期初", day, 8, None, marks)
    assert import_scores(store, request, is_dry_run=False, actor="t").release == 1
    second = brought(store, write_csv(tmp_path / "b.csv", f"{HEAD}\n{rows()}"))
    assert "school_renamed" in {f.check for f in second}
    assert NAME not in said(second)


def test_an_added_school_called_like_a_pupil_is_not_named(store: Store, tmp_path: Path) -> None:
    marks, day = {"语文": 12000, "数学": 12000}, date(2026, 4, 20)

    def school(code: str) -> tuple[Finding, ...]:
        content = f"{HEAD}\n{rows()}".replace("01,示例一中", f"{code},{code}").replace(
            ",P", f",{len(code)}P"
        )
        path = write_csv(tmp_path / "a.csv", content)
        request = ImportRequest(path, "期中", day, 8, None, marks, school=code)
        return import_scores(store, request, is_dry_run=False, actor="t").findings

    school("02")
    found = school(NAME)
    (added,) = [f for f in found if f.check == "school_added"]
    assert "还没有这所学校的成绩" in added.message_zh
    assert NAME not in said(found)


def test_a_report_of_a_roster_quotes_no_pupil(store: Store, tmp_path: Path) -> None:
    content = f"学校代码,年级,班级,学籍号,姓名,{NAME}成绩\n" + "".join(
        f"01,8,1班,P{i:05d},{NAME if i == 2 else f'示例{i}'},70\n" for i in range(8)
    )
    report = import_roster_sheet(
        store, Reading(make_sheet(content), ()), RosterRequest(tmp_path / "r.csv"),
        is_dry_run=True, actor="t",
    )  # fmt: skip
    assert "F列" in said(report.findings)
    assert NAME not in said(report.findings)


def test_a_report_of_a_dataset_quotes_no_pupil(store: Store, tmp_path: Path) -> None:
    content = f"学籍号,姓名,异动类型,异动日期,{NAME}说明\nP00001,{NAME},转出,2026-03-01,x\n"
    request = DatasetRequest(write_csv(tmp_path / "m.csv", content), "moves", "异动")
    report = import_dataset(store, request, is_dry_run=True, actor="t")
    assert "E列" in said(report.findings)
    assert NAME not in said(report.findings)
