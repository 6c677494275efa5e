"""Words for the figures of a subject: its mark, a converted score, a rank or grade."""

import re
from typing import Literal

from data.importers.headers import Header, meaning, squeezed

Part = Literal["mark", "converted", "other"]

_MARK = (
    r"(卷面|原始|考试|实际|实|笔试)?(成绩|分数|得分|分值|总?分)|卷面|原始|"
    r"score|marks?|points?|raw(score|mark)?"
)
_CONVERTED = (
    r"(等级)?赋分(分数?|成绩|值)?|等级分|标准分(数)?|[tz]分(数|值)?|折合(后)?(分数?|成绩)?|"
    r"折算(后)?(分数?|成绩)?|转换(后)?(分数?|成绩)?|(scaled|standard|converted|assigned)score|[tz]score"
)
_RANK_SCOPE = (
    r"全?(班级?|年级|年段|段|级|校|学校|学区|片区?|区县?|县区?|市|联考|总|本校|全[校班县区市])"
)
_OTHER = (
    rf"({_RANK_SCOPE})?内?(名次?|排名?|排序|位次?|次|序)|等级|等第|等|级|百分位(数|等级)?|"
    r"进退步?|升降|是否.*|(class|school|grade|county)?(rank(ing)?|grade|level|percentile|position)"
)
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("mark", re.compile(_MARK)),
    ("converted", re.compile(_CONVERTED)),
    ("other", re.compile(_OTHER)),
)
_CONVERTED_END = re.compile(rf"(.+?)[-_·.]?({_CONVERTED})")


def part_of(text: str) -> Part | None:
    """Return which figure of a subject a word below the subject means.

    Examples
    --------
    >>> part_of("得 分"), part_of("赋分"), part_of("班名"), part_of("语文")
    ('mark', 'converted', 'other', None)
    """
    plain = re.sub(r"[()\[\]【】]", "", squeezed(text))
    return next((part for part, words in _PARTS if words.fullmatch(plain)), None)


def converted_subject(text: str, *, declared: frozenset[str]) -> Header | None:
    """Return the subject whose converted score a header means.

    Examples
    --------
    >>> converted_subject("化学（赋分）", declared=frozenset()).name
    'chemistry'
    """
    plain = re.sub(r"[()\[\]【】]", "", squeezed(text))
    match = _CONVERTED_END.fullmatch(plain)
    found = meaning(match[1], declared=declared) if match else None
    return found if found and found.role == "subject" else None
