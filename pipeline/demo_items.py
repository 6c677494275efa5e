"""Item points of one exam of the demonstration, through the import that a bureau uses."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from core.simulation.county import SimulatedExam
from core.simulation.items import MATH_PAPER, simulate_items, two_way_table
from data.store import Store
from pipeline.import_dataset import DatasetRequest, import_dataset

SUBJECT = "math"
_SEED = 20260902


def exam_with_items(exams: Iterable[SimulatedExam]) -> SimulatedExam | None:
    """Return the newest exam of the highest grade that the simulated paper fits."""
    full_mark = sum(item.full_mark for item in MATH_PAPER)
    fitting = [exam for exam in exams if exam.full_marks.get(SUBJECT) == full_mark]
    return max(fitting, key=lambda exam: (exam.date, exam.grade), default=None)


def publish_items(store: Store, exam: SimulatedExam) -> None:
    """Publish the two-way table of an exam's paper, and its pupils' points on every item."""
    name = f"{exam.name} {exam.subject_names[SUBJECT]}"
    tables = (("two_way", two_way_table(MATH_PAPER)), ("items", _points(exam)))
    with tempfile.TemporaryDirectory() as folder:
        for kind, table in tables:
            path = Path(folder) / f"{kind}.csv"
            table.to_csv(path, index=False, encoding="utf-8-sig")
            request = DatasetRequest(path, kind, name, exam=exam.name, subject=SUBJECT)
            report = import_dataset(store, request, is_dry_run=False, actor="demo")
            if report.version is None:
                raise AssertionError(f"Simulated {kind} are refused: {report.findings[:3]}")


def _points(exam: SimulatedExam) -> pd.DataFrame:
    """Return school, pupil number and points on each item of the pupils with a score."""
    marks = exam.marks[(exam.marks["subject"] == SUBJECT) & (exam.marks["kind"] == "number")]
    pupils = exam.entries.set_index("row").loc[marks["row"]]
    school, _ = pd.factorize(pupils["school_code"])
    points = simulate_items(
        np.rint(marks["text"].astype(float).to_numpy() * 100).astype(np.int64),
        school=school.astype(np.int64),
        paper=MATH_PAPER,
        rng=np.random.default_rng(_SEED),
    )
    who = pupils[["school_code", "school_name", "pupil_number"]].set_axis(
        ["学校代码", "学校名称", "学籍号"], axis=1
    )
    table = pd.DataFrame(points / 100, columns=[item.code for item in MATH_PAPER])
    return pd.concat([who.reset_index(drop=True), table], axis=1)
