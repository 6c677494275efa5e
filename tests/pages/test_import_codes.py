"""The import page with codes in place of names: no name is sent, what it does still works."""

import io

import pandas as pd
import pytest

from data.catalogue import list_exams, units_of
from data.home import HOME_VARIABLE
from data.publication import add_units
from data.scope import OPERATOR
from data.store import Store
from pipeline.organisation import LOCAL_COUNTY
from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import sent_by
from tests.pages.uploads import GOOD, check
from ui import state

NAME = "霜林实验学校"
UNSEEN = "Q771093"
NAMED_ONLY = GOOD.replace("11,甲校,", f"{NAME},{NAME},")
CODED = state.clerk_scope(shows_names=False)


@pytest.fixture
def open_own(
    own_store: Store, open_page_without_exams: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> OpenPage:
    """Give what opens a page on the own store."""
    monkeypatch.setenv(HOME_VARIABLE, str(own_store.home.root))
    return open_page_without_exams


def published(content: str = NAMED_ONLY) -> None:
    draft = check(content).batch
    assert draft is not None
    state.publish_draft(state.clerk_scope(), draft, actor="张三")


def test_no_school_is_named_by_the_page_nor_by_a_file_or_a_draft(open_own: OpenPage) -> None:
    published()
    check(NAMED_ONLY.replace(",60\n", ",61\n"), name=f"{NAME}.csv")
    plain = open_own("import_scores", lang="zh")
    assert NAME.encode() in sent_by(plain), "without codes the page names it"
    app = open_own("import_scores", lang="zh", codes="1")
    assert not app.exception
    assert NAME.encode() not in sent_by(app)
    assert "批次 2 的文件" in app.dataframe[-1].value.to_csv()


def test_a_school_that_only_a_draft_knows_is_not_named(
    own_store: Store, open_own: OpenPage
) -> None:
    assert check(NAMED_ONLY, name=f"{NAME}.csv", school=NAME).is_draft
    app = open_own("import_scores", lang="zh", codes="1")
    assert not app.exception
    assert NAME.encode() not in sent_by(app)
    [batch] = state.batches(CODED)
    assert str(batch.school).startswith("S-")
    app.text_input(key="draft_actor").set_value("张三").run()
    app.button(key="publish_1").click().run()
    assert not app.exception
    [exam] = list_exams(OPERATOR, own_store)
    assert exam.n_schools == 1


def test_a_school_that_no_exam_knows_is_not_named(own_store: Store, open_own: OpenPage) -> None:
    units = units_of(own_store, LOCAL_COUNTY)
    school = dict.fromkeys(units.columns) | {"code": UNSEEN, "name": NAME, "level": "school"}
    add_units(own_store, LOCAL_COUNTY, pd.DataFrame([school]), actor="test")
    assert NAME.encode() in sent_by(open_own("import_scores", lang="zh"))
    sent = sent_by(open_own("import_scores", lang="zh", codes="1"))
    assert NAME.encode() not in sent
    assert UNSEEN.encode() not in sent


@pytest.mark.usefixtures("own_store")
def test_a_workbook_asked_for_by_a_code_is_that_of_the_school() -> None:
    published()
    [code] = state.county_schools(CODED)
    assert code.startswith("S-")
    content = state.template(CODED, "期中", grade=7, subjects=(("数学", 120.0),), school=code)
    sheet = pd.read_excel(io.BytesIO(content), dtype=str, engine="openpyxl")
    assert sheet["学校代码"].tolist() == [NAME]


def test_a_chosen_school_stays_chosen_when_codes_are_turned_on(open_own: OpenPage) -> None:
    published()
    app = open_own("import_scores", lang="zh")
    app.selectbox(key="template_school").set_value(NAME).run()
    app.toggle(key="codes").set_value(True).run()
    assert not app.exception
    assert str(app.selectbox(key="template_school").value).startswith("S-")
    assert NAME.encode() not in sent_by(app)


def test_findings_quote_the_file_and_wait_until_names_may_be_seen(open_own: OpenPage) -> None:
    published(GOOD)
    report = check(GOOD.replace("甲校", NAME), exam="期中")
    assert NAME in str(report.findings)
    app = open_own("import_scores", lang="zh", codes="1")
    app.session_state["import_report"] = report
    app.run()
    assert not app.exception
    assert NAME.encode() not in sent_by(app)
    assert not app.get("download_button")[1:]
    assert any("以代码代替名称" in info.value for info in app.info)
    app.toggle(key="codes").set_value(False).run()
    assert NAME.encode() in sent_by(app)
