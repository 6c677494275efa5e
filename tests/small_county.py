"""A county of small schools, for tests of what subtraction gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from core.school_year import cohort_of
from data.home import Home
from data.publication import ExamRecord
from data.store import Store, open_store_at
from pipeline.organisation import LOCAL_COUNTY, units_named_by
from pipeline.publish import Submission, publish
from tests.builders import PAPERS

SMALL_SCHOOLS = {
    "A": 8,
    "B": 12,
    "C": 13,
    "D": 30,
    "E": 40,
    "F": 41,
    "J": 35,
    "G": 15,
    "H": 5,
    "I": 26,
    "K": 28,
}
TOWNSHIPS = dict(zip(SMALL_SCHOOLS, "11112223333", strict=True))


@dataclass(frozen=True, slots=True)
class SmallExam:
    """What is special about an exam of the county.

    Attributes
    ----------
    sizes : mapping of str to int
        Pupils on the roll by school; the k-th pupil is the same in every exam.
    absent : mapping of (str, int) to int
        How many of a school have no score in a subject, by its position; the last ones.
    strangers : mapping of str to int
        How many of a school, the first ones, sit no other exam.
    best : mapping of str to int
        How many of a school, the first ones, have nearly the full mark.
    """

    sizes: Mapping[str, int] = field(default_factory=lambda: SMALL_SCHOOLS)
    absent: Mapping[tuple[str, int], int] = field(default_factory=dict)
    strangers: Mapping[str, int] = field(default_factory=dict)
    best: Mapping[str, int] = field(default_factory=dict)


FEW = SmallExam(
    {school: 40 + 3 * place for place, school in enumerate(SMALL_SCHOOLS)} | {"A": 6}
)
"""An exam that one school, A, sat with too few pupils to be shown."""


def make_county(home: Home, *exams: Submission) -> Store:
    """Publish the exams in an empty store."""
    home.make_folders()
    store = open_store_at(home)
    for exam in exams:
        publish(store, exam, actor="test")
    return store


def make_cohort(home: Home, exam: SmallExam, *, before: str, after: str) -> Store:
    """Publish two exams of one seventh grade in an empty store: of autumn and of summer."""
    named = ((before, date(2025, 9, 3)), (after, date(2026, 6, 28)))
    both = (submission_of(exam, name, day=d, grade=7, seed=d.year) for name, d in named)
    return make_county(home, *both)


def submission_of(
    exam: SmallExam, name: str, *, day: date, grade: int, seed: int = 1
) -> Submission:
    """Make the submission of an exam of two subjects."""
    scores = _scores(exam, name, np.random.default_rng(seed))
    record = ExamRecord(
        county=LOCAL_COUNTY,
        name=name,
        held_on=day,
        grade=grade,
        stage="junior",
        cohort=cohort_of(day, grade=grade),
    )
    units = units_named_by(scores, county=record.county, stage="junior", cohort=record.cohort)
    return Submission(record, PAPERS, scores, units, fingerprint=f"{name}-{seed}")


def _scores(exam: SmallExam, name: str, rng: np.random.Generator) -> pd.DataFrame:
    pupils = [(school, k) for school, n in exam.sizes.items() for k in range(n)]
    number = [
        f"{school}{k:03}" + (name if k < exam.strangers.get(school, 0) else "")
        for school, k in pupils
    ]
    text = {
        "school_code": [school for school, _ in pupils],
        "school_name": [f"示例{school}校" for school, _ in pupils],
        "township": [f"示例镇{TOWNSHIPS.get(school, '1')}" for school, _ in pupils],
        "class_name": ["1班"] * len(pupils),
        "pupil_number": number,
        "exam_number": [None] * len(pupils),
        "pupil_name": ["示例学生"] * len(pupils),
        "sex": ["男"] * len(pupils),
    }
    scores = pd.DataFrame({key: pd.Series(value, dtype="str") for key, value in text.items()})
    scores.insert(0, "row", np.arange(2, len(pupils) + 2))
    for k in (1, 2):
        points = pd.array(rng.integers(30_00, 119_00, len(pupils)), dtype="Int64")
        present = np.array(
            [i < exam.sizes[school] - exam.absent.get((school, k), 0) for school, i in pupils]
        )
        full = np.array([i < exam.best.get(school, 0) for school, i in pupils])
        points[full] = 118_00
        points[~present] = pd.NA
        scores[f"score_{k}"] = points
        scores[f"state_{k}"] = pd.Series(np.where(present, "present", "absent"), dtype="str")
    return scores
