"""Pages about methods in the app: every entry has one, and links stay in the app."""

import pytest

from ui import method_pages
from ui.dictionary import ENTRIES


def test_every_entry_is_defined_on_a_page_of_the_index() -> None:
    assert {entry.page for entry in ENTRIES.values()} <= set(method_pages.titles())


def test_the_index_names_every_page_once() -> None:
    files = {path.stem for path in method_pages.FOLDER.glob("*.md")} - {"README"}
    assert set(method_pages.titles()) == files


@pytest.mark.parametrize("page", list(method_pages.titles()))
def test_every_page_has_a_title_in_both_languages_and_no_link_to_a_file(page: str) -> None:
    english, chinese = (method_pages.short_title(page, language=x) for x in ("en", "zh"))
    assert english != chinese
    assert ".md)" not in method_pages.text_of(page, language="zh")


def test_nothing_but_the_pages_is_read() -> None:
    with pytest.raises(KeyError):
        method_pages.text_of("../adr/README", language="en")
