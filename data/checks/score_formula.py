"""Scores that are formulas are read by their stored result, and said so."""

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import grouped, mark_places

_WORDS = (
    "“{column}”有 {n} 个成绩是公式（{rows}），用了其中保存的结果。请核对，"
    "最好粘贴为数值后再上传。",
    "Scores in {column} that are formulas: {n} ({rows}); their stored results were used. Check "
    "them, and better paste them as values.",
)


def check_score_formula(draft: Draft) -> list[Finding]:
    """Warn of scores that are formulas."""
    places = mark_places(draft, (draft.read["kind"] == "formula").to_numpy(bool))
    return grouped(places, check="score_formula", words=_WORDS, severity="warning")
