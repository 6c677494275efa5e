"""A score has at most two decimals: hundredths of a point are stored exactly."""

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import listed, mark_places

_WORDS = {
    "precision": (
        "第 {line} 行“{column}”的成绩{value}小数位过多：最多两位小数。请改正，"
        "不会自动四舍五入。",
        "Row {line}, {column}: the score{value} has more than two decimals. Correct it; "
        "nothing is rounded by itself.",
    )
}


def find_score_precision(draft: Draft) -> pd.DataFrame:
    """Return the scores with more than two decimals."""
    return mark_places(draft, (draft.read["fault"] == "precision").to_numpy(bool))


def check_score_precision(draft: Draft) -> list[Finding]:
    """Refuse scores with more than two decimals."""
    return listed(find_score_precision(draft), check="score_precision", words=_WORDS)
