"""Pages about methods in the app: every entry has one, and links stay in the app."""

import re

import pytest

from ui import method_pages
from ui.dictionary import ENTRIES
from ui.text import LANGUAGES, Language

PAGES = list(method_pages.titles(language="en"))


def test_every_entry_is_defined_on_a_page_of_the_index() -> None:
    assert {entry.page for entry in ENTRIES.values()} <= set(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_names_every_page_once(language: Language) -> None:
    files = {path.stem for path in method_pages.FOLDERS[language].glob("*.md")} - {"README"}
    assert set(method_pages.titles(language=language)) == files


def test_both_indices_name_the_same_pages_in_the_same_order() -> None:
    assert list(method_pages.titles(language="zh")) == PAGES


def test_a_title_is_in_the_language_that_is_asked_for() -> None:
    english, chinese = (method_pages.titles(language=x) for x in ("en", "zh"))
    assert not any(re.search(r"[\u4e00-\u9fff]", title) for title in english.values())
    assert all(re.search(r"[\u4e00-\u9fff]", title) for title in chinese.values())
    assert english["value_added"] == "Value-added"
    assert chinese["value_added"] == "增值"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_link_of_a_page_stays_in_the_app_and_in_the_language(
    name: str, language: Language
) -> None:
    text = method_pages.text_of(name, language=language)
    links = re.findall(r"\]\(([^)]+)\)", text)
    targets = [re.fullmatch(rf"methods\?page=(\w+)&lang={language}", link) for link in links]
    assert [target[1] for target in targets if target and target[1] in PAGES] == [
        target and target[1] for target in targets
    ]


def test_nothing_but_the_pages_is_read() -> None:
    for language in LANGUAGES:
        with pytest.raises(KeyError):
            method_pages.text_of("../adr/README", language=language)
        with pytest.raises(KeyError):
            method_pages.text_of("zh/attainment", language=language)
