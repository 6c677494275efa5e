"""The column 性别 is used where it says boy or girl; other words are left out and told."""

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import entry_places, grouped

_WORDS = (
    "“{column}”列有 {n} 个单元格不是男或女（{rows}），这些学生按没有性别处理。"
    "如需按性别统计，请改成“男”或“女”后重新上传。",
    "Cells in {column} that are neither 男 (male) nor 女 (female): {n} ({rows}); these pupils "
    "count as without a sex. Type 男 or 女 and upload again if results by sex are needed.",
)


def check_sex(draft: Draft) -> list[Finding]:
    """Warn of words that mean neither boy nor girl; the words are never shown."""
    places = entry_places(draft, draft.clean.unknown_sex, "sex")
    return grouped(places, check="sex", words=_WORDS, severity="warning")
