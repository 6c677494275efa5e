"""Every page opens in every language, with data and without, and marks what it shows."""

import json
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from data.scope import LEADERSHIP
from tests.drawers import open_drawers
from tests.pages.conftest import OpenPage
from ui import state
from ui.registry import METHODS, PAGES
from ui.text import LANGUAGES, Words

CODES = [entry.code for entry in PAGES]


def texts_of(app: AppTest) -> str:
    """Return everything that the page says in running text."""
    blocks = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info)
    notes = (app.warning, app.error, app.text)
    return "\n".join(element.value for block in (*blocks, *notes) for element in block)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_page_opens_without_an_error_and_marks_the_demonstration(
    open_page: OpenPage, code: str, language: str
) -> None:
    app = open_drawers(open_page(code, lang=language))
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    if language == "zh":
        assert any(mark.value.startswith("演示数据") for mark in app.warning)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [code for code in CODES if code != METHODS.code])
def test_a_store_without_exams_is_explained(
    open_page_without_exams: OpenPage, code: str, language: str
) -> None:
    app = open_page_without_exams(code, lang=language)
    assert not app.exception
    assert len(app.info) == 1
    labels = [link.proto.label for link in app.get("page_link")]
    assert labels or code == "import_scores", "an empty page leads to where that is changed"


def test_no_page_shows_a_number_that_is_not_one(open_page: OpenPage) -> None:
    for code in CODES:
        app = open_drawers(open_page(code, lang="en"))
        assert "nan" not in texts_of(app).lower().split()
        assert not [metric for metric in app.metric if "nan" in metric.value.lower()]


def test_titles_of_pages_are_translated() -> None:
    for entry in PAGES:
        assert Words("zh")(entry.title) != entry.title


def sent_by(app: AppTest) -> bytes:
    """Return all that the page sends to the browser, tables and charts included."""

    def messages(block: Block) -> Iterator[bytes]:
        for child in block.children.values():
            if isinstance(child, Block):
                yield from messages(child)
            yield child.proto.SerializeToString() if child.proto else b""

    return b"".join(messages(app.main))


def names_in(app: AppTest) -> set[str]:
    """Return the schools of the newest exam that the page sends by name, escaped or not."""
    sent = sent_by(app)
    names = set(state.schools(LEADERSHIP, state.exams(LEADERSHIP)[0].name)["name"])
    assert names
    escaped = {name: json.dumps(name)[1:-1] for name in names}
    return {n for n in names if n.encode() in sent or escaped[n].encode() in sent}


@pytest.mark.parametrize("code", CODES)
def test_with_codes_in_place_of_names_no_school_is_named(
    open_page: OpenPage, code: str
) -> None:
    app = open_drawers(open_page(code, lang="zh", codes="1"))
    assert not app.exception
    assert not names_in(app)


def test_without_the_codes_the_schools_of_the_county_are_named(open_page: OpenPage) -> None:
    assert len(names_in(open_page("leadership", lang="zh"))) > 5
