"""Exam numbers that two pupils share."""

from data.checks.exam_number_twice import check_exam_number_twice, find_exam_number_twice
from tests.data.checks.drafts import make_draft, places

HEADER = "学校代码,学校名称,学籍号,考号,语文\n"


def file(*rows: tuple[str, str, str]) -> str:
    return "".join(f"{school},S{school},{pupil},{exam},80\n" for school, pupil, exam in rows)


def test_exam_numbers_of_their_own_pass() -> None:
    draft = make_draft(file(("01", "P1", "9001"), ("01", "P2", "9002")), header=HEADER)
    assert check_exam_number_twice(draft) == []


def test_one_exam_number_of_two_pupils_of_a_school_is_refused() -> None:
    text = file(("01", "P1", "9001"), ("01", "P2", "9002"), ("01", "P3", "9001"))
    draft = make_draft(text, header=HEADER)
    found = check_exam_number_twice(draft)
    assert places(found) == [("error", 2, "考号"), ("error", 4, "考号")]
    assert "9001" not in "".join(f.message_zh + f.message_en for f in found)
    assert find_exam_number_twice(draft)["row"].tolist() == [2, 4]


def test_one_exam_number_in_two_schools_is_asked_about() -> None:
    draft = make_draft(file(("01", "P1", "9001"), ("02", "P2", "9001")), header=HEADER)
    (finding,) = check_exam_number_twice(draft)
    assert finding.severity == "warning"
    assert "有 2 个考号在不同学校重复出现" in finding.message_zh


def test_a_pupil_who_stands_in_the_file_twice_is_left_to_its_own_rule() -> None:
    draft = make_draft(file(("01", "P1", "9001"), ("01", "P1", "9001")), header=HEADER)
    assert check_exam_number_twice(draft) == []


def test_empty_exam_numbers_are_not_equal() -> None:
    draft = make_draft(file(("01", "P1", ""), ("01", "P2", "")), header=HEADER)
    assert check_exam_number_twice(draft) == []
