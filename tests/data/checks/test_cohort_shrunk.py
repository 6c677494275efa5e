"""Schools that lost many of their pupils."""

from typing import Any

from data.checks.cohort_shrunk import check_cohort_shrunk
from data.checks.known import EarlierExam
from tests.data.checks.drafts import make_draft, many
from tests.data.checks.known_county import known_draft, make_earlier, make_known


def earlier(n: int, **fields: Any) -> EarlierExam:
    return make_earlier([f"P{i}" for i in range(n)], {"chinese": [60.0] * n}, **fields)


def test_a_school_with_85_per_cent_of_its_pupils_passes() -> None:
    known = make_known(baseline=earlier(40))
    assert check_cohort_shrunk(known_draft(many(34), known)) == []
    assert check_cohort_shrunk(make_draft(many(34))) == []


def test_fewer_are_asked_about_with_both_counts() -> None:
    (finding,) = check_cohort_shrunk(known_draft(many(33), make_known(baseline=earlier(40))))
    assert (finding.severity, finding.value) == ("warning", "33")
    assert "在“上次期末”中有 40 名学生，本次只有 33 名（82.5%）" in finding.message_zh


def test_a_small_school_may_lose_four_pupils() -> None:
    assert check_cohort_shrunk(known_draft(many(6), make_known(baseline=earlier(10)))) == []


def test_an_exam_of_another_stage_is_not_compared() -> None:
    known = make_known(baseline=earlier(40, grade=6))
    assert check_cohort_shrunk(known_draft(many(5), known)) == []


def test_a_correction_is_compared_with_the_release_it_replaces() -> None:
    known = make_known(superseded=earlier(40, name="本次"), baseline=earlier(20))
    (finding,) = check_cohort_shrunk(known_draft(many(20), known))
    assert "在“本次”中有 40 名学生" in finding.message_zh


def test_a_school_that_vanished_is_named_by_the_tree() -> None:
    known = make_known(
        baseline=earlier(10, schools=["01"] * 5 + ["02"] * 5), schools={"02": "二中"}
    )
    (finding,) = check_cohort_shrunk(known_draft(many(5), known))
    assert finding.message_zh.startswith("二中：在“上次期末”中有 5 名学生，本次只有 0 名")


def test_a_schools_clerk_hears_of_his_school_only() -> None:
    known = make_known(baseline=earlier(10, schools=["01"] * 5 + ["02"] * 5), as_school="01")
    assert check_cohort_shrunk(known_draft(many(5), known)) == []
