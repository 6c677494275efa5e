"""Names of questions: one code for Q1, 1, 第1题 and 1、您是否 .."""

import re
import unicodedata

_QUESTION = re.compile(
    r"(?:第|题|q|问题)?\(?([0-9]{1,3})\)?(?:题)?((?:[-._(]+[0-9]{1,2}\)?)?)(?:[.、:,)].*)?"
)


def question_code(text: str) -> str | None:
    """Return the code of the question that a header names, or None.

    Examples
    --------
    >>> [question_code(text) for text in ("Q1", "第12题", "3、睡几个小时？", "4(2)", "学校")]
    ['Q1', 'Q12', 'Q3', 'Q4_2', None]
    """
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    match = _QUESTION.fullmatch(plain)
    if match is None:
        return None
    part = re.sub(r"[^0-9]", "", match[2])
    return f"Q{int(match[1])}{f'_{int(part)}' if part else ''}"
