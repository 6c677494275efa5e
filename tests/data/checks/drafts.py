"""Small drafts for tests, written as lines of comma-separated text."""

from collections.abc import Mapping

from core.findings import Finding
from data.checks.draft import Draft, DraftSubject
from data.importers.layout import lay_out
from tests.data.importers.sheets import make_sheet

HEADER = "学校代码,学校名称,年级,班级,学籍号,姓名,语文,数学\n"
FULL_MARK = 12000


def make_draft(
    text: str,
    *,
    kinds: Mapping[tuple[int, int], str] | None = None,
    full_mark: int = FULL_MARK,
    is_given: bool = True,
    header: str = HEADER,
) -> Draft:
    """Return the draft of a grade 8 file with these rows; ``kinds`` by (row, column) from 1."""
    laid = lay_out(make_sheet(header + text, kinds=kinds), declared_subjects=frozenset())
    assert laid.entries is not None, laid.findings
    assert laid.marks is not None
    subjects = tuple(
        DraftSubject(code, name, full_mark, is_given) for code, name in laid.subjects.items()
    )
    return Draft(
        laid.entries, laid.marks, subjects, 8, totals=laid.totals, headers=laid.headers
    )


def row(
    number: str = "P1",
    *,
    code: str = "01",
    school: str = "一中",
    grade: str = "八年级",
    class_name: str = "1班",
    name: str = "甲",
    chinese: str = "80",
    math: str = "85",
) -> str:
    """Return one row under ``HEADER``."""
    return ",".join((code, school, grade, class_name, number, name, chinese, math)) + "\n"


def many(count: int, **fields: str) -> str:
    """Return rows of pupils P1, P2, ... that are alike but for their marks."""
    return "".join(
        row(f"P{i}", **{"chinese": str(60 + i % 50), "math": str(50 + i % 60), **fields})
        for i in range(1, count + 1)
    )


Place = tuple[str, int | None, str | None]


def places(findings: list[Finding]) -> list[Place]:
    """Return severity, row and column of findings."""
    return [(finding.severity, finding.row, finding.column) for finding in findings]
