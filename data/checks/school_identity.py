"""A school code has one name, and within a township a name has one code."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import Mask, entry_places, listed, no_places

_WORDS = {
    "name": (
        "第 {line} 行的学校名称与同一学校代码的其它行不一致。一个代码只能有一个名称；"
        "该行的代码或名称无效，请核对。",
        "Row {line}: the school name differs from the other rows with the same code. "
        "A code has one name; correct the code or the name.",
    ),
    "code": (
        "第 {line} 行的学校代码与同名学校的其它行不一致。一所学校只能有一个代码；"
        "该行的代码可能无效或未登记，请核对。",
        "Row {line}: the school code differs from the other rows of the school with this name. "
        "A school has one code; correct it.",
    ),
}


def find_school_identity(draft: Draft) -> pd.DataFrame:
    """Return the rows whose pair of code and name is not the usual one."""
    frame = draft.clean.frame
    schools = frame[["school_code", "school_name", "township"]].drop_duplicates()
    if (
        schools["school_code"].is_unique
        and not schools.duplicated(["school_name", "township"]).any()
    ):
        return no_places()
    township = frame["township"].fillna("")
    other_name = _is_minority(frame["school_name"], within=[frame["school_code"]])
    other_code = _is_minority(frame["school_code"], within=[frame["school_name"], township])
    return pd.concat([
        entry_places(draft, other_code, "school_code", fault="code"),
        entry_places(draft, other_name & ~other_code, "school_name", fault="name"),
    ], ignore_index=True).sort_values("row", kind="stable")  # fmt: skip


def check_school_identity(draft: Draft) -> list[Finding]:
    """Refuse codes with two names and names with two codes."""
    return listed(find_school_identity(draft), check="school_identity", words=_WORDS)


def _is_minority(value: "pd.Series[str]", *, within: "list[pd.Series[str]]") -> Mask:
    """Say where a value is not the commonest of its group; all rows of a tie count."""
    named = value.notna().to_numpy(bool)
    for key in within:
        named = named & key.notna().to_numpy(bool)
    count = value.groupby([*within, value]).transform("size").fillna(0)
    most = count.groupby(within).transform("max").fillna(0)
    kinds = value.groupby(within).transform("nunique").fillna(0)
    is_tied = _is_tied(value, count=count, most=most, within=within)
    return np.asarray(named & (kinds > 1) & ((count < most) | is_tied), dtype=bool)


def _is_tied(
    value: "pd.Series[str]",
    *,
    count: "pd.Series[int]",
    most: "pd.Series[int]",
    within: "list[pd.Series[str]]",
) -> "pd.Series[bool]":
    leading = value.where(count == most)
    return leading.groupby(within).transform("nunique").fillna(0) > 1
