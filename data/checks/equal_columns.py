"""Two subjects are never equal for all pupils."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from core.findings import Finding
from data.checks.by_school import at_most_listed, school_names
from data.checks.draft import Draft
from data.checks.remarks import remark

_CHECK = "equal_columns"
_MIN_PUPILS, _MIN_PUPILS_OF_SCHOOL = 20, 10
_MIN_KINDS = 4  # different scores: fewer may be equal by chance


def check_equal_columns(draft: Draft) -> list[Finding]:
    """Refuse two equal columns; warn of two that are equal in a single school."""
    codes = draft.school_index + 1
    values = {s.name: draft.points[s.code].to_numpy() for s in draft.subjects}
    findings, names = [], school_names(draft)
    for (one, x), (other, y) in combinations(values.items(), 2):
        both = ~(np.isnan(x) | np.isnan(y))
        differs = both & (x != y)
        if not differs.any():
            if both.sum() >= _MIN_PUPILS and _kinds(x[both]) >= _MIN_KINDS:
                findings.append(_whole(one, other, int(both.sum())))
            continue
        for k in _equal_schools(codes, both=both, differs=differs):
            own = both & (codes == k)
            if k and _kinds(x[own]) >= _MIN_KINDS:
                code = str(draft.school.categories[k - 1])
                findings.append(_school(names.get(code, code), one, other, int(own.sum())))
    return at_most_listed(findings, check=_CHECK, severity="warning")


def _equal_schools(
    codes: NDArray[np.intp], *, both: NDArray[np.bool_], differs: NDArray[np.bool_]
) -> list[int]:
    n = np.bincount(codes[both])
    n_differ = np.bincount(codes[differs], minlength=len(n))
    return [int(k) for k in np.flatnonzero((n >= _MIN_PUPILS_OF_SCHOOL) & (n_differ == 0))]


def _kinds(values: NDArray[np.float64]) -> int:
    return len(np.unique(values))


def _whole(one: str, other: str, n: int) -> Finding:
    return remark("error", _CHECK, (
        f"“{one}”和“{other}”的成绩完全相同（{n} 人）。"
        "其中一列显然是复制粘贴的；请改正后重新上传。",
        f"{one} and {other} are the same for all {n} pupils. One of the columns surely was "
        f"pasted over; correct it and upload again.",
    ), column=one)  # fmt: skip


def _school(school: str, one: str, other: str, n: int) -> Finding:
    return remark("warning", _CHECK, (
        f"{school}：“{one}”和“{other}”的成绩完全相同（{n} 人）。"
        "其中一列很可能是复制粘贴的；请核对。",
        f"{school}: {one} and {other} are the same for all {n} pupils. One of them most likely "
        f"was pasted over; check them.",
    ), column=one)  # fmt: skip
