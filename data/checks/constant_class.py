"""A class in which everybody has the same score is asked about."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import LISTED

MIN_PUPILS = 5
_CLASS = ["school_code", "school_name", "class_name"]
_LONGEST = 20  # characters of a school or class that a message quotes
_SIGNS = " ·-.()（）"


def check_constant_class(draft: Draft) -> list[Finding]:
    """Warn of classes of five or more whose scores in a subject are all the same."""
    names = draft.clean.frame[_CLASS].fillna("").reset_index(drop=True)
    classes = _numbered(names)
    order = np.argsort(classes, kind="stable")
    starts = np.flatnonzero(np.diff(classes[order], prepend=-1))
    constant = [
        (subject.code, order[members])
        for subject in draft.subjects
        for members in _constant(draft.points[subject.code].to_numpy()[order], starts)
    ]
    marks = {code: _marks(draft, code) for code in {code for code, _ in constant[:LISTED]}}
    rows = draft.entries["row"].to_numpy()
    findings = [
        _finding(names.iloc[entries[0]], marks[code].reindex(rows[entries]).dropna())
        for code, entries in constant[:LISTED]
    ]
    return [*findings, *_total(len(constant))]


def _numbered(names: pd.DataFrame) -> NDArray[np.intp]:
    """Return a number for each different row, in the order in which they come."""
    number = np.zeros(len(names), dtype=np.int64)
    for name in names:
        code, different = pd.factorize(names[name])
        number, _ = pd.factorize(number * len(different) + code)
    return np.asarray(number)


def _marks(draft: Draft, code: str) -> pd.DataFrame:
    """Return column and line of each present mark of a subject, by row."""
    own = draft.read["value"].notna() & (draft.read["subject"] == code)
    return draft.read.loc[own.to_numpy(bool), ["row", "column", "line"]].set_index("row")


def _constant(points: NDArray[np.float64], starts: NDArray[np.intp]) -> list[slice]:
    """Return the members of each class with one score only; null scores do not count."""
    if not starts.size:
        return []
    low, high = np.fmin.reduceat(points, starts), np.fmax.reduceat(points, starts)
    n = np.add.reduceat(~np.isnan(points), starts, dtype=np.int64)
    ends = [*starts[1:].tolist(), len(points)]
    found = np.flatnonzero((low == high) & (n >= MIN_PUPILS)).tolist()
    return [slice(int(starts[k]), ends[k]) for k in found]


def _total(count: int) -> list[Finding]:
    if count <= LISTED:
        return []
    return [
        Finding(
            "warning",
            "constant_class",
            None,
            None,
            None,
            f"分数完全相同的班级和科目共 {count} 处，只列出前 {LISTED} 处。",
            f"Classes with one score only, by subject: {count}; the first {LISTED} are listed.",
        )
    ]


def _finding(names: "pd.Series[str]", marks: pd.DataFrame) -> Finding:
    school, class_name = (_shown(str(names[name])) for name in _CLASS[1:])
    column, line, n = str(marks["column"].iloc[0]), int(marks["line"].min()), len(marks)
    return Finding(
        "warning",
        "constant_class",
        line,
        column,
        None,
        f"{school}{class_name}的“{column}”成绩异常：{n} 人的分数完全相同（从第 {line} 行起）。"
        f"请确认不是填充的数据。",
        f"{school} {class_name}: all {n} scores in {column} are the same (from row {line} on). "
        f"Check that they were not filled in.",
    )


def _shown(name: str) -> str:
    """Return a name fit for a message; what else is wrong with it another check tells."""
    return "".join(c for c in name if c.isalnum() or c in _SIGNS)[:_LONGEST]
