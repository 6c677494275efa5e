"""A class in which everybody has the same score is asked about."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import LISTED

MIN_PUPILS = 5
_CLASS = ["school_code", "school_name", "class_name"]
_LONGEST = 20  # characters of a school or class that a message quotes
_SIGNS = " ·-.()（）"


def check_constant_class(draft: Draft) -> list[Finding]:
    """Warn of classes of five or more whose scores in a subject are all the same."""
    spread = _spread(draft)
    constant = spread[(spread["low"] == spread["high"]) & (spread["n"] >= MIN_PUPILS)]
    findings = [
        _finding(group, n=int(n), line=int(line))
        for group, n, line in zip(
            _names(draft, constant.head(LISTED)), constant["n"], constant["line"], strict=False
        )
    ]
    return [*findings, *_total(len(constant))]


def _spread(draft: Draft) -> pd.DataFrame:
    """Return low, high, n, first line, column and an entry of each class and column."""
    classes = draft.clean.frame[_CLASS].fillna("").groupby(_CLASS, sort=False).ngroup()
    present = np.flatnonzero(draft.read["value"].notna().to_numpy(bool))
    entry = pd.Index(draft.clean.frame["row"]).get_indexer(
        pd.Index(draft.read["row"].to_numpy()[present])
    )
    column, columns = pd.factorize(draft.read["column"].array.take(present))
    marks = pd.DataFrame({
        "group": classes.to_numpy()[entry] * len(columns) + column,
        "value": draft.read["value"].array.take(present).to_numpy(np.int64),
        "line": draft.read["line"].to_numpy()[present],
        "entry": entry, "column": column,
    })  # fmt: skip
    spread = marks.groupby("group", sort=False).agg(
        low=("value", "min"), high=("value", "max"), n=("value", "size"), line=("line", "min"),
        entry=("entry", "first"), column=("column", "first"),
    )  # fmt: skip
    return spread.assign(column=np.asarray(columns, dtype=object)[spread["column"]])


def _names(draft: Draft, spread: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    names = draft.clean.frame[_CLASS].iloc[spread["entry"]].fillna("")
    return list(zip(spread["column"], *(names[name] for name in _CLASS), strict=True))


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


def _finding(group: tuple[str, str, str, str], *, n: int, line: int) -> Finding:
    column, _, *names = group
    school, class_name = (_shown(name) for name in names)
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
