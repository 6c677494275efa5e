"""Templates hold the bureau's own schools and pupils, and come back through the import."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store
from pipeline.check_scores import ImportRequest
from pipeline.import_scores import import_scores
from pipeline.publish import publish
from pipeline.template import PLACES, Template, score_template, template_workbook
from tests.builders import make_submission


def sheet_of(template: Template) -> pd.DataFrame:
    return pd.read_excel(io.BytesIO(template_workbook(template)), dtype=str, engine="openpyxl")


def test_without_anything_known_a_template_has_its_columns_only(store: Store) -> None:
    template = score_template(OPERATOR, store, "期中")
    sheet = sheet_of(template)
    assert list(sheet.columns) == [*PLACES, "语文(100分)", "数学(100分)", "英语(100分)"]
    assert sheet.empty


def test_the_pupils_of_the_exam_stand_in_its_template(store: Store) -> None:
    publish(store, make_submission("期末"), actor="test")
    sheet = sheet_of(score_template(OPERATOR, store, "期末"))
    assert len(sheet) == 36
    assert set(sheet["学校名称"]) == {"示例第1学校", "示例第2学校", "示例第3学校"}
    assert sheet.columns[-2:].tolist() == ["语文(120分)", "数学(120分)"]
    assert set(sheet["年级"]) == {"九年级"}


def test_a_school_gets_its_own_pupils_only(store: Store) -> None:
    publish(store, make_submission("期末"), actor="test")
    template = score_template(Scope("clerk", ("S02",)), store, "期末")
    assert set(template.pupils["学校代码"]) == {"S02"}
    assert len(template.pupils) == 12


def test_who_may_not_open_a_roster_gets_no_template(store: Store) -> None:
    publish(store, make_submission("期末"), actor="test")
    with pytest.raises(PermissionError):
        score_template(LEADERSHIP, store, "期末")


def test_a_filled_template_is_accepted_without_a_finding(store: Store, tmp_path: Path) -> None:
    publish(store, make_submission("期末"), actor="test")
    book = openpyxl.load_workbook(
        io.BytesIO(template_workbook(score_template(OPERATOR, store, "期末")))
    )
    sheet = book["成绩"]
    for row in range(2, 38):
        sheet.cell(row, len(PLACES) + 1).value = 60 + row
        sheet.cell(row, len(PLACES) + 2).value = 100 - row if row % 9 else "缺考"
    path = tmp_path / "filled.xlsx"
    book.save(path)
    request = ImportRequest(path, "期末", date(2026, 6, 28), 9, None, {}, reason="模板填报")
    report = import_scores(store, request, is_dry_run=False, actor="test")
    told = {finding.check for finding in report.findings if finding.severity != "note"}
    assert told == {"supersedes"}  # of the exam that stood there before
    assert report.release == 2
    assert report.n_rows == 36


@pytest.mark.parametrize("name", ["=1+1", "http://example.org", "@SUM(A1)", "-2+3"])
def test_no_text_of_a_template_becomes_a_formula_or_a_link(name: str) -> None:
    pupils = pd.DataFrame([dict.fromkeys(PLACES, name)])
    content = template_workbook(Template("x", ((name, 100),), pupils))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["成绩"]
    assert [cell.data_type for cell in sheet[2]][: len(PLACES)] == ["s"] * len(PLACES)
    assert all(cell.hyperlink is None for row in sheet for cell in row)


def test_every_number_of_a_pupil_stays_text() -> None:
    pupils = pd.DataFrame([{**dict.fromkeys(PLACES), "学籍号": "0330100001"}])
    sheet = openpyxl.load_workbook(
        io.BytesIO(template_workbook(Template("x", (("数学", 100),), pupils)))
    )["成绩"]
    cell = sheet.cell(2, PLACES.index("学籍号") + 1)
    assert (cell.value, cell.number_format) == ("0330100001", "@")
