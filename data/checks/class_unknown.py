"""A class of the file should stand in the roster."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.by_school import by_school
from data.checks.draft import Draft
from data.checks.enrolment import class_keys

_WORDS = (
    "{school}：有 {n} 名学生所在的班级不在花名册中（{rows}）。请核对班级的写法，"
    "新班级请先更新花名册。",
    "{school}: pupils of a class that the roster does not have: {n} ({rows}). Check how the "
    "class is written; add new classes to the roster.",
)


def check_class_unknown(draft: Draft) -> list[Finding]:
    """Warn of classes that the roster does not have, in schools whose classes it has."""
    known = draft.known
    roster = known.roster[known.roster["class_name"].notna().to_numpy(bool)]
    if known.cohort is not None:
        roster = roster[(roster["cohort"] == known.cohort).to_numpy(bool, na_value=False)]
    if roster.empty:
        return []
    classes = roster[["school", "class_name"]].drop_duplicates()
    have = pd.MultiIndex.from_arrays(
        [classes["school"], class_keys(classes["class_name"], grade=draft.grade)]
    )
    frame = draft.clean.frame
    own = pd.MultiIndex.from_arrays(
        [frame["school_code"], class_keys(frame["class_name"], grade=draft.grade)]
    )
    asked = frame["class_name"].notna() & frame["school_code"].isin(classes["school"])
    unknown = np.asarray(asked, dtype=bool) & ~own.isin(have)
    return by_school(draft, unknown, check="class_unknown", words=_WORDS, column="class_name")
