"""The import page has what its messages ask for: sheets and columns to choose, a workbook."""

import io

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.home import HOME_VARIABLE
from data.importers.several_sheets import which_sheets
from data.store import Store
from pipeline.import_scores import ImportReport
from tests.data.importers.sheets import make_sheet
from tests.pages.conftest import OpenPage
from tests.pages.uploads import GOOD, HEAD, check, page
from ui import state


def page_after(
    report: ImportReport, own_store: Store, open_it: OpenPage, patch: pytest.MonkeyPatch
) -> AppTest:
    patch.setenv(HOME_VARIABLE, str(own_store.home.root))
    app = page(open_it)
    app.session_state["import_report"] = report
    app.run()
    assert not app.exception
    return app


def test_the_page_has_the_fields_that_its_messages_ask_for(
    own_store: Store, open_page_without_exams: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = check(GOOD.replace("姓名,", "姓名,备用,").replace("赵一,", "赵一,好,"))
    app = page_after(report, own_store, open_page_without_exams, monkeypatch)
    assert "备用=忽略" in app.multiselect[0].options
    assert app.multiselect[0].label == "列的含义"
    told = app.table[0].value.to_csv()
    assert "“列的含义”" in told
    assert "--column" not in told
    (error,) = app.error
    assert "有 1 处错误，涉及整个文件" in error.value


def test_the_sheets_that_are_asked_about_can_be_chosen(
    own_store: Store, open_page_without_exams: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = which_sheets([
        make_sheet(f"{HEAD}{code},{code}校,1班,N1,赵一,60", name=f"{code}校") for code in "12"
    ])  # fmt: skip
    report = ImportReport("reject", 0, 0, None, tuple(findings))
    app = page_after(report, own_store, open_page_without_exams, monkeypatch)
    (choice,) = [box for box in app.selectbox if box.label == "工作表"]
    assert choice.options == ["1校", "2校", "*（全部表头相同的）"]


def test_rows_with_errors_are_counted_in_the_banner(
    own_store: Store, open_page_without_exams: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = check(GOOD.replace(",60\n", ",八十\n"))
    app = page_after(report, own_store, open_page_without_exams, monkeypatch)
    assert "12 行中有 1 行存在错误" in app.error[0].value


def test_a_report_goes_with_its_draft(
    own_store: Store, open_page_without_exams: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page_after(check(GOOD), own_store, open_page_without_exams, monkeypatch)
    assert [success.value for success in app.success]
    app.text_input(key="draft_actor").set_value("张三").run()
    app.button(key="undo_1").click().run()
    assert not app.success


@pytest.mark.parametrize(("language", "word"), [("zh", "不列学生"), ("en", "no pupils")])
def test_the_page_says_that_its_workbook_names_no_pupil(
    own_store: Store,
    open_page_without_exams: OpenPage,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    word: str,
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(own_store.home.root))
    app = open_page_without_exams("import_scores", lang=language)
    assert any(word in caption.value for caption in app.caption)
    keys = {"template_exam", "template_subjects"}
    assert keys <= {str(field.key) for field in app.text_input}
    assert app.number_input(key="template_grade").value is None
    assert app.selectbox(key="template_school").value is None


@pytest.mark.usefixtures("own_store")
def test_the_workbook_of_the_page_has_the_schools_and_no_pupil() -> None:
    draft = check(GOOD).batch
    assert draft is not None
    state.publish_draft(state.clerk_scope(), draft, actor="张三")
    assert state.county_schools(state.clerk_scope()) == {"11": "甲校"}
    content = state.template(
        state.clerk_scope(), "期中", grade=7, subjects=(("数学", 120.0),), school="11"
    )
    sheet = pd.read_excel(io.BytesIO(content), dtype=str, engine="openpyxl")
    assert list(sheet.columns)[-1] == "数学(120分)"
    assert sheet["学校代码"].tolist() == ["11"]
    assert sheet["年级"].tolist() == ["七年级"]
    assert sheet[["学籍号", "考号", "姓名"]].isna().all(axis=None)
