"""What a call says of an exam keeps the rules of every other name: nothing that may be run."""

from core.errors import SettingsError
from data.checks.text_characters import fault_of

_STARTS = tuple("=+-@＝＋－＠")
_OWN_SIGNS = dict.fromkeys(
    map(ord, "+#*,，:：;；/&%\"'’《》【】_~～!！?？\N{EN DASH}\N{IDEOGRAPHIC SPACE}"), "·"
)
"""Signs of the names of exams, beside those of every name."""

_WHAT = {
    "exam": ("The name of the exam", "考试名称"),
    "source": ("The source of the data", "数据来源"),
    "licence": ("The licence of the data", "数据许可"),
}


def require_plain(text: str | None, *, what: str) -> None:
    """Refuse a name of an exam, a source or a licence that a page or a sheet may run.

    Parameters
    ----------
    what : str
        exam, source or licence. A source cites and may hold any sign that can be seen.

    Raises
    ------
    SettingsError
        When it starts like a formula, or holds a sign that is not allowed or cannot be seen.
    """
    if not text:
        return
    (name, name_zh), plain = _WHAT[what], text.strip()
    if plain.startswith(_STARTS):
        raise SettingsError(
            f"{name} starts with {plain[0]!r} like a formula. Start it with a letter or digit.",
            f"{name_zh}以“{plain[0]}”开头，像公式。请以文字或数字开头。",
        )
    place = next((k for k, sign in enumerate(text, 1) if _fault(sign, what=what)), None)
    if place is None:
        return
    sign = text[place - 1]
    if _fault(sign, what=what) == "invisible":
        raise SettingsError(
            f"{name} holds the character U+{ord(sign):04X}, which cannot be seen, at place "
            f"{place} of {len(text)}; 0 are allowed. Delete it, or type the text anew.",
            f"{name_zh}第 {place} 个字符（共 {len(text)} 个）是不可见的 U+{ord(sign):04X}，"
            "不允许出现。请删除或重新输入。",
        )
    raise SettingsError(
        f"{name} holds {sign!r} at place {place} of {len(text)}, which is not allowed. Use "
        "letters, digits, spaces, hyphens, the middle dot, brackets and common punctuation.",
        f"{name_zh}第 {place} 个字符（共 {len(text)} 个）“{sign}”不允许使用。"
        "请用文字、数字、空格、连字符、间隔号、括号和常用标点。",
    )


def _fault(sign: str, *, what: str) -> str:
    """Return what is wrong with one character, wherever it stands but at the start."""
    shown = sign.translate(_OWN_SIGNS)
    fault = fault_of(f"a{shown}")
    return "" if fault == "sign" and what != "exam" else fault
