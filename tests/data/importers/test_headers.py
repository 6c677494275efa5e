"""Headers by synonym: Chinese and English, spaced, bracketed, declared, ignored, unknown."""

import pytest

from data.importers.headers import FIELDS, LONG, SUBJECTS, meaning, squeezed, subject_code

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("header", "role", "name"),
    [
        ("学籍号", "field", "pupil_number"),
        ("*学籍号(必填)", "field", "pupil_number"),
        ("Student ID", "field", "pupil_number"),
        ("姓\u00a0名", "field", "pupil_name"),
        ("年级", "field", "grade"),
        ("学校", "field", "school_name"),
        ("School Code", "field", "school_code"),
        ("准考证号", "field", "exam_number"),
        ("语 文", "subject", "chinese"),
        ("数学\n(120分)", "subject", "math"),
        ("　英语 ", "subject", "english"),
        ("外语", "subject", "english"),
        ("道德与法治", "subject", "politics"),
        ("Maths score", "subject", "math"),
        ("物理成绩", "subject", "physics"),
        ("总分", "total", "total"),
        ("科目", "long", "subject"),
        ("分数", "long", "score"),
        ("序号", "ignored", "序号"),
        ("身份证号", "ignored", "身份证号"),
        ("数学等级", "ignored", "数学等级"),
        ("数学（等级）", "ignored", "数学等级"),
        ("班级排名", "ignored", "班级排名"),
        ("语文标准分", "ignored", "语文标准分"),
        ("信息科技", "unknown", "信息科技"),
        ("英语听力", "unknown", "英语听力"),
        ("数学(文)", "unknown", "数学(文)"),
    ],
)
def test_a_header_has_one_meaning(header: str, role: str, name: str) -> None:
    found = meaning(header, declared=NONE)
    assert (found.role, found.name) == (role, name)


@pytest.mark.parametrize(
    ("header", "full_mark"),
    [
        ("数学(120分)", "120"),
        ("数学（满分120）", "120"),
        ("数学【满分：112.5分】", "112.5"),
        ("Math (max 120)", "120"),
        ("数学(分)", None),
        ("数学", None),
    ],
)
def test_a_header_may_state_the_full_mark(header: str, full_mark: str | None) -> None:
    found = meaning(header, declared=NONE)
    assert (found.name, found.full_mark) == ("math", full_mark)


@pytest.mark.parametrize("header", ["信息科技", "信息科技成绩", "信 息 科 技(50分)"])
def test_a_declared_subject_is_known(header: str) -> None:
    found = meaning(header, declared=frozenset({"信息科技"}))
    assert (found.role, found.name) == ("subject", "信息科技")


def test_a_declaration_wins_over_the_table() -> None:
    assert meaning("备注", declared=frozenset({"备注"})).role == "subject"


@pytest.mark.parametrize("declared", ["math", "数学", "数学成绩"])
def test_a_declared_code_or_name_means_the_same_subject(declared: str) -> None:
    assert subject_code(declared) == "math"
    assert meaning("数学", declared=frozenset({declared})).name == "math"


def test_an_unknown_subject_keeps_its_name() -> None:
    assert subject_code(" 信息科技 ") == "信息科技"


def test_every_synonym_means_one_thing() -> None:
    synonyms = [
        s for table in (FIELDS, SUBJECTS, LONG) for names in table.values() for s in names
    ]
    assert len(synonyms) == len(set(synonyms))
    assert [squeezed(synonym) for synonym in synonyms] == synonyms
