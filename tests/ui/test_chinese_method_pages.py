"""The Chinese pages about methods say what the English ones say, figure by figure.

What can be compared without reading either language: headings, leads of paragraphs, formulas,
code, tables, numbers and sources.
"""

import re
import tomllib
from collections import Counter

import pytest

from ui import method_pages
from ui.text import LANGUAGES

PAGES = list(method_pages.titles(language="en"))
NUMBER = r"\d+(?:[.,]\d+)*"
CODE = r"(?<!`)`[^`\n]+`(?!`)"
FORMULA = re.compile(r"(?:^ {4}\S.*\n)+(?:\n?(?:^ {4}\S.*\n)+)*", re.MULTILINE)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Of two letters or more: words of a formula may be translated, its symbols not.
WORD = re.compile(r"[\u3000-\u9fff\uff00-\uffef]+|(?<![\w`])[A-Za-z]{2,}(?![\w`])")

BESIDE = re.compile(r"\s|[。：，；、？（）“”《》]")


def pair(name: str) -> tuple[str, str]:
    """Return the English and the Chinese text of a page as they stand in the files."""
    english, chinese = (
        (method_pages.FOLDERS[x] / f"{name}.md").read_text(encoding="utf-8")
        for x in ("en", "zh")
    )
    return english, chinese


def paragraphs_of(text: str) -> list[str]:
    """Return paragraphs with their lines joined, without what is fenced."""
    blocks = re.split(r"\n\s*\n", FENCE.sub("", text))
    return [re.sub(r"\s*\n\s*", " ", block.strip()) for block in blocks]


def symbols_of(text: str) -> list[str]:
    """Return what is left of each formula without its words and spaces."""
    return [re.sub(r"[\s,;:()]", "", WORD.sub("", block)) for block in FORMULA.findall(text)]


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """Return of each row of a table its number of cells and its numbers in order of size."""
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    return [(line.count("|"), sorted(re.findall(NUMBER, line))) for line in rows]


@pytest.mark.parametrize("name", [*PAGES, "README"])
def test_headings_are_as_many_on_every_level(name: str) -> None:
    levels = [re.findall(r"^#+(?= )", FENCE.sub("", text), re.MULTILINE) for text in pair(name)]
    assert levels[0] == levels[1]


@pytest.mark.parametrize("name", PAGES)
def test_as_many_paragraphs_have_a_lead(name: str) -> None:
    leads = [sum(p.startswith("**") for p in paragraphs_of(text)) for text in pair(name)]
    assert leads[0] == leads[1]


@pytest.mark.parametrize("name", PAGES)
def test_a_bold_text_ends_where_markdown_sees_its_end(name: str) -> None:
    """Beside a full stop or a bracket, stars that touch a letter are shown as stars."""
    text = re.sub(CODE, "x", FENCE.sub("", FORMULA.sub("", pair(name)[1])))
    bold = re.findall(r"(.?)\*\*(.+?)\*\*(.?)", text)
    assert [b for b in bold if BESIDE.match(b[1][-1]) and not BESIDE.match(b[2] or " ")] == []
    assert [b for b in bold if BESIDE.match(b[1][0]) and not BESIDE.match(b[0] or " ")] == []


@pytest.mark.parametrize("name", PAGES)
def test_formulas_have_the_same_symbols(name: str) -> None:
    english, chinese = pair(name)
    assert symbols_of(chinese) == symbols_of(english)


@pytest.mark.parametrize("name", PAGES)
def test_files_that_are_shown_hold_the_same_values(name: str) -> None:
    english, chinese = (FENCE.findall(text) for text in pair(name))
    assert [kind for kind, _ in english] == [kind for kind, _ in chinese]
    for (kind, one), (_, other) in zip(english, chinese, strict=True):
        assert kind == "toml"
        assert tomllib.loads(one) == tomllib.loads(other)


@pytest.mark.parametrize("name", PAGES)
def test_names_in_code_are_the_same(name: str) -> None:
    english, chinese = (Counter(re.findall(CODE, FENCE.sub("", text))) for text in pair(name))
    assert (english - chinese, chinese - english) == (Counter(), Counter())


@pytest.mark.parametrize("name", PAGES)
def test_rows_of_tables_have_the_same_numbers(name: str) -> None:
    english, chinese = pair(name)
    assert rows_of(chinese) == rows_of(english)


@pytest.mark.parametrize("name", PAGES)
def test_no_number_of_the_english_page_is_missing(name: str) -> None:
    """Chinese may write as a figure what English writes as a word, not the reverse."""
    english, chinese = (Counter(re.findall(NUMBER, text)) for text in pair(name))
    assert english - chinese == Counter()


@pytest.mark.parametrize("name", PAGES)
def test_every_source_is_named(name: str) -> None:
    english, chinese = (
        Counter(re.findall(r"[A-Z][\w-]+(?=\s(?:\(\d{4}\)|et\sal|&))", text))
        for text in pair(name)
    )
    assert english == chinese


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_the_same_pages(name: str) -> None:
    english, chinese = (Counter(re.findall(r"\]\((\w+\.md)\)", text)) for text in pair(name))
    assert english == chinese


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_headed_as_the_index_names_it(name: str) -> None:
    for language in LANGUAGES:
        title = method_pages.titles(language=language)[name]
        assert method_pages.text_of(name, language=language).startswith(f"# {title}")
