"""A score lies between 0 and the full mark."""

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import listed, mark_places

_WORDS = {
    "negative": (
        "第 {line} 行“{column}”的成绩{value}是负数，无效。成绩须在 0 到 {full} 之间；"
        "缺考请写“缺考”。",
        "Row {line}, {column}: the score {value} is negative. It must be within 0 to {full}; "
        "write 缺考 for absent.",
    ),
    "above_full_mark": (
        "第 {line} 行“{column}”的成绩{value}超过满分 {full}。请改正成绩，或设置正确的满分。",
        "Row {line}, {column}: the score {value} is above the full mark {full}. Correct it, or "
        "set the full mark.",
    ),
}


def find_score_range(draft: Draft) -> pd.DataFrame:
    """Return the scores below 0 or above the full mark."""
    mask = draft.read["fault"].isin(list(_WORDS)).to_numpy(bool)
    full = {s.code: points(s.full_mark_hundredths) for s in draft.subjects}
    return mark_places(draft, mask).assign(full=draft.read.loc[mask, "subject"].map(full))


def check_score_range(draft: Draft) -> list[Finding]:
    """Refuse scores outside 0 to the full mark."""
    return listed(find_score_range(draft), check="score_range", words=_WORDS)


def points(hundredths: int) -> str:
    """Return hundredths of a point as people write points.

    Examples
    --------
    >>> points(12000), points(12050)
    ('120', '120.5')
    """
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
