"""How much of a long report is sent to a screen: the first places of every rule, and totals."""

from collections import Counter
from collections.abc import Iterable, Sequence

from core.findings import Finding

MOST_BYTES = 200_000
_MOST_PLACES = (200, 100, 50, 20, 10, 5, 1)  # of one rule; the largest that fits is taken
_OVERHEAD = 60  # bytes of a finding beside its texts


def shown_findings(
    findings: Sequence[Finding], *, most_bytes: int = MOST_BYTES
) -> tuple[Finding, ...]:
    """Return the findings that a page sends to the browser; the rest belongs in a download.

    Findings without a row, totals among them, always stay. Of the others every rule keeps as
    many of its first places as fit, and one finding more says how many were left out.

    Parameters
    ----------
    findings : sequence of Finding
        A whole report, in its order.
    most_bytes : int
        Size of all texts as UTF-8. More rules than fit at one place each exceed it.
    """
    shown = tuple(findings)
    for most in _MOST_PLACES:
        if _size(shown) <= most_bytes:
            break
        shown = _first_places(findings, most=most)
    return shown


def _size(findings: Iterable[Finding]) -> int:
    return sum(
        _OVERHEAD + len(f"{f.message_zh}{f.message_en}{f.column}{f.value}".encode())
        for f in findings
    )


def _first_places(findings: Sequence[Finding], *, most: int) -> tuple[Finding, ...]:
    seen = Counter[tuple[str, str]]()
    kept: list[Finding] = []
    for finding in findings:
        key = (finding.severity, finding.check)
        seen[key] += finding.row is not None
        if finding.row is None or seen[key] <= most:
            kept.append(finding)
        elif seen[key] == most + 1:
            kept.append(_left_out(finding, count=_count(findings, finding) - most))
    return tuple(kept)


def _count(findings: Iterable[Finding], like: Finding) -> int:
    return sum(
        f.row is not None and (f.severity, f.check) == (like.severity, like.check)
        for f in findings
    )


def _left_out(finding: Finding, *, count: int) -> Finding:
    return Finding(
        finding.severity,
        finding.check,
        None,
        None,
        None,
        f"这类问题另有 {count} 条没有在此显示，请下载完整的检查结果。",
        f"Findings of this kind that are not shown here: {count}. Download the whole report.",
    )
