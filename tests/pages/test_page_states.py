"""Every page of results opens on counties with one exam, one school, or only tiny ones."""

from collections.abc import Mapping
from datetime import date

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.home import HOME_VARIABLE, Home
from data.store import Store
from pipeline.demo import LONDON_BASELINE, LONDON_CURRENT
from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of
from tests.small_county import SMALL_SCHOOLS, SmallExam, make_county, submission_of
from ui.registry import HOME, IMPORT, MEETING, METHODS, PAGES

RESULTS = [page.code for page in PAGES if page not in (HOME, IMPORT, MEETING, METHODS)]
BOTH = (("七年级入学测", date(2023, 9, 4), 7), ("九年级期末", date(2026, 6, 28), 9))
COUNTIES: Mapping[str, tuple[Mapping[str, int], int]] = {
    "one exam": (SMALL_SCHOOLS, 1),
    "one school": ({"E": 40}, 2),
    "only tiny schools": ({"A": 5, "B": 6, "D": 4}, 2),
}
"""Pupils by school, and how many exams they sat."""


@pytest.fixture(scope="module")
def poor_stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Store]:
    """Build each county once, by publishing its exams."""
    stores = {}
    for name, (sizes, n_exams) in COUNTIES.items():
        exams = (
            submission_of(SmallExam(sizes), exam, day=day, grade=grade, seed=day.year)
            for exam, day, grade in BOTH[:n_exams]
        )
        stores[name] = make_county(Home(tmp_path_factory.mktemp("poor")), *exams)
    return stores


@pytest.fixture(params=list(COUNTIES))
def open_poor(
    request: pytest.FixtureRequest,
    poor_stores: dict[str, Store],
    open_page: OpenPage,
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[str, OpenPage]:
    """Give a county's name and what opens a page on its store."""
    store = poor_stores[request.param]
    monkeypatch.setenv(HOME_VARIABLE, str(store.home.root))
    monkeypatch.setattr("ui.state.answers.open_store", lambda **_: store)
    st.cache_data.clear()
    return request.param, open_page


def figures_of_schools(app: AppTest) -> list[float]:
    """Return all numbers that stand in a table's row with a school's name."""
    rows = [
        table.value[table.value["name"].astype(str).str.contains("校|学")]
        for table in app.dataframe
        if "name" in table.value
    ]
    return [
        float(value)
        for table in rows
        for column in table.select_dtypes("number")
        for value in table[column].dropna()
    ]


@pytest.mark.parametrize("code", RESULTS)
def test_a_county_with_little_is_shown_as_far_as_it_goes(
    open_poor: tuple[str, OpenPage], code: str
) -> None:
    name, open_page = open_poor
    app = open_page(code, lang="en")
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    assert "nan" not in texts_of(app).lower().split()
    if name == "only tiny schools":
        assert not figures_of_schools(app)


def test_schools_that_are_not_tiny_have_figures(open_page: OpenPage) -> None:
    assert figures_of_schools(open_page("leadership", lang="en"))


@pytest.mark.parametrize(
    ("exam", "language"), [(LONDON_CURRENT, "zh"), (LONDON_BASELINE, "en")]
)
@pytest.mark.parametrize("code", RESULTS)
def test_public_data_open_on_every_page_with_their_source(
    open_page: OpenPage, code: str, exam: str, language: str
) -> None:
    app = open_page(code, lang=language, exam=exam)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    assert any("mlmRev" in note.value for note in app.info)
    assert not [mark for mark in app.warning if "演示数据" in mark.value]
    assert "nan" not in texts_of(app).lower().split()
