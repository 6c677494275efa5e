"""Words and signs that may mean absent, exempt or not entered are asked about."""

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import grouped, mark_places

_WORDS = (
    "“{column}”有 {n} 个单元格含义不明（{rows}），例如 - / 无，暂按未录入处理，不作 0 分。"
    "请确认其含义；缺考请写“缺考”，免考请写“免考”。",
    "Cells in {column} of unclear meaning, such as - or /: {n} ({rows}). They count as not "
    "entered, not as 0. Confirm, or write 缺考 (absent) or 免考 (exempt).",
)


def check_score_ambiguous(draft: Draft) -> list[Finding]:
    """Warn of words and signs whose meaning is not agreed."""
    places = mark_places(draft, draft.read["is_ambiguous"].to_numpy(bool))
    return grouped(places, check="score_ambiguous", words=_WORDS, severity="warning")
