"""A full mark that nobody gave is an assumption, and said so."""

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.score_range import points


def check_assumed_full_mark(draft: Draft) -> list[Finding]:
    """Warn of each subject whose full mark was assumed."""
    return [
        Finding(
            "warning",
            "assumed_full_mark",
            None,
            subject.name,
            None,
            f"“{subject.name}”未给出满分，按 {points(subject.full_mark_hundredths)} 分处理。"
            f"得分率和各分数线都依赖满分，请核对。",
            f"No full mark was given for {subject.name}; "
            f"{points(subject.full_mark_hundredths)} was assumed. Score rates and all lines "
            f"rest on it; check it.",
        )
        for subject in draft.subjects
        if not subject.full_mark_given
    ]
