"""A school's clerk cannot bring pupils who stand in another school of the published exam."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import entry_places, listed, no_places

_WORDS = {
    "": (
        "第 {line} 行的学生在本场考试已发布的版本中属于另一所学校，同一学生不能在两所学校。"
        "请核对学籍号；若确属本校，须先由原学校更正，或由教育局导入包含各校的文件。",
        "Row {line}: the pupil stands in another school of the published exam, and nobody "
        "stands in two. Check the pupil number; if he is yours, the other school must correct "
        "its file first, or the bureau imports one file of all schools.",
    )
}


def find_released_elsewhere(draft: Draft) -> pd.DataFrame:
    """Return the rows of pupils whom the current release of the exam has in another school."""
    release, own = draft.known.superseded, draft.known.as_school
    if release is None or own is None:
        return no_places()
    others = release.scores.loc[(release.scores["school"] != own).to_numpy(bool), "pupil"]
    mask = draft.enrolment["pupil"].isin(others)
    return entry_places(draft, np.asarray(mask, dtype=bool), "pupil_number")


def check_released_elsewhere(draft: Draft) -> list[Finding]:
    """Refuse a school's file with pupils of another school; neither is named."""
    return listed(find_released_elsewhere(draft), check="released_elsewhere", words=_WORDS)
