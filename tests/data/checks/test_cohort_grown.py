"""Schools that gained many pupils."""

from data.checks.cohort_grown import check_cohort_grown
from tests.data.checks.drafts import make_draft, many
from tests.data.checks.known_county import known_draft, make_earlier, make_known

KNOWN = make_known(
    baseline=make_earlier([f"P{i}" for i in range(40)], {"chinese": [60.0] * 40})
)


def test_a_quarter_more_pupils_pass() -> None:
    assert check_cohort_grown(known_draft(many(50), KNOWN)) == []
    assert check_cohort_grown(make_draft(many(50))) == []


def test_more_than_that_is_asked_about() -> None:
    (finding,) = check_cohort_grown(known_draft(many(51), KNOWN))
    assert (finding.severity, finding.value) == ("warning", "51")
    assert "在“上次期末”中有 40 名学生，本次有 51 名（127.5%）" in finding.message_zh


def test_a_school_that_was_not_there_before_is_no_growth() -> None:
    text = many(40) + "".join(f"02,二中,八年级,1班,Q{i},甲,80,80\n" for i in range(30))
    assert check_cohort_grown(known_draft(text, KNOWN)) == []
