"""A school of the file should be one that the county's tree has."""

import numpy as np

from core.findings import Finding
from data.checks.by_school import by_school
from data.checks.draft import Draft

_MOST = 0.5
_WORDS = (
    "{school}：学校代码未登记，库中没有这所学校（{n} 名学生，{rows}）。请核对学校代码；"
    "若是新学校，请先用花名册登记。",
    "{school}: no school of this code is known (pupils {n}, {rows}). Check the code; enter a "
    "new school by a roster first.",
)


def check_school_unknown(draft: Draft) -> list[Finding]:
    """Refuse schools that no roster has, where rosters hold this year's pupils.

    Where most of the file's schools are unknown, the rosters are of other schools: a warning.
    """
    known = draft.known
    cohort = known.roster["cohort"]
    if known.cohort is None or not (cohort == known.cohort).any():
        return []
    codes = list(draft.school.categories)
    unknown = [code for code in codes if code not in known.schools]
    mask = np.asarray(draft.clean.frame["school_code"].isin(unknown), dtype=bool)
    return by_school(
        draft,
        mask,
        check="school_unknown",
        words=_WORDS,
        column="school_code",
        severity="error" if len(unknown) <= _MOST * len(codes) else "warning",
    )
