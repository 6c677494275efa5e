"""A pupil stands in a file once."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.entry_text import FIELDS
from data.checks.places import LISTED, Mask, entry_places, listed

_NAMED = 10  # rows of one pupil that a finding names

_WORDS = {
    "identical": (
        "第 {lines} 行重复：学籍号和全部内容相同。同一学生只能有一行，请删除多余的行。",
        "Rows {lines} repeat the same pupil with the same content. Keep one of them.",
    ),
    "conflict": (
        "第 {lines} 行冲突：学籍号重复，但内容不同。同一学生只能有一行，"
        "请核对后保留正确的一行。",
        "Rows {lines} have the same pupil number but differ. Keep the right one.",
    ),
}


def find_duplicate_pupil(draft: Draft) -> pd.DataFrame:
    """Return all rows of pupils who stand in the file more than once."""
    number = draft.clean.frame["pupil_number"]
    mask = number.duplicated(keep=False) & number.notna()
    return entry_places(draft, mask.to_numpy(bool), "pupil_number")


def check_duplicate_pupil(draft: Draft) -> list[Finding]:
    """Refuse files that hold a pupil twice; name all of the pupil's rows."""
    places = find_duplicate_pupil(draft)
    if places.empty:
        return []
    rows = pd.Index(places["row"])
    number = draft.clean.frame.set_index("row").loc[rows, "pupil_number"]
    groups = number.index.to_series().groupby(number, sort=False)
    column = places["column"].iloc[0]
    pupils = pd.DataFrame({
        "row": groups.last(), "line": groups.last(), "column": column, "value": None,
        "lines": _lines(number),
        "fault": np.where(_differs(draft, rows=rows, number=number), "conflict", "identical"),
    })  # fmt: skip
    return listed(pupils, check="duplicate_pupil", words=_WORDS)


def _lines(number: "pd.Series[str]") -> "pd.Series[str]":
    """Return the first rows of each pupil that a finding will be about, null for the others."""
    pupils = number.drop_duplicates()
    listed_ones = number[number.isin(pupils.iloc[:LISTED])]
    rows = listed_ones.index.to_series().groupby(listed_ones, sort=False)
    told = {pupil: "、".join(map(str, own.iloc[:_NAMED])) for pupil, own in rows}
    return pd.Series(pupils.map(told).to_numpy(), index=pd.Index(pupils))


def _differs(draft: Draft, *, rows: "pd.Index[int]", number: "pd.Series[str]") -> Mask:
    """Say of each repeated pupil, in the order of the file, whether his rows differ."""
    own = draft.marks[draft.marks["row"].isin(rows)]
    marks = own.set_index(["row", "subject"])["text"].unstack()  # noqa: PD010  # key is unique
    entries = draft.clean.frame.set_index("row")[list(FIELDS)]
    content = pd.concat([entries.loc[rows], marks.reindex(rows)], axis=1)
    kinds = content.groupby(number, sort=False).nunique(dropna=False)
    return np.asarray(kinds.gt(1).any(axis=1), dtype=bool)
