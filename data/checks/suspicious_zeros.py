"""Zeros that look like absences are asked about; zero is a score only when the file says so."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import Mask, grouped, mark_places

_MIN_ZEROS = 3
_TIMES_EXPECTED = 3
_TAIL = 0.1  # lowest tenth of the full mark shows how common very low scores are

_WORDS = (
    "“{column}”有 {n} 个 0 分（{rows}），明显多于按低分段推算的人数，可能是缺考。"
    "请确认；缺考请改为“缺考”。",
    "Zeros in {column}: {n} ({rows}), clearly more than the low scores lead one to expect. "
    "They may be absences; confirm, or write 缺考 (absent).",
)
_ALL_ZERO = (
    "有学生的全部科目都是 0 分：“{column}”共 {n} 人（{rows}），可能是缺考。请确认；"
    "缺考请改为“缺考”。",
    "Pupils with 0 in every subject, seen in {column}: {n} ({rows}). They may be absent; "
    "confirm, or write 缺考 (absent).",
)


def check_suspicious_zeros(draft: Draft) -> list[Finding]:
    """Warn where zeros are at least three times as many as the lower tail suggests."""
    read = draft.read
    is_zero = (read["value"] == 0).to_numpy(bool, na_value=False)
    if not is_zero.any():
        return []
    many = np.zeros(len(read), dtype=bool)
    for subject in draft.subjects:
        own = (read["subject"] == subject.code).to_numpy(bool)
        scores = read.loc[own, "value"].dropna().to_numpy(np.int64)
        if _are_too_many(scores, full_mark=subject.full_mark_hundredths):
            many |= own & is_zero
    findings = grouped(
        mark_places(draft, many), check="suspicious_zeros", words=_WORDS, severity="warning"
    )
    everywhere = _all_zero(draft, is_zero=is_zero) & ~many
    first = everywhere & ~read["row"].where(everywhere).duplicated().to_numpy(bool)
    return findings + grouped(
        mark_places(draft, first), check="suspicious_zeros", words=_ALL_ZERO, severity="warning"
    )


def _are_too_many(
    scores: "np.ndarray[tuple[int], np.dtype[np.int64]]", *, full_mark: int
) -> bool:
    """Compare zeros with the mean count of a score in the lowest tenth of the scale."""
    zeros = int((scores == 0).sum())
    if zeros < _MIN_ZEROS:
        return False
    step = 50 if (scores % 100 != 0).any() else 100  # half points are in use, or whole ones
    tail = ((scores > 0) & (scores <= full_mark * _TAIL)).sum()
    expected = tail / max(1.0, full_mark * _TAIL / step)
    return bool(zeros >= _TIMES_EXPECTED * expected)


def _all_zero(draft: Draft, *, is_zero: Mask) -> Mask:
    row = draft.read["row"].to_numpy()
    own = np.flatnonzero(np.isin(row, row[is_zero]))  # all cells of pupils with a zero
    counts = pd.DataFrame({
        "zero": is_zero[own], "present": draft.read["value"].iloc[own].notna().to_numpy(bool)
    }).groupby(row[own]).transform("sum")  # fmt: skip
    found = np.zeros(len(row), dtype=bool)
    found[own] = (counts["zero"] > 1) & (counts["zero"] == counts["present"])
    return found
