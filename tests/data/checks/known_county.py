"""What a small county knows: a roster, moves and earlier exams."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from data.checks.draft import Draft
from data.checks.known import EarlierExam, Known, no_moves, no_roster
from data.pseudonym import pseudonyms
from tests.data.checks.drafts import make_draft

EXAM_DAY, COHORT = date(2026, 6, 28), 2018  # grade 8 in June 2026
hash_of = partial(pseudonyms, key=b"k" * 32)


def pupil_of(number: str) -> int:
    """Return the pseudonym of a number."""
    return int(hash_of([number]).iloc[0])


def make_roster(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return a roster; a row names what differs from pupil P1, 甲, 1班 of school 01."""
    usual = {
        "number": "P1", "exam": None, "name": "甲", "school": "01", "grade": 8,
        "class_name": "1班", "is_enrolled": True, "cohort": COHORT,
    }  # fmt: skip
    full = [{**usual, **row} for row in rows]
    frame = pd.DataFrame(
        {
            "pupil": [pupil_of(row["number"]) for row in full],
            "exam_pupil": [row["exam"] and pupil_of(row["exam"]) for row in full],
            "name_hash": [row["name"] and pupil_of(row["name"]) for row in full],
            **{
                name: [row[name] for row in full]
                for name in ("school", "grade", "class_name", "is_enrolled", "cohort")
            },
        }
    )
    return frame.astype(no_roster().dtypes.to_dict())


def pupils(count: int, *, start: int = 1, **fields: Any) -> list[dict[str, Any]]:
    """Return rows of a roster for pupils P<start>, ... that are alike."""
    return [{"number": f"P{i}", **fields} for i in range(start, start + count)]


def make_moves(*rows: tuple[str, date, str, str | None, str | None]) -> pd.DataFrame:
    """Return moves from (pupil number, day, kind, from school, to school)."""
    cells = [(pupil_of(row[0]), *row[1:]) for row in rows]
    return pd.DataFrame(cells, columns=list(no_moves())).astype(no_moves().dtypes.to_dict())


def make_known(**fields: Any) -> Known:
    """Return what is known of a grade 8 exam on a day in June."""
    usual: dict[str, Any] = {
        "hash_numbers": hash_of, "hash_names": hash_of, "held_on": EXAM_DAY,
        "today": date(2026, 7, 1), "cohort": COHORT,
    }  # fmt: skip
    return Known(**{**usual, **fields})


def make_earlier(
    numbers: Sequence[str],
    scores: Mapping[str, ArrayLike],
    *,
    schools: Sequence[str] | str = "01",
    name: str = "上次期末",
    grade: int = 7,
    full_mark: int = 12000,
) -> EarlierExam:
    """Return an earlier exam of these pupils; scores in points by subject code."""
    codes = [schools] * len(numbers) if isinstance(schools, str) else list(schools)
    columns = {code: np.asarray(points, dtype=float) * 100 for code, points in scores.items()}
    frame = pd.DataFrame({
        "pupil": [pupil_of(number) for number in numbers],
        "school": pd.Categorical(codes), **columns,
    })  # fmt: skip
    full_marks = dict.fromkeys(scores, full_mark)
    day = date(2025, 6, 28)
    return EarlierExam(name, day, grade, "junior", frame, full_marks)


def known_draft(text: str, known: Known, **fields: Any) -> Draft:
    """Return the draft of a grade 8 file that is compared with what is known."""
    return dataclasses.replace(make_draft(text, **fields), known=known)
