"""Long runs of one score in neighbouring rows are often filled down by the mouse."""

import numpy as np
from numpy.typing import NDArray

from core.findings import Finding
from data.checks.by_school import at_most_listed
from data.checks.draft import Draft
from data.checks.remarks import remark
from data.checks.score_range import points

_CHECK = "score_run"
_MIN_RUN = 6
_AROUND = 2  # lengths of a run on either side that show how common its score is there
_EXPECTED = 0.001  # runs of this length that chance would give in the whole file


def check_score_run(draft: Draft) -> list[Finding]:
    """Warn of runs of one score that chance would not give, unless rows are sorted by it."""
    rows = draft.entries["row"].to_numpy()
    findings = []
    for subject in draft.subjects:
        values = draft.points[subject.code].to_numpy()
        starts, lengths = _runs(values)
        for k in _unlikely(values, starts, lengths):
            start, n = int(starts[k]), int(lengths[k])
            if not _is_sorted(values, start, n):
                findings.append(
                    _finding(subject.name, round(values[start]), int(rows[start]), n)
                )
    return at_most_listed(findings, check=_CHECK, severity="warning")


def _runs(values: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return start and length of each run of equal neighbours; nulls are runs of one."""
    if not len(values):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    return starts, np.diff(np.r_[starts, len(values)])


def _unlikely(
    values: NDArray[np.float64], starts: NDArray[np.intp], lengths: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return the runs that are longer than chance explains, given how common the score is."""
    long = np.flatnonzero(lengths >= _MIN_RUN)
    if not long.size:
        return long
    scores, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    own = counts[np.searchsorted(scores, values[starts[long]])]
    # The run itself is left out of how common its score is, or a small file would excuse it.
    # Where the file is sorted by another subject or the total, the score is common nearby.
    share = np.maximum(own - lengths[long] + 1, 1) / len(values)
    share = np.maximum(share, _share_nearby(values, starts[long], lengths[long]))
    expected = len(values) * share ** (lengths[long] - 1)
    found: NDArray[np.intp] = long[expected < _EXPECTED]
    return found


def _share_nearby(
    values: NDArray[np.float64], starts: NDArray[np.intp], lengths: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return how common each run's score is before or behind it, where it is more common."""
    shares = []
    for start, n in zip(starts.tolist(), lengths.tolist(), strict=True):
        before = values[max(start - _AROUND * n, 0) : start]
        behind = values[start + n : start + n + _AROUND * n]
        shares.append(
            max(
                (int((part == values[start]).sum()) + 1) / (len(part) + 1)
                for part in (before, behind)
                if len(part) or len(values) == n
            )
        )
    return np.array(shares)


def _is_sorted(values: NDArray[np.float64], start: int, n: int) -> bool:
    """Say whether the rows around a run are in the order of the score."""
    around = values[max(start - n, 0) : start + 2 * n]
    steps = np.diff(around[~np.isnan(around)])
    return bool(len(steps) >= n and ((steps <= 0).all() or (steps >= 0).all()) and steps.any())


def _finding(subject: str, score: int, row: int, n: int) -> Finding:
    return remark("warning", _CHECK, (
        f"“{subject}”从第 {row} 行起连续 {n} 行都是 {points(score)} 分，不像偶然。"
        f"请确认不是向下填充的。",
        f"{subject}: {n} rows in a row from row {row} on have {points(score)}, which chance "
        f"does not explain. Check that they were not filled down.",
    ), row=row, column=subject, value=points(score))  # fmt: skip
