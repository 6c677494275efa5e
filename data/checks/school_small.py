"""A school with a single pupil among larger ones is often a mistyped code."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.by_school import by_school
from data.checks.draft import Draft

_USUAL = 10  # median pupils a school from which a single one is odd
_WORDS = (
    "{school}：整个文件只有 1 名学生属于这所学校（{rows}），其它学校都多得多。"
    "学校代码可能写错，请核对。",
    "{school}: only 1 pupil of the whole file belongs to this school ({rows}), the others have "
    "many. The school code may be mistyped; check it.",
)


def check_school_small(draft: Draft) -> list[Finding]:
    """Warn of schools with one pupil where schools have ten or more."""
    codes = draft.school_index
    sizes = np.bincount(codes[codes >= 0], minlength=len(draft.school.categories))
    if not len(sizes) or float(np.median(sizes)) < _USUAL:
        return []
    single = (codes >= 0) & (pd.Series(sizes).reindex(codes).to_numpy() == 1)
    return by_school(draft, single, check="school_small", words=_WORDS, column="school_code")
