"""Scores exactly at the pass line should be about as common as those next to it."""

import numpy as np
from numpy.typing import NDArray

from core.findings import Finding
from core.scores import DEFAULT_LINES
from data.checks.by_school import at_most_listed, school_names
from data.checks.draft import Draft
from data.checks.remarks import remark
from data.checks.score_range import points

_CHECK = "score_heaping"
_POINT = 100
_AROUND = 5  # points on each side that show how many to expect
_TIMES, _ERRORS, _MIN_AT_LINE = 2.0, 5.0, 10
_MIN_KINDS = 4  # of the eleven points around the line, so many must be in use
Counts = NDArray[np.float64]


def check_score_heaping(draft: Draft) -> list[Finding]:
    """Warn where far more pupils sit at the pass line than around it, also in one school."""
    codes = draft.school_index + 1
    size = len(draft.school.categories) + 1
    findings, names = [], school_names(draft)
    for subject in draft.subjects:
        line = -(-subject.full_mark_hundredths * DEFAULT_LINES["pass_line"] // 100)
        values = draft.points[subject.code].to_numpy()
        counts = _counts(values, codes, line=line, size=size)
        whole = counts.sum(axis=0, keepdims=True)
        if not _is_fine(whole[0]):
            continue
        if _is_heap(whole)[0]:
            findings.append(_finding(subject.name, whole[0], line=line, school=None))
            continue
        for k in np.flatnonzero(_is_heap(counts)):
            code = str(draft.school.categories[int(k) - 1]) if k else "-"
            school = names.get(code, code)
            findings.append(_finding(subject.name, counts[k], line=line, school=school))
    return at_most_listed(findings, check=_CHECK, severity="warning")


def _counts(values: Counts, codes: NDArray[np.intp], *, line: int, size: int) -> Counts:
    """Return pupils by school and whole point from _AROUND below the line to twice above.

    The wide upper side takes in the round scores next to the line, ten points up.
    """
    width = 2 * 2 * _AROUND + 1
    with np.errstate(invalid="ignore"):
        place = np.floor((values - line) / _POINT) + 2 * _AROUND
        inside = (place >= 0) & (place < width)
    cell = codes[inside] * width + place[inside].astype(np.intp)
    found: Counts = np.bincount(cell, minlength=size * width).reshape(size, width).astype(float)
    return found


def _is_fine(counts: Counts) -> bool:
    """Say whether the marking is fine enough for a heap to show: not in grades or tens."""
    at = 2 * _AROUND
    return int((counts[at - _AROUND : at + _AROUND + 1] > 0).sum()) > _MIN_KINDS


def _expected(counts: Counts) -> Counts:
    """Return how many the neighbours lead one to expect, those 5 or 10 points off included.

    Where round scores are a habit of marking, the pass line is one of them.
    """
    at = 2 * _AROUND
    near = np.delete(counts[:, at - _AROUND : at + _AROUND + 1], _AROUND, axis=1).mean(axis=1)
    five, ten = (counts[:, [at - off, at + off]].mean(axis=1) for off in (_AROUND, at))
    expected: Counts = np.maximum(near, np.maximum(five, ten))
    return expected


def _is_heap(counts: Counts) -> NDArray[np.bool_]:
    at_line, expected = counts[:, 2 * _AROUND], _expected(counts)
    limit = np.maximum(_TIMES * expected, expected + _ERRORS * np.sqrt(expected))
    heap: NDArray[np.bool_] = (at_line >= _MIN_AT_LINE) & (at_line > limit)
    return heap


def _finding(subject: str, counts: Counts, *, line: int, school: str | None) -> Finding:
    n, usual = int(counts[2 * _AROUND]), float(_expected(counts[None, :])[0])
    where = (f"{school}的", f" in {school}") if school else ("", "")
    return remark("warning", _CHECK, (
        f"{where[0]}“{subject}”有 {n} 人恰好在及格线 {points(line)} 分上，按相邻分数推算约 "
        f"{usual:.0f} 人。请确认成绩没有被凑到及格线。",
        f"{subject}{where[1]}: {n} pupils are exactly at the pass line of {points(line)}, the "
        f"scores around it lead one to expect about {usual:.0f}. Check that scores were not "
        f"lifted to the line.",
    ), column=subject, value=points(line))  # fmt: skip
