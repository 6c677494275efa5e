"""Names of questions: one code for Q1, 1, 第1题, Q1 您是否 .. and 1、您是否 .."""

import re
import unicodedata

_MARKED = re.compile(
    r"(?:第 ?(?=[0-9]+(?: ?题|$))|题|q|问题|(?=\([0-9]+\))) ?\(?([0-9]{1,3})\)? ?题?"
)
_BARE = re.compile(r"([0-9]{1,3})(?: ?题)?")
# 3.2 is a part of question 3 only where nothing follows: 3.2小时够吗 asks about two hours.
_PART = re.compile(
    r" ?[-._]?\( ?([0-9]{1,2}) ?\)|[-_]([0-9]{1,2})(?![0-9])|\.([0-9]{1,2})(?=[ 、:,]|$)"
)
_ENDS = tuple(".、:,)。; ")


def question_code(text: str) -> str | None:
    """Return the code of the question that a header names, or None.

    A number that is marked as one (Q2, 第2题) may stand right before the words of the question;
    a bare number needs a sign or a space after it, else 3年级 would be a question.

    Examples
    --------
    >>> [question_code(text) for text in ("Q1", "第12题", "3、睡几个小时？", "4(2)", "学校")]
    ['Q1', 'Q12', 'Q3', 'Q4_2', None]
    >>> [question_code(text) for text in ("Q2 你喜欢学校吗", "Q2你", "2 你", "2年级")]
    ['Q2', 'Q2', 'Q2', None]
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    marked = _MARKED.match(plain)
    number = marked or _BARE.match(plain)
    if number is None:
        return None
    part = _PART.match(plain, number.end())
    rest = plain[(part or number).end() :]
    if rest[:1].isdigit() or not (marked or not rest or rest.startswith(_ENDS)):
        return None
    return f"Q{int(number[1])}{f'_{int(part[part.lastindex or 0])}' if part else ''}"
