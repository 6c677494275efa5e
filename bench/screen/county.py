"""Large invented counties in a store of their own, published by the pipeline's own verb."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.school_year import cohort_of
from core.scores import SubjectPaper
from core.tables import UNITS
from data.home import Home
from data.publication import ExamRecord
from data.store import Store, open_store_at
from pipeline.publish import Submission, publish

COUNTY = "bench"
PAPERS = tuple(
    SubjectPaper(code, name, mark)
    for code, name, mark in (
        ("chinese", "语文", 120_00),
        ("math", "数学", 120_00),
        ("english", "英语", 120_00),
        ("physics", "物理", 100_00),
        ("chemistry", "化学", 100_00),
        ("politics", "道德与法治", 100_00),
        ("history", "历史", 100_00),
        ("geography", "地理", 100_00),
        ("biology", "生物", 100_00),
    )
)
_CLASS_SIZE, _TOWNSHIP_SCHOOLS = 45, 25


@dataclass(frozen=True, slots=True)
class Size:
    """How large a county is: pupils of the cohort, its schools, and exams it sat."""

    n_pupils: int
    n_schools: int
    n_exams: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """The pupils: school and class of each, and what he is able to."""

    school: NDArray[np.int64]
    class_: NDArray[np.int64]
    ability: NDArray[np.float64]
    effect: NDArray[np.float64]


def build_county(folder: Path, size: Size) -> Store:
    """Fill the empty store in ``folder``; one that holds all exams already is left alone."""
    store = open_store_at(Home(folder))
    rng = np.random.default_rng(20260628)
    cohort = _cohort(rng, size)
    for k in range(size.n_exams):
        publish(store, _submission(cohort, size, k, rng), actor="bench")
    return store


def _cohort(rng: np.random.Generator, size: Size) -> Cohort:
    share = rng.gamma(4, 1, size.n_schools)
    school = np.sort(rng.choice(size.n_schools, size.n_pupils, p=share / share.sum()))
    first = np.searchsorted(school, np.arange(size.n_schools))
    intake = rng.normal(0, 0.4, size.n_schools)
    return Cohort(
        school=school,
        class_=(np.arange(size.n_pupils) - first[school]) // _CLASS_SIZE + 1,
        ability=rng.standard_normal(size.n_pupils) + intake[school],
        effect=rng.normal(0, 0.15, size.n_schools),
    )


def _submission(cohort: Cohort, size: Size, k: int, rng: np.random.Generator) -> Submission:
    day = date(2023 + (k + 1) // 2, 9 if k % 2 == 0 else 3, 5)
    grade = 7 + k // 2
    record = ExamRecord(
        county=COUNTY,
        name=f"第{k + 1}次监测",
        held_on=day,
        grade=grade,
        stage="junior",
        cohort=cohort_of(day, grade=grade),
    )
    scores = _scores(cohort, size, k, rng)
    return Submission(record, PAPERS, scores, _units(size), fingerprint=f"bench-{k}")


def _scores(cohort: Cohort, size: Size, k: int, rng: np.random.Generator) -> pd.DataFrame:
    n = size.n_pupils
    number = np.arange(n).astype(str)
    school = np.char.add("B", np.arange(size.n_schools).astype(str))[cohort.school]
    text = {
        "school_code": school,
        "school_name": np.char.add("第", np.char.add(school, "学校")),
        "township": np.full(n, None),
        "class_name": np.char.add(cohort.class_.astype(str), "班"),
        "pupil_number": np.char.add("P", number),
        "exam_number": np.full(n, None),
        "pupil_name": np.char.add("学生", number),
        "sex": np.where(np.arange(n) % 2, "男", "女"),
    }
    scores = pd.DataFrame({key: pd.Series(value, dtype="str") for key, value in text.items()})
    scores.insert(0, "row", np.arange(2, n + 2))
    learned = cohort.ability + k / max(size.n_exams - 1, 1) * cohort.effect[cohort.school]
    for position, paper in enumerate(PAPERS, start=1):
        mark = paper.full_mark
        points = 0.6 * mark + 0.17 * mark * (0.85 * learned + 0.5 * rng.standard_normal(n))
        marks = pd.array(np.clip(points // 50 * 50, 0, mark).astype(np.int64), dtype="Int64")
        present = rng.random(n) > 0.01
        marks[~present] = pd.NA
        scores[f"score_{position}"] = marks
        scores[f"state_{position}"] = pd.Series(
            np.where(present, "present", "absent"), dtype="str"
        )
    return scores


def _units(size: Size) -> pd.DataFrame:
    n_townships = max(size.n_schools // _TOWNSHIP_SCHOOLS, 1)
    county = {"code": COUNTY, "name": "基准县", "level": "county", "parent": None}
    townships = [
        {"code": f"BT{t}", "name": f"第{t + 1}镇", "level": "township", "parent": COUNTY}
        for t in range(n_townships)
    ]
    schools = [
        {
            "code": f"B{s}",
            "name": f"第B{s}学校",
            "level": "school",
            "parent": f"BT{s % n_townships}",
            "stage": "junior",
        }
        for s in range(size.n_schools)
    ]
    units = pd.DataFrame([county, *townships, *schools])
    return units.reindex(columns=UNITS.names).astype("str").where(lambda frame: frame != "nan")
