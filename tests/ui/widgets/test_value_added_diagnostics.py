"""The looks at the diagnostics: each with its finding, chart and table, in both languages."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.drawers import open_drawers
from tests.ui.made_diagnostics import make_diagnostics, make_reliability
from ui.text import LANGUAGES, Language, Words
from ui.widgets.diagnostics_pupils import reliability_rows, residual_rows
from ui.widgets.diagnostics_schools import influence_points, leverage_points
from ui.widgets.value_added_diagnostics import LOOKS

EN = Words("en")
KEYS = ("residuals", "normality", "influence", "leverage", "reliability")


def script(language: str, kind: str) -> None:
    """Show the diagnostics of a made view."""
    from dataclasses import replace

    from tests.ui import made_diagnostics
    from ui.text import Words, language_of
    from ui.widgets.value_added_diagnostics import show_diagnostics

    view = made_diagnostics.make_diagnostics()
    none = replace(view, status="not_estimable", residuals=None, normality=None)
    views = {
        "made": view,
        "equal": made_diagnostics.make_equal_schools(),
        "no_baseline": none,
        "refused": replace(none, why=("No model.", "没有模型。")),
        "no_joint": replace(view, residuals=None),
        "one_school": replace(view, schools=view.schools.iloc[[3]]),
        "no_school": replace(view, schools=view.schools.iloc[:0]),
    }
    show_diagnostics(views[kind], words=Words(language_of(language)))


def opened(look: str, *, kind: str = "made", language: Language = "en") -> AppTest:
    app = AppTest.from_function(script, args=(language, kind), default_timeout=30)
    app.query_params["diagnostic"] = look
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    elements = [*app.markdown, *app.caption, *app.info]
    return "\n".join(str(own.value).replace("\\", "") for own in elements)


def test_the_looks_are_those_of_the_address() -> None:
    assert tuple(LOOKS) == KEYS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", KEYS)
def test_each_look_has_a_chart_a_table_and_its_method(look: str, language: Language) -> None:
    app = opened(look, language=language)
    assert len(app.get("plotly_chart")) == 1
    assert len(app.dataframe) == 1
    assert "math" not in said(app)
    explained = open_drawers(app)
    assert not explained.exception
    assert any("page=value_added_diagnostics" in own.value for own in explained.markdown)


@pytest.mark.parametrize(
    ("look", "finding"),
    [
        ("residuals", "No bend is seen"),
        ("normality", "do not look normal"),
        ("influence", "without 第1实验学校"),
        ("leverage", "2 of 12 schools hold"),
        ("reliability", "in place of 0.85"),
    ],
)
def test_each_look_says_its_finding_and_what_is_hidden(look: str, finding: str) -> None:
    text = said(opened(look))
    assert finding in text
    if look != "residuals":
        assert "fewer than 10 pupils: 2 schools" in text


@pytest.mark.parametrize(
    ("kind", "look", "text"),
    [
        ("no_baseline", "residuals", "no baseline"),
        ("refused", "influence", "No model."),
        ("no_joint", "residuals", "no joint distribution"),
        ("equal", "normality", "No school differences found"),
    ],
)
def test_where_there_is_nothing_it_says_why(kind: str, look: str, text: str) -> None:
    app = opened(look, kind=kind)
    assert not app.get("plotly_chart")
    assert text in said(app)


@pytest.mark.parametrize("kind", ["one_school", "no_school", "equal"])
@pytest.mark.parametrize("look", ["influence", "leverage", "reliability"])
def test_few_rows_are_shown_as_well(kind: str, look: str) -> None:
    assert len(opened(look, kind=kind).dataframe) == 1


def test_an_unknown_look_shows_the_first() -> None:
    assert "No bend is seen" in said(opened("magic"))


def test_a_hidden_group_is_listed_with_its_reason() -> None:
    part = make_diagnostics().residuals
    assert part is not None
    rows = residual_rows(part, words=EN)
    assert rows["interval"].iloc[0] == "[−0.04, +0.12]"
    assert rows["status"].iloc[-1].startswith("hidden")
    assert pd.isna(rows["interval"].iloc[-1])


def test_schools_are_marked_by_what_they_do_and_what_they_hold() -> None:
    schools = make_diagnostics().schools
    assert influence_points(schools, words=EN)["mark"].tolist()[:2] == ["much", "usual"]
    points = leverage_points(schools, words=EN)
    assert points["mark"].tolist()[:3] == ["much", "small", "usual"]
    assert points["y"].iloc[0] == 20


def test_reliabilities_are_listed_with_their_status_in_words() -> None:
    part = make_reliability()
    found = part.rows.assign(
        status=part.rows["status"].mask(part.rows["reliability"] == 0.9, "no_difference_found")
    )
    rows = reliability_rows(type(part)(found, None, None), words=EN)
    assert rows["changed"].iloc[0] == "not shown"
    assert rows["changed"].iloc[1] == "4 of 12 (33.3%)"
    assert rows["status"].iloc[0] == "not enough data to estimate"
    assert rows["status"].iloc[4] == "no school differences found"
