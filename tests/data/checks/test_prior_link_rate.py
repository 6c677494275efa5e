"""The share of pupils who are found in the exam before."""

import pytest

from data.checks.known import Known
from data.checks.prior_link_rate import check_prior_link_rate
from tests.data.checks.drafts import make_draft, many
from tests.data.checks.known_county import known_draft, make_earlier, make_known


def known_with(n: int) -> Known:
    numbers = [f"P{i}" for i in range(1, n + 1)]
    return make_known(baseline=make_earlier(numbers, {"chinese": [60.0] * n}))


def test_without_an_exam_before_nothing_is_said() -> None:
    assert check_prior_link_rate(make_draft(many(20))) == []


@pytest.mark.parametrize(
    ("n_before", "severity", "rate", "word"),
    [
        (20, "note", "100.0%", "能在上次考试“上次期末”中找到"),
        (18, "note", "90.0%", "20 名学生中有 18 名"),
        (17, "warning", "85.0%", "少于 90%"),
        (9, "warning", "45.0%", "请勿发布"),
    ],
)
def test_the_rate_is_always_told(n_before: int, severity: str, rate: str, word: str) -> None:
    (finding,) = check_prior_link_rate(known_draft(many(20), known_with(n_before)))
    assert (finding.severity, finding.value) == (severity, rate)
    assert word in finding.message_zh
    assert rate in finding.message_en


def test_the_schools_far_below_are_named() -> None:
    others = "".join(f"02,二中,八年级,1班,Q{i},甲,80,80\n" for i in range(1, 11))
    found = check_prior_link_rate(known_draft(many(40) + others, known_with(40)))
    assert [f.severity for f in found] == ["warning", "warning"]
    assert "二中（02） 0.0%" in found[1].message_zh
    assert "一中" not in found[1].message_zh
