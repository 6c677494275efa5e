"""Say where spaces or full-width digits of a score were put right."""

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import grouped, mark_places

_WORDS = (
    "“{column}”有 {n} 个成绩含空格或全角数字（{rows}），已转换。",
    "Scores in {column} with spaces or full-width digits: {n} ({rows}); they were converted.",
)


def check_score_tidied(draft: Draft) -> list[Finding]:
    """Note scores that were converted."""
    places = mark_places(draft, draft.read["is_tidied"].to_numpy(bool))
    return grouped(places, check="score_tidied", words=_WORDS, severity="note")
