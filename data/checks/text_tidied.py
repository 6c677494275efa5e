"""Say what was put right in names and numbers."""

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import entry_places, grouped

_WORDS = {
    "space": (
        "“{column}”列有 {n} 个单元格含多余的空白或换行（{rows}），已去掉。",
        "Cells in {column} with spare spaces or line breaks: {n} ({rows}); they were removed.",
    ),
    "dot": (
        "“{column}”列有 {n} 个间隔号写法不同（{rows}），已统一为 ·。",
        "Middle dots in {column} of another form: {n} ({rows}); they were made ·.",
    ),
    "width": (
        "“{column}”列有 {n} 个单元格含全角字符（{rows}），已统一为半角。",
        "Cells in {column} with full-width characters: {n} ({rows}); they were made usual.",
    ),
    "letter": (
        "“{column}”列有 {n} 个号码含小写字母、全角字符或前导撇号（{rows}），已统一。",
        "Numbers in {column} with lower case, full-width characters or a leading apostrophe: "
        "{n} ({rows}); they were made alike.",
    ),
}


def check_text_tidied(draft: Draft) -> list[Finding]:
    """Note every change that cleaning made, by column."""
    return [
        finding
        for key, mask in draft.clean.changed.items()
        for name, change in [key.split(":")]
        for finding in grouped(
            entry_places(draft, mask, name),
            check="text_tidied",
            words=_WORDS[change],
            severity="note",
        )
    ]
