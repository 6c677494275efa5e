"""One class of a school should be written in one way, or it counts as several."""

import pandas as pd

from core.findings import Finding
from data.checks.by_school import by_school
from data.checks.draft import Draft
from data.checks.enrolment import class_spelling_key

_WORDS = (
    "{school}：有 {n} 种班级写法可能指同样的班（{rows}），例如 1班、01班、(1)班、一班。"
    "现在各算一个班。如是同一个班，请统一写法后重新上传。",
    "{school}: spellings of classes that may mean the same class: {n} ({rows}), as 1班, 01班, "
    "(1)班 and 一班 would. Each counts as a class of its own. If they are one, write it alike "
    "and upload again.",
)


def check_class_spelling(draft: Draft) -> list[Finding]:
    """Warn of classes of a school whose names differ in signs, zeros or kinds of digits."""
    names = draft.clean.frame["class_name"].reset_index(drop=True)
    classes = pd.DataFrame({"school": draft.school_index, "name": names}).dropna()
    classes = classes.drop_duplicates()
    distinct = classes["name"].unique()
    keys = {name: class_spelling_key(str(name), grade=draft.grade) for name in distinct}
    classes["key"] = classes["name"].map(keys)
    double = classes.index[classes.duplicated(["school", "key"], keep=False)]
    mask = names.index.isin(double)
    return by_school(draft, mask, check="class_spelling", words=_WORDS, column="class_name")
