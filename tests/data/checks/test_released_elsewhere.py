"""Pupils of a school's file who stand in another school of the exam as it is published."""

from data.checks.released_elsewhere import check_released_elsewhere, find_released_elsewhere
from data.checks.screening import screen
from tests.data.checks.drafts import many, places
from tests.data.checks.known_county import known_draft, make_earlier, make_known

RELEASE = make_earlier(
    ["P1", "P2", "P3"], {"chinese": [80, 81, 82]}, schools=["01", "02", "03"]
)


def test_each_row_is_named_and_neither_the_pupil_nor_the_other_school() -> None:
    draft = known_draft(many(4), make_known(as_school="01", superseded=RELEASE))
    findings = check_released_elsewhere(draft)
    assert places(findings) == [("error", 3, "学籍号"), ("error", 4, "学籍号")]
    said = "".join(f.message_zh + f.message_en for f in findings)
    assert "P2" not in said
    assert "02" not in said
    assert find_released_elsewhere(draft)["row"].tolist() == [3, 4]
    assert screen(draft).n_refused == 2


def test_a_file_of_the_whole_exam_moves_pupils_between_schools() -> None:
    assert check_released_elsewhere(known_draft(many(4), make_known(superseded=RELEASE))) == []


def test_a_first_release_has_nothing_to_compare() -> None:
    assert check_released_elsewhere(known_draft(many(4), make_known(as_school="01"))) == []
