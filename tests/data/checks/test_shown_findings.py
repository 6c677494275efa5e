"""A long report is cut to what a page can send, rule by rule."""

from collections import Counter

from core.findings import Finding, outcome_of
from data.checks.shown_findings import shown_findings


def finding(check: str, row: int | None, *, length: int = 100) -> Finding:
    return Finding("error", check, row, "数学", "xx", "错" * length, "wrong" * length)


def size_of(findings: tuple[Finding, ...]) -> int:
    return sum(len((f.message_zh + f.message_en).encode()) for f in findings)


def test_a_short_report_stays_whole() -> None:
    report = [finding("a", 2), finding("b", 3), finding("a", None)]
    assert shown_findings(report) == tuple(report)


def test_a_long_report_keeps_the_first_places_of_every_rule() -> None:
    report = [finding(check, row) for check in "abc" for row in range(2, 202)]
    report += [finding(check, None) for check in "abc"]
    shown = shown_findings(report, most_bytes=60_000)
    assert size_of(shown) <= 60_000
    assert Counter(f.check for f in shown) == {"a": 22, "b": 22, "c": 22}
    assert [f.row for f in shown if f.check == "b"] == [*range(2, 22), None, None]
    assert "另有 180 条没有在此显示" in shown[20].message_zh
    assert "not shown here: 180" in shown[20].message_en


def test_a_rule_with_few_places_loses_none() -> None:
    report = [finding("a", row) for row in range(2, 202)] + [finding("b", 7)]
    shown = shown_findings(report, most_bytes=20_000)
    assert finding("b", 7) in shown
    assert outcome_of(shown) == outcome_of(report)


def test_findings_without_a_row_are_never_cut() -> None:
    report = [finding("a", None) for _ in range(300)]
    assert shown_findings(report, most_bytes=1000) == tuple(report)


def test_a_report_that_never_fits_keeps_one_place_a_rule() -> None:
    report = [finding("a", row) for row in (2, 3, 4)]
    assert [f.row for f in shown_findings(report, most_bytes=1)] == [2, None]
