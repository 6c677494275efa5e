"""Past exams replayed: rules or a scheme, held against what came later."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.scope import LEADERSHIP
from data.store import Store
from pipeline.load_views import load_exams, load_rule_replay
from pipeline.views import Query
from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of
from ui.text import LANGUAGES


def headings(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def plain_texts(app: AppTest) -> str:
    """Return what the page says, without the strokes that keep Markdown from reading it."""
    return texts_of(app).replace("\\", "")


def table_with(app: AppTest, column: str) -> pd.DataFrame:
    (found,) = [table.value for table in app.dataframe if column in table.value]
    return found


def test_the_rules_of_today_are_replayed_first(open_page: OpenPage) -> None:
    app = open_page("replay", lang="en")
    assert not app.exception
    assert headings(app) == [
        "What would these rules have said in past exams?",
        "How often was it right?",
        "What is not shown?",
    ]
    said = plain_texts(app)
    assert "By the rules: Quality warning" in said
    assert "12 exams of this stage" in said
    assert "3 exams without a baseline left out" in said
    assert len(table_with(app, "n_yellow")) == 12
    assert len(app.get("plotly_chart")) == 2


def test_the_finding_says_the_numbers_of_the_view(
    open_page: OpenPage, demonstration_store: Store
) -> None:
    app = open_page("replay", lang="en", later="year", alarm="blue")
    exam = str(app.selectbox(key="exam").value)
    choice = next(e for e in load_exams(LEADERSHIP, demonstration_store) if e.name == exam)
    query = Query(exam, "total", choice.baselines[0], "random_intercept")
    view = load_rule_replay(LEADERSHIP, demonstration_store, query, "blue", "year")
    hit = view.counts.rates.set_index("rate").loc["hit"]
    said = texts_of(app)
    assert f"Of {hit['n']} calls {hit['count']} were right" in said
    assert "same grade one year later" in said
    pairs = table_with(app, "later_exam")
    assert pairs["hits"].sum() == hit["count"]
    assert (pairs["hits"] + pairs["false_alarms"] == pairs["called"]).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scheme_in_force_changes_nothing(open_page: OpenPage, language: str) -> None:
    app = open_page("replay", lang=language, replayed="scheme")
    assert not app.exception
    words = {"en": "it proposes the same schools", "zh": "列入的学校与现行方案相同"}
    assert words[language] in texts_of(app)
    exams = table_with(app, "n_entered")
    assert not exams[["n_entered", "n_left"]].any(axis=None)
    assert "whose" not in table_with(app, "later_exam")


def test_without_another_scheme_the_page_leads_to_the_weights(open_page: OpenPage) -> None:
    app = open_page("replay", lang="en", replayed="scheme")
    assert "Only the default weights can be tried" in texts_of(app)
    assert "Weights" in [link.proto.label for link in app.get("page_link")]


def test_a_kept_scheme_is_tried_from_the_page_of_weights(meeting: OpenPage) -> None:
    app = meeting("weights", lang="en")
    app.slider(key="weight (1,)").set_value(80.0).run()
    app.text_input(key="scheme_actor").input("Zhang").run()
    app.text_input(key="scheme_name").input("Progress first")
    app.text_input(key="scheme_reason").input("plan of three years")
    app.button(key="scheme_save").click().run()
    assert not app.exception
    (link,) = [
        link.proto
        for link in app.get("page_link")
        if link.proto.label == "Try it on past exams"
    ]
    assert "replayed=scheme" in link.query_string
    number = link.query_string.partition("&scheme=")[2].partition("&")[0]
    tried = meeting("replay", lang="en", replayed="scheme", scheme=number)
    assert not tried.exception
    assert "scheme Progress first, version 1: in " in plain_texts(tried)
    assert tried.selectbox(key="scheme").value == number


def test_one_exam_has_nothing_that_came_later(open_page: OpenPage) -> None:
    app = open_page("replay", lang="en", exam="2023-2024学年上学期期末 七年级")
    assert not app.exception
    assert any("Of none of these exams is there a later one" in i.value for i in app.info)
    assert len(app.get("plotly_chart")) == 1
