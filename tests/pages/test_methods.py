"""The page of the methods gives the page that is asked for, in the reader's language."""

import pytest

from tests.pages.conftest import OpenPage
from ui import method_pages
from ui.text import LANGUAGES, Language


@pytest.mark.parametrize(
    ("language", "title", "question"),
    [("zh", "# 增值", "**问题。**"), ("en", "# Value-added", "**Question.**")],
)
def test_a_method_opens_with_its_title_in_the_language_of_the_reader(
    open_page: OpenPage, language: Language, title: str, question: str
) -> None:
    app = open_page("methods", lang=language, entry="z", page="value_added")
    (text,) = [shown.value for shown in app.markdown if shown.value.startswith("# ")]
    assert text.startswith(title)
    assert question in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_methods_are_listed_in_the_language_of_the_reader(
    open_page: OpenPage, language: Language
) -> None:
    (box,) = [box for box in open_page("methods", lang=language).selectbox if box.key == "page"]
    assert box.options == list(method_pages.titles(language=language).values())


def test_without_a_wish_the_page_that_defines_the_figure_is_shown(open_page: OpenPage) -> None:
    app = open_page("methods", lang="zh", entry="subject_gap")
    assert any(shown.value.startswith("# 学科差距") for shown in app.markdown)
