"""SCORES: the wide table of a release, its subjects, lines and total.

One row per pupil; for the subject at position k the columns ``score_k`` (hundredths of a point,
null unless present) and ``state_k``. The total is one more subject, over all subjects of the
exam; a pupil without all of them has no total.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.tables import SUBJECTS

STATES = ("present", "absent", "withheld", "exempt", "missing")
TOTAL = "total"
TOTAL_NAME = "总分"

# METHODS 1: lines used when a file is silent, in per cent of the full mark.
DEFAULT_LINES = {"excellent_line": 85, "good_line": 75, "pass_line": 60, "low_line": 40}

# When a pupil lacks a total, the first of these that occurs among his subjects says why.
_TOTAL_STATES = ("absent", "withheld", "missing", "exempt")


@dataclass(frozen=True, slots=True)
class SubjectPaper:
    """A subject as an exam sets it: code, the bureau's name, full mark in hundredths."""

    code: str
    name: str
    full_mark: int


def make_subjects(papers: Sequence[SubjectPaper]) -> pd.DataFrame:
    """Return SUBJECTS with default lines; a total is added to two subjects or more."""
    listed = list(papers)
    if len(listed) > 1:
        listed.append(SubjectPaper(TOTAL, TOTAL_NAME, sum(p.full_mark for p in papers)))
    frame = pd.DataFrame(
        {
            "subject": [p.code for p in listed],
            "name": [p.name for p in listed],
            "position": range(1, len(listed) + 1),
            "full_mark": [p.full_mark for p in listed],
        }
    )
    for line, percent in DEFAULT_LINES.items():
        # Rounded up to the next hundredth: a score on the line is always at or above it.
        frame[line] = -(-frame["full_mark"] * percent // 100)
    return SUBJECTS.require(frame)


def add_total(scores: pd.DataFrame, subjects: pd.DataFrame) -> pd.DataFrame:
    """Return SCORES with the columns of the total, where the subjects have one."""
    position = subjects.set_index("subject")["position"]
    if TOTAL not in position:
        return scores
    parts = [int(k) for k in position.drop(TOTAL)]
    states = scores[[f"state_{k}" for k in parts]]
    points = scores[[f"score_{k}" for k in parts]].astype("float64").sum(axis=1)
    is_complete = (states == "present").all(axis=1)
    why = np.select(
        [is_complete, *((states == state).any(axis=1) for state in _TOTAL_STATES)],
        ["present", *_TOTAL_STATES],
        "missing",
    )
    k = int(position[TOTAL])
    total = points.where(is_complete).round().astype("Int64")
    return scores.assign(**{f"score_{k}": total, f"state_{k}": pd.Series(why, scores.index)})


def own_prior(subject: str, baseline_subjects: Sequence[str]) -> str | None:
    """Return the baseline's subject that is this subject's default prior.

    The same subject; where the baseline did not set it, the baseline's total, or its only
    subject. None when it has none of these.

    Examples
    --------
    >>> own_prior("physics", ["chinese", "math", "total"])
    'total'
    """
    if subject in baseline_subjects:
        return subject
    if TOTAL in baseline_subjects:
        return TOTAL
    return baseline_subjects[0] if len(baseline_subjects) == 1 else None
