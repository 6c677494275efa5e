"""A school's clerk imports the pupils of his school only."""

from dataclasses import replace

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import entry_places, grouped

_WORDS = (
    "“{column}”列有 {n} 行不是学校 {school} 的学生（{rows}）。本次只能导入本校学生，"
    "整个文件未导入；请删除其它学校的行。",
    "Rows of other schools than {school} in {column}: {n} ({rows}). Only your own school may "
    "be imported; nothing of the file was. Delete the rows of other schools.",
)


def find_other_school(draft: Draft) -> pd.DataFrame:
    """Return the rows of other schools than the clerk's own; rows without a school not."""
    code = draft.clean.frame["school_code"]
    own = draft.known.as_school
    is_other = code.notna() & (code != own) if own is not None else code.isna() & False
    return entry_places(draft, is_other.to_numpy(bool), "school_code")


def own_rows(draft: Draft) -> Draft:
    """Return the draft without the rows of other schools, of which no check may tell."""
    other = find_other_school(draft)["row"]
    if other.empty:
        return draft

    def own(table: pd.DataFrame) -> pd.DataFrame:
        return table[~table["row"].isin(other)].reset_index(drop=True)

    totals = None if draft.totals is None else own(draft.totals)
    return replace(draft, entries=own(draft.entries), marks=own(draft.marks), totals=totals)


def check_other_school(draft: Draft) -> list[Finding]:
    """Refuse a file with rows of other schools; they are counted and never named."""
    words = (
        _WORDS[0].replace("{school}", str(draft.known.as_school)),
        _WORDS[1].replace("{school}", str(draft.known.as_school)),
    )
    return grouped(
        find_other_school(draft), check="other_school", words=words, severity="error"
    )
