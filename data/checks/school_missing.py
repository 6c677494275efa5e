"""Every pupil belongs to a school."""

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import entry_places, grouped, listed

_WORDS = {
    "": (
        "第 {line} 行缺少学校（{column}）。每个学生都须有学校；合并的单元格请拆开并逐行填写。",
        "Row {line} has no school in {column}. Fill it in; split merged cells and fill each "
        "row.",
    )
}
_CLASS = (
    "“{column}”列有 {n} 行没有班级（{rows}），这些学生不会出现在班级统计中。请确认。",
    "Rows without a class in {column}: {n} ({rows}). These pupils stay out of class figures.",
)


def find_school_missing(draft: Draft) -> pd.DataFrame:
    """Return the rows without a school."""
    mask = draft.clean.frame["school_code"].isna().to_numpy(bool)
    return entry_places(draft, mask, "school_code")


def check_school_missing(draft: Draft) -> list[Finding]:
    """Refuse rows without a school; warn of rows without a class where others have one."""
    without_class = draft.clean.frame["class_name"].isna().to_numpy(bool)
    partly = without_class & (not without_class.all())
    return [
        *listed(find_school_missing(draft), check="school_missing", words=_WORDS),
        *grouped(
            entry_places(draft, partly, "class_name"),
            check="school_missing",
            words=_CLASS,
            severity="warning",
        ),
    ]
