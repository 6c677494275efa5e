"""Small tables and files that tests are made of."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from core.school_year import cohort_of
from core.scores import SubjectPaper
from data.publication import ExamRecord
from pipeline.organisation import LOCAL_COUNTY, units_named_by
from pipeline.publish import Submission

PAPERS = (SubjectPaper("chinese", "语文", 120_00), SubjectPaper("math", "数学", 120_00))


def make_scores(
    *, n_schools: int = 3, n_pupils: int = 12, seed: int = 1, gain: float = 0.0
) -> pd.DataFrame:
    """Make checked scores of two subjects; the same pupils whatever the seed of the scores."""
    rng = np.random.default_rng(seed)
    n = n_schools * n_pupils
    school = np.repeat(np.arange(n_schools), n_pupils)
    scores = pd.DataFrame(
        {
            "row": np.arange(2, n + 2),
            "school_code": pd.Series([f"S{j + 1:02d}" for j in school], dtype="str"),
            "school_name": pd.Series([f"示例第{j + 1}学校" for j in school], dtype="str"),
            "township": pd.Series([f"示例镇{j % 2 + 1}" for j in school], dtype="str"),
            "class_name": pd.Series([f"{i % 2 + 1}班" for i in range(n)], dtype="str"),
            "pupil_number": pd.Series([f"T{i:05d}" for i in range(n)], dtype="str"),
            "exam_number": pd.Series([None] * n, dtype="str"),
            "pupil_name": pd.Series([f"示例学生{i}" for i in range(n)], dtype="str"),
            "sex": pd.Series(["男", "女"] * (n // 2) + ["男"] * (n % 2), dtype="str"),
        }
    )
    ability = np.random.default_rng(7).normal(size=n)
    for k in (1, 2):
        level = 72 + 12 * ability + 6 * rng.normal(size=n) + gain * (school - school.mean())
        points = np.clip(np.round(level * 2) / 2, 0, 120)
        scores[f"score_{k}"] = pd.array((points * 100).astype(int), dtype="Int64")
        scores[f"state_{k}"] = pd.Series(["present"] * n, dtype="str")
    return scores


def make_submission(
    name: str = "期末", *, day: date = date(2026, 6, 28), grade: int = 9, seed: int = 1
) -> Submission:
    """Make a submission of three schools with twelve pupils each."""
    scores = make_scores(seed=seed)
    exam = ExamRecord(
        county=LOCAL_COUNTY,
        name=name,
        held_on=day,
        grade=grade,
        stage="junior",
        cohort=cohort_of(day, grade=grade),
    )
    units = units_named_by(scores, county=exam.county, stage=exam.stage, cohort=exam.cohort)
    return Submission(exam, PAPERS, scores, units, fingerprint=f"{name}-{seed}")


def write_csv(path: Path, text: str) -> Path:
    """Write a text file as UTF-8 and return its path."""
    path.write_text(text, encoding="utf-8")
    return path
