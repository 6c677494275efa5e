"""The words: both catalogues hold exactly the texts of the code, complete and consistent."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from ui.text import LANGUAGES, Language, Words, language_of

ROOT = Path(__file__).resolve().parents[2]
LOCALES = {"zh": "zh_CN", "en": "en"}
KEYWORDS = {"words": None, "marked": None, "plural": (1, 2)}
SOURCES = sorted([*ROOT.glob("ui/**/*.py"), *ROOT.glob("pages/*.py")])
CHINESE = re.compile(r"[\u3400-\u9fff]")


def catalogue_of(language: Language) -> Catalog:
    path = ROOT / "ui/locales" / LOCALES[language] / "LC_MESSAGES/messages.po"
    with path.open("rb") as source:
        return read_po(source, locale=LOCALES[language])


def texts_of_code() -> Iterator[str]:
    """Yield the constant texts that the code asks the catalogues for, read from its syntax."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name_of(node.func) in KEYWORDS:
                n_texts = 2 if _name_of(node.func) == "plural" else 1
                for argument in node.args[:n_texts]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def _name_of(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=ast.Name(id="Words")):
            return "words"
    return ""


def ids_of(catalogue: Catalog) -> set[str]:
    found: set[str] = set()
    for message in catalogue:
        found |= {message.id} if isinstance(message.id, str) else set(message.id)
    return found - {""}


def strings_of(message: Message) -> list[str]:
    strings = message.string or [""]
    return [strings] if isinstance(strings, str) else list(strings)


def placeholders_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_exactly_the_texts_of_the_code(language: Language) -> None:
    assert ids_of(catalogue_of(language)) == set(texts_of_code())


def test_babel_extracts_the_same_texts_as_stand_in_the_code() -> None:
    extracted: set[str] = set()
    for folder in ("ui", "pages"):
        found = extract_from_dir(
            ROOT / folder, method_map=[("**.py", "python")], keywords=KEYWORDS
        )
        for _, _, message, _, _ in found:
            extracted |= {message} if isinstance(message, str) else set(message)
    assert extracted == set(texts_of_code())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_fuzzy(language: Language) -> None:
    for message in catalogue_of(language):
        assert all(strings_of(message)), message.id
        assert message.id == "" or not message.fuzzy, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_same_placeholders_as_its_key(language: Language) -> None:
    for message in catalogue_of(language):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        if ids == [""]:
            continue
        for text in strings_of(message):
            assert placeholders_of(text) == placeholders_of(ids[-1]), ids


def test_the_english_catalogue_repeats_its_keys() -> None:
    for message in catalogue_of("en"):
        if message.id:
            assert message.string == message.id


def test_no_word_of_the_screen_is_chinese_in_the_code() -> None:
    chinese = [path.name for path in SOURCES if CHINESE.search(path.read_text("utf-8"))]
    assert chinese == []


def test_words_fill_in_values_in_the_language_asked_for() -> None:
    assert Words("en")("rules {version}", version="1") == "rules 1"
    assert Words("zh")("rules {version}", version="1") == "口径版本 1"


def test_plural_follows_the_language() -> None:
    assert Words("en").plural("{n} school", "{n} schools", n=1) == "1 school"
    assert Words("en").plural("{n} school", "{n} schools", n=1200) == "1,200 schools"
    assert Words("zh").plural("{n} school", "{n} schools", n=1) == "1 所学校"


@pytest.mark.parametrize("code", ["fr", "", None, "zh-CN", 5])
def test_an_unknown_language_becomes_chinese(code: object) -> None:
    assert language_of(code) == "zh"


def test_either_chooses_the_text_of_the_language() -> None:
    assert Words("en").either(english="a", chinese="b") == "a"
    assert Words("zh").either(english="a", chinese="b") == "b"
