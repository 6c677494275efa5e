"""The demonstration: a simulated county, and real public data through the importer."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Lock

import numpy as np
import pandas as pd

from core.school_year import cohort_of
from core.simulation.county import SimulatedExam, simulate_county
from core.simulation.spec import CountySpec
from core.tables import UNITS
from data.catalogue import list_exams
from data.checks.draft import Draft, DraftSubject
from data.checks.screening import screen
from data.publication import ExamRecord, add_units
from data.scope import OPERATOR
from data.store import Store
from pipeline.check_scores import ImportRequest, submission_of
from pipeline.decide import make_official
from pipeline.demo_items import exam_with_items, publish_items
from pipeline.import_scores import import_scores
from pipeline.organisation import county_code
from pipeline.publish import publish
from pipeline.target_sets import list_target_sets, propose_targets

Progress = Callable[[float, str], None]

COUNTY = "demonstration"
LONDON_COUNTY = "inner_london"
LONDON_BASELINE = "Inner London 1985 · LRT (age 11)"
LONDON_CURRENT = "Inner London 1990 · GCSE (age 16)"
_LONDON_SOURCE = (
    "Goldstein, Rasbash et al. (1993), Oxford Review of Education 19, 425-433; data set Exam "
    "of the R package mlmRev 1.0-8. Scores shown as 500 + 100 z; the two dates are nominal."
)
_SEED = 20260901
_PUBLIC_DATA = Path(__file__).resolve().parent.parent / "data" / "public"
_TARGETS_FROM = date(2025, 9, 1)
_building = Lock()


def needs_demonstration(store: Store) -> bool:
    """Whether the store holds nothing but, at most, a demonstration that was cut off."""
    exams = list_exams(OPERATOR, store)
    is_own = any(not e.is_demonstration and e.county != LONDON_COUNTY for e in exams)
    return not is_own and all(e.name != LONDON_CURRENT for e in exams)


def build_demonstration(
    store: Store, progress: Progress | None = None, *, spec: CountySpec | None = None
) -> None:
    """Fill an empty store with the demonstration county and the inner-London exam data.

    Two sessions that start at once build it once: the second waits and finds it there. A
    build that was cut off goes on where it stopped, because a release is published once.

    Parameters
    ----------
    progress : callable or None
        Called with the share done, 0 to 1, and the name of the exam being published.
    spec : CountySpec or None
        Another county than the usual one, for tests.
    """
    tell = progress or (lambda _share, _name: None)
    with _building:
        if not needs_demonstration(store):
            return
        tell(0.0, "")
        county = simulate_county(spec or CountySpec(), np.random.default_rng(_SEED))
        add_units(store, COUNTY, county.units, actor="demo")
        for done, exam in enumerate(county.exams):
            tell((done + 1) / (len(county.exams) + 2), exam.name)
            _publish_simulated(store, exam)
        with_items = exam_with_items(county.exams)
        if with_items is not None:
            publish_items(store, with_items)
        _make_targets(store)
        tell(1 - 1 / (len(county.exams) + 2), LONDON_CURRENT)
        _import_london(store)


def _publish_simulated(store: Store, exam: SimulatedExam) -> None:
    subjects = tuple(
        DraftSubject(
            code,
            exam.subject_names[code],
            full_mark_hundredths=mark,
            full_mark_given=True,
        )
        for code, mark in exam.full_marks.items()
    )
    draft = Draft(exam.entries, exam.marks, subjects, exam.grade)
    screened = screen(draft)
    if screened.scores is None:
        raise AssertionError(f"The simulated exam {exam.name} has findings that refuse it.")
    record = ExamRecord(
        county=COUNTY,
        name=exam.name,
        held_on=exam.date,
        grade=exam.grade,
        stage=exam.stage,
        cohort=cohort_of(exam.date, grade=exam.grade),
        is_demonstration=True,
    )
    publish(store, submission_of(record, draft, screened.scores), actor="demo")


def _make_targets(store: Store) -> None:
    if list_target_sets(OPERATOR, store, COUNTY):
        return
    content = (_PUBLIC_DATA / "demonstration_targets.toml").read_text(encoding="utf-8")
    number = propose_targets(
        OPERATOR, store, COUNTY, content, reason="demonstration", actor="demo"
    )
    make_official(
        OPERATOR, store, number, actor="demo, second person", valid_from=_TARGETS_FROM
    )


def _import_london(store: Store) -> None:
    add_units(store, LONDON_COUNTY, _london_units(), actor="demo")
    for name, file, day, grade in (
        (LONDON_BASELINE, "inner_london_baseline.csv", date(1985, 9, 1), 7),
        (LONDON_CURRENT, "inner_london_current.csv", date(1990, 6, 15), 11),
    ):
        request = ImportRequest(
            path=_PUBLIC_DATA / file,
            exam=name,
            held_on=day,
            grade=grade,
            stage="senior",
            full_marks={"comprehensive": 1000_00},
            county=LONDON_COUNTY,
            source=_LONDON_SOURCE,
            licence="GPL (>= 2)",
        )
        report = import_scores(store, request, is_dry_run=False, actor="demo")
        if report.release is None:
            raise AssertionError(f"The public file {file} is refused: {report.findings[:3]}")


def _london_units() -> pd.DataFrame:
    county = {"code": county_code(LONDON_COUNTY), "name": "Inner London", "level": "county"}
    return pd.DataFrame([dict.fromkeys(UNITS.names) | county])
