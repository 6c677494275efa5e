"""The name of a subject keeps the rules of every other name."""

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.text_characters import fault_of
from data.checks.text_length import MAX_LENGTH

_WORDS = {
    "formula": (
        "科目名称以 = + - @ 开头，像公式，含非法字符。请改正表头，并用新名称给出满分。",
        "The name of a subject starts with = + - or @ like a formula. Correct the header, and "
        "give the full mark under the new name.",
    ),
    "invisible": (
        "科目名称含不可见的控制字符（非法字符）。请删除后重新输入。",
        "The name of a subject holds invisible control characters. Delete and retype it.",
    ),
    "sign": (
        "科目名称含非法字符。只能用文字、数字、间隔号 ·、连字符和圆括号，请改正。",
        "The name of a subject holds characters that are not allowed. Use letters, digits, the "
        "middle dot, hyphens and round brackets.",
    ),
    "long": (
        f"科目名称过长：{{length}} 个字，超过 {MAX_LENGTH} 个字。请改正。",
        f"The name of a subject is too long: {{length}} characters, at most {MAX_LENGTH}.",
    ),
}


def check_subject_name(draft: Draft) -> list[Finding]:
    """Refuse names of subjects that a page, a sheet or a database may run, and long ones."""
    found = []
    for subject in draft.subjects:
        # A long header is shown shortened; the code holds the whole of it.
        length = max(len(subject.name), len(subject.code))
        fault = "long" if length > MAX_LENGTH else fault_of(subject.name)
        if fault:
            zh, en = (text.format(length=length) for text in _WORDS[fault])
            header = _header(draft, subject.code)
            found.append(Finding("error", "subject_name", None, header, None, zh, en))
    return found


def _header(draft: Draft, code: str) -> str | None:
    own = draft.marks.loc[(draft.marks["subject"] == code).to_numpy(bool), "column"].dropna()
    return None if own.empty else str(own.iloc[0])
