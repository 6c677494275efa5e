"""Somebody should come near the full mark."""

import numpy as np

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.remarks import percent, remark
from data.checks.score_range import points

_NEAR = 0.6
_MIN_PUPILS = 30


def check_full_mark_unreached(draft: Draft) -> list[Finding]:
    """Warn of subjects in which nobody has more than 60% of the full mark."""
    findings = []
    for subject in draft.subjects:
        scores = draft.points[subject.code].dropna().to_numpy(np.float64)
        best, full = float(scores.max(initial=0)), subject.full_mark_hundredths
        if len(scores) >= _MIN_PUPILS and best <= _NEAR * full:
            findings.append(_finding(subject.name, best=round(best), full=full, n=len(scores)))
    return findings


def _finding(subject: str, *, best: int, full: int, n: int) -> Finding:
    share = percent(best / full)
    return remark("warning", "full_mark_unreached", (
        f"“{subject}”{n} 人的最高分是 {points(best)}，只有满分 {points(full)} 的 {share}。"
        f"满分很可能填错，得分率和分数线都会错；请核对满分。",
        f"{subject}: the best of {n} scores is {points(best)}, only {share} of "
        f"the full mark {points(full)}. Most likely the full mark is wrong, and with it all "
        f"rates and lines; check it.",
    ), column=subject, value=points(best))  # fmt: skip
