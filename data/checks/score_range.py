"""A score lies between 0 and the full mark."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft, DraftSubject
from data.checks.mark_text import parse_mark
from data.checks.places import Mask, listed, mark_places, rows_en, rows_zh

# Full marks in use, in points. A score above the last one is no sign of a forgotten full mark.
_USUAL = (100, 110, 120, 130, 140, 150, 160, 180, 200, 240, 250, 260, 300)

_WORDS = {
    "negative": (
        "第 {line} 行“{column}”的成绩{value}是负数，无效。成绩须在 0 到 {full} 之间；"
        "缺考请写“缺考”。",
        "Row {line}, {column}: the score{value} is negative. It must be within 0 to {full}; "
        "write 缺考 for absent.",
    ),
    "above_full_mark": (
        "第 {line} 行“{column}”的成绩{value}超过满分 {full}。请改正成绩，或设置正确的满分。",
        "Row {line}, {column}: the score{value} is above the full mark {full}. Correct it, or "
        "set the full mark.",
    ),
}


def find_score_range(draft: Draft) -> pd.DataFrame:
    """Return the scores below 0 or above the full mark."""
    mask = draft.read["fault"].isin(list(_WORDS)).to_numpy(bool)
    full = {s.code: points(s.full_mark_hundredths) for s in draft.subjects}
    return mark_places(draft, mask).assign(full=draft.read.loc[mask, "subject"].map(full))


def check_score_range(draft: Draft) -> list[Finding]:
    """Refuse scores outside 0 to the full mark; a forgotten full mark is told once a column."""
    places = find_score_range(draft)
    if places.empty:
        return []
    own = draft.read.loc[places.index, "subject"]
    scores = _scores(places)
    forgotten = np.zeros(len(places), dtype=bool)
    findings = []
    for subject in draft.subjects:
        mask = (own == subject.code).to_numpy(bool) & (scores <= _USUAL[-1] * 100)
        if not subject.full_mark_given and mask.any():
            forgotten |= mask
            findings.append(_forgotten(subject, places[mask], most=int(scores[mask].max())))
    return [*findings, *listed(places[~forgotten], check="score_range", words=_WORDS)]


def _scores(places: pd.DataFrame) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return the hundredths of scores above the full mark; infinite for what is none."""
    texts = {
        text: parse_mark(str(text), kind="text").value for text in places["value"].unique()
    }
    found = places["value"].map(texts).astype("Float64").to_numpy(float, na_value=np.inf)
    is_above: Mask = (places["fault"] == "above_full_mark").to_numpy(bool)
    return np.where(is_above, found, np.inf)


def _forgotten(subject: DraftSubject, places: pd.DataFrame, *, most: int) -> Finding:
    """Say once that a full mark was assumed too low, and how to give it."""
    name, assumed = subject.name, points(subject.full_mark_hundredths)
    wanted = next(mark for mark in _USUAL if mark * 100 >= most)
    lines = places["line"]
    return Finding(
        "error",
        "score_range",
        int(lines.iloc[0]),
        str(places["column"].iloc[0]),
        points(most),
        f"“{name}”没有给出满分，暂按 {assumed} 分，但有 {len(places)} 个成绩超过它"
        f"（最高 {points(most)}，{rows_zh(lines)}）。请给出满分后重新检查，"
        f"例如满分是 {wanted} 分：--full-mark {name}={wanted}；若成绩有误，请改正。",
        f"No full mark was given for {name}, so {assumed} was assumed. Scores above it: "
        f"{len(places)} (highest {points(most)}, {rows_en(lines)}). Give the full mark and "
        f"check again; if it is {wanted}: --full-mark {name}={wanted}. Correct wrong scores.",
    )


def points(hundredths: int) -> str:
    """Return hundredths of a point as people write points.

    Examples
    --------
    >>> points(12000), points(12050)
    ('120', '120.5')
    """
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
