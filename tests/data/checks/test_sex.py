"""Words for boy and girl: made one of two, or told and left out."""

import pytest

from data.checks.screening import screen
from data.checks.sex import check_sex
from tests.data.checks.drafts import make_draft

HEADER = "学校,学籍号,性别,数学\n"


def pupils(*words: str) -> str:
    return "".join(f"一中,P{i},{word},{60 + i}\n" for i, word in enumerate(words, 1))


@pytest.mark.parametrize(
    ("words", "cleaned"),
    [
        (("男", " 男 ", "男生", "男 性", "M", "m", "Male", "MALE", "boy", "Ｍ"), "男"),
        (("女", "女生", "女性", "F", "f", "Female", "GIRL", "girl "), "女"),
    ],
)
def test_known_words_become_one(words: tuple[str, ...], cleaned: str) -> None:
    draft = make_draft(pupils(*words), header=HEADER)
    assert draft.clean.frame["sex"].tolist() == [cleaned] * len(words)
    assert check_sex(draft) == []


def test_an_unknown_word_is_a_warning_and_no_value() -> None:
    draft = make_draft(pupils("男", "赵一鸣", "", "5", "女"), header=HEADER)
    (finding,) = check_sex(draft)
    assert (finding.severity, finding.check) == ("warning", "sex")
    assert (finding.row, finding.column, finding.value) == (3, "性别", None)
    assert "有 2 个" in finding.message_zh
    assert "第 3、5 行" in finding.message_zh
    assert "赵一鸣" not in finding.message_zh + finding.message_en
    scores = screen(draft).scores
    assert scores is not None
    assert scores["sex"].isna().tolist() == [False, True, True, True, False]


def test_a_file_without_the_column_passes() -> None:
    draft = make_draft("一中,P1,85\n", header="学校,学籍号,数学\n")
    assert check_sex(draft) == []
    assert draft.clean.frame["sex"].isna().all()
