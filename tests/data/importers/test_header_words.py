"""Meanings that people give to headers: read, checked, and stronger than the table."""

import pytest

from core.errors import SettingsError
from data.importers.header_words import header_words, like_known, named_meaning
from data.importers.layout import LaidOut, lay_out
from tests.data.importers.sheets import make_sheet

ROW = "\n一中,P1,85,90\n"


def lay(
    header: str,
    columns: dict[str, str] | None = None,
    remembered: dict[str, str] | None = None,
) -> LaidOut:
    return lay_out(
        make_sheet(header + ROW),
        declared_subjects=frozenset(),
        columns=columns,
        remembered=remembered,
    )


def checks(laid: LaidOut) -> list[tuple[str, str]]:
    return [(finding.severity, finding.check) for finding in laid.findings]


@pytest.mark.parametrize(
    ("word", "role", "name"),
    [
        ("学籍号", "field", "pupil_number"), ("pupil_number", "field", "pupil_number"),
        ("数学", "subject", "math"), ("math", "subject", "math"),
        ("信息科技", "subject", "信息科技"), ("总分", "total", "total"),
        ("忽略", "ignored", "忽略"), ("ignore", "ignored", "ignore"),
        ("分数", "long", "score"),
    ],
)  # fmt: skip
def test_a_word_means_a_field_a_subject_or_nothing_to_read(
    word: str, role: str, name: str
) -> None:
    found = named_meaning(word)
    assert (found.role, found.name) == (role, name)


@pytest.mark.parametrize("word", ["学藉号", "准考正号", " ", ""])
def test_a_word_that_is_nearly_a_field_is_asked(word: str) -> None:
    with pytest.raises(SettingsError, match="A column cannot mean"):
        named_meaning(word)


def test_a_near_word_is_named() -> None:
    with pytest.raises(SettingsError, match="did you mean 学号, 学籍号"):
        named_meaning("学藉号")


def test_a_given_meaning_wins_over_the_table() -> None:
    laid = lay("学校,学籍号,备注,英语", {"备注": "数学", "英语": "忽略"})
    assert laid.subjects == {"math": "备注"}
    assert checks(laid) == [("note", "ignored_column")]


def test_a_given_meaning_wins_over_a_remembered_one() -> None:
    laid = lay("学校,学籍号,备用,英语", {"备用": "数学"}, {"备用": "语文"})
    assert list(laid.subjects) == ["math", "english"]
    assert checks(laid) == []


def test_a_remembered_meaning_is_noted() -> None:
    laid = lay("学校,学籍号,分 数２,英语", remembered={"分数2": "数学", "旧列": "语文"})
    assert list(laid.subjects) == ["math", "english"]
    assert checks(laid)[-1] == ("note", "remembered_column")
    assert "分 数２=math" in laid.findings[-1].message_zh


def test_a_column_may_be_named_by_its_letter() -> None:
    laid = lay("学校,学籍号,数学,数学", {"D列": "忽略"})
    assert laid.marks is not None
    assert laid.marks["text"].tolist() == ["85"]
    assert checks(laid) == [("note", "ignored_column")]


def test_what_was_said_of_one_of_two_columns_settles_both() -> None:
    laid = lay("学校,学籍号,数学,Math", {"Math": "数学"})
    assert laid.marks is not None
    assert laid.marks["text"].tolist() == ["90"]
    assert checks(laid) == [("note", "ignored_column")]


def test_a_column_that_the_file_lacks_is_an_error() -> None:
    laid = lay("学校,学籍号,数学,英语", {"分数2": "语文"})
    assert checks(laid) == [("error", "column_option")]
    assert "分数2" in laid.findings[0].message_zh


@pytest.mark.parametrize(
    ("header", "like"), [("学藉号", "学籍号"), ("学校名秤", "学校代码"), ("语闻", "语文")]
)
def test_a_header_like_a_known_one_is_asked_with_the_option(header: str, like: str) -> None:
    laid = lay(f"学校,考号,数学,{header}")
    (asked,) = [finding for finding in laid.findings if finding.check == "unknown_column"]
    assert like in like_known(header)
    assert like in asked.message_zh
    assert f'--column "{header}=' in asked.message_zh
    assert f'--column "{header}=ignore"' in asked.message_en


def test_two_equal_columns_are_asked_with_the_option() -> None:
    laid = lay("学校,学籍号,数学,数学")
    assert '--column "D列=忽略"' in laid.findings[0].message_zh
    laid = lay("学校,学籍号,数学,数学成绩")
    assert '--column "数学成绩=忽略"' in laid.findings[0].message_zh


def test_a_long_unknown_header_is_asked_by_its_letter() -> None:
    laid = lay(f"学校,学籍号,数学,{'长' * 40}")
    assert '--column "D列=忽略"' in laid.findings[0].message_zh
    assert "长" * 21 not in laid.findings[0].message_zh


def test_headers_are_compared_without_spaces_and_width() -> None:
    words = header_words(declared=frozenset(), given={" 分数 ２": "数学"})
    assert words.of("分数2").name == "math"
