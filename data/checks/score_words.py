"""Say how many scores are absent, withheld, exempt, or empty."""

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import grouped, mark_places

_WORDS = {
    "absent": (
        "“{column}”有 {n} 人缺考（{rows}），不计入平均分，也不作 0 分。",
        "Absent in {column}: {n} ({rows}). They take no part in averages and are not 0.",
    ),
    "withheld": (
        "“{column}”有 {n} 人违纪或作弊（{rows}），成绩不计，也不作 0 分。",
        "Withheld for misconduct in {column}: {n} ({rows}). They are not counted as 0.",
    ),
    "exempt": (
        "“{column}”有 {n} 人免考（{rows}），不计入平均分。",
        "Exempt in {column}: {n} ({rows}). They take no part in averages.",
    ),
    "missing": (
        "“{column}”有 {n} 个成绩为空（{rows}），按未录入处理，不作缺考，也不作 0 分。",
        "Empty scores in {column}: {n} ({rows}). They count as not entered, neither absent nor "
        "0.",
    ),
}


def check_score_words(draft: Draft) -> list[Finding]:
    """Note the scores that are no numbers, by state and column."""
    is_plain = ((draft.read["fault"] == "") & ~draft.read["is_ambiguous"]).to_numpy(bool)
    state = draft.read["state"]
    return [
        finding
        for name, words in _WORDS.items()
        for finding in grouped(
            mark_places(draft, is_plain & (state == name).to_numpy(bool)),
            check="score_words",
            words=words,
            severity="note",
        )
    ]
