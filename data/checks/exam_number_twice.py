"""An exam number belongs to one pupil."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import Mask, entry_places, grouped, listed

_WORDS = {
    "": (
        "第 {line} 行的“{column}”与同一学校另一名学生相同。一个考号只能属于一名学生，请核对。",
        "Row {line}, {column}: another pupil of the same school has this exam number. An exam "
        "number belongs to one pupil; correct it.",
    )
}
_ACROSS = (
    "“{column}”列有 {n} 个考号在不同学校重复出现（{rows}）。若考号应全县唯一，请核对。",
    "Exam numbers in {column} that occur in more than one school: {n} ({rows}). Check them if "
    "exam numbers are unique in the county.",
)


def find_exam_number_twice(draft: Draft) -> pd.DataFrame:
    """Return the rows whose exam number another pupil of the same school has."""
    return entry_places(draft, _is_twice(draft, within=["school_code"]), "exam_number")


def check_exam_number_twice(draft: Draft) -> list[Finding]:
    """Refuse an exam number of two pupils in one school; warn of one in two schools."""
    found = find_exam_number_twice(draft)
    across = _is_twice(draft, within=[]) & ~draft.entries["row"].isin(found["row"]).to_numpy(
        bool
    )
    return [
        *listed(found, check="exam_number_twice", words=_WORDS),
        *grouped(
            entry_places(draft, across, "exam_number"),
            check="exam_number_twice",
            words=_ACROSS,
            severity="warning",
        ),
    ]


def _is_twice(draft: Draft, *, within: list[str]) -> Mask:
    """Say where two pupils, by their numbers, share an exam number."""
    frame = draft.clean.frame[["exam_number", "pupil_number", "school_code"]]
    if frame["exam_number"].dropna().is_unique:
        return np.zeros(len(frame), dtype=bool)
    named = frame.notna()[["exam_number", "pupil_number"]].all(axis=1)
    # Rows that repeat a pupil are the business of another rule.
    pupils = frame[named].drop_duplicates([*within, "exam_number", "pupil_number"])
    keys = [*within, "exam_number"]
    shared = pupils[pupils.duplicated(keys, keep=False)]
    hit = pd.MultiIndex.from_frame(frame[keys]).isin(pd.MultiIndex.from_frame(shared[keys]))
    return (named & hit).to_numpy(bool)
