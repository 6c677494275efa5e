"""Words below a subject: its mark, a converted score, or a rank and the like."""

import pytest

from data.importers.score_parts import converted_subject, part_of


@pytest.mark.parametrize(
    "word", ["分数", "得分", "卷面分", "成绩", "原始分", "卷面成绩", "分", "score", "Mark"]
)
def test_marks(word: str) -> None:
    assert part_of(word) == "mark"


@pytest.mark.parametrize(
    "word",
    ["赋分", "等级赋分", "标准分", "T分", "折合分", "折算成绩", "转换分", "scaled score"],
)
def test_converted_scores(word: str) -> None:
    assert part_of(word) == "converted"


@pytest.mark.parametrize(
    "word",
    [
        "等级", "等第", "名次", "班次", "校次", "班名", "校名", "级名", "年级排名", "县排",
        "联考名次", "全县名次", "位次", "班级名次", "百分位", "进退步", "rank", "Grade", "级次",
        "区排名", "校序",
    ],
)  # fmt: skip
def test_ranks_and_grades(word: str) -> None:
    assert part_of(word) == "other"


@pytest.mark.parametrize("word", ["语文", "学校", "姓名", "任课教师", "85", "听力", ""])
def test_other_words_are_no_parts(word: str) -> None:
    assert part_of(word) is None


@pytest.mark.parametrize("header", ["化学赋分", "化学（赋分）", "化学-标准分", "化学 T分"])
def test_a_header_may_name_a_converted_score(header: str) -> None:
    found = converted_subject(header, declared=frozenset())
    assert found is not None
    assert found.name == "chemistry"


@pytest.mark.parametrize("header", ["化学", "赋分", "化学等级", "信息科技赋分", "总分标准分"])
def test_other_headers_name_none(header: str) -> None:
    assert converted_subject(header, declared=frozenset()) is None


def test_a_declared_subject_has_converted_scores_too() -> None:
    found = converted_subject("信息科技赋分", declared=frozenset({"信息科技"}))
    assert found is not None
    assert found.name == "信息科技"
