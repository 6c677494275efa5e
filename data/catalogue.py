"""Reading the catalogue: exams, releases, subjects, units and where statistics are stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select

from core.errors import SettingsError
from core.tables import SUBJECTS, UNITS
from data import lake
from data.records import Exam, ExamSubject, Release, StatisticSet, Unit
from data.scope import Scope
from data.store import Store

_LISTED = 5
OWN_PRIOR = "own"  # each subject with its own score of the baseline as the only prior


@dataclass(frozen=True, slots=True)
class ExamRelease:
    """An exam with its current release."""

    exam_id: int
    release_id: int
    county: str
    name: str
    held_on: date
    grade: int
    stage: str
    cohort: int
    is_demonstration: bool
    source: str | None
    licence: str | None
    number: int
    bundle: str
    fingerprint: str
    scores_sha256: str
    n_rows: int
    n_schools: int
    rule_version: str
    published_at: datetime
    rows_sha256: str | None = None
    reason: str | None = None
    n_added: int | None = None
    n_removed: int | None = None
    n_changed: int | None = None
    n_deleted: int = 0
    roster_digest: str | None = None


def list_exams(scope: Scope, store: Store) -> tuple[ExamRelease, ...]:  # noqa: ARG001
    """Return every exam in its current release, newest first.

    That an exam was held is no secret: ``scope`` limits what of it may be seen.
    """
    newest = (
        select(Release.exam_id, func.max(Release.number).label("number"))
        .group_by(Release.exam_id)
        .subquery()
    )
    query = _releases().join(
        newest,
        (newest.c.exam_id == Release.exam_id) & (newest.c.number == Release.number),
    )
    return _exam_releases(store, query)


def list_releases(scope: Scope, store: Store) -> tuple[ExamRelease, ...]:  # noqa: ARG001
    """Return every release of every exam, the superseded ones too, newest exams first.

    That a release was published is no secret: ``scope`` limits what of it may be seen.
    """
    return _exam_releases(store, _releases())


def find_exam(scope: Scope, store: Store, name: str) -> ExamRelease:
    """Return the exam called ``name``.

    Raises
    ------
    SettingsError
        When there is none; the exams that exist are named.
    """
    exams = list_exams(scope, store)
    for exam in exams:
        if exam.name == name:
            return exam
    known, more = ", ".join(e.name for e in exams[:5]) or "-", max(len(exams) - 5, 0)
    raise SettingsError(
        f"No exam is called {name!r} (exams found: {len(exams)}). Choose one of: {known}"
        f"{f' and {more} more' if more else ''}; or import it first.",
        f"没有名为“{name}”的考试（已有 {len(exams)} 场）。可选：{known}"
        f"{f' 等另 {more} 场' if more else ''}；或先导入。",
    )


@lru_cache(maxsize=2048)
def subjects_of(store: Store, release_id: int) -> pd.DataFrame:
    """Return the SUBJECTS of a release in the order of their positions; they never change."""
    query = (
        select(*(getattr(ExamSubject, name) for name in SUBJECTS.names))
        .where(ExamSubject.release_id == release_id)
        .order_by(ExamSubject.position)
    )
    return _frame(store, query, SUBJECTS.names)


def find_subject(subjects: pd.DataFrame, wanted: str, *, exam: str) -> str:
    """Return the code of the subject whose code or name is ``wanted``.

    Raises
    ------
    SettingsError
        When the exam has no such subject; its subjects are named.
    """
    hit = subjects[(subjects["subject"] == wanted) | (subjects["name"] == wanted)]
    if not hit.empty:
        return str(hit["subject"].iloc[0])
    known = ", ".join(subjects["name"])
    raise SettingsError(
        f"Exam {exam!r} has no subject {wanted!r}. Choose one of its {len(subjects)}: {known}.",
        f"考试“{exam}”没有科目“{wanted}”。请从其 {len(subjects)} 个科目中选择：{known}。",
    )


def units_of(store: Store, county: str) -> pd.DataFrame:
    """Return the UNITS of a county's tree down to the schools."""
    return _units_at(store.version(), store, county)


@lru_cache(maxsize=64)
def _units_at(_version: int, store: Store, county: str) -> pd.DataFrame:
    columns = (getattr(Unit, name) for name in UNITS.names)
    query = select(*columns).where(Unit.county == county, Unit.level != "class")
    return _frame(store, query.order_by(Unit.id), UNITS.names)


def list_counties(store: Store) -> list[str]:
    """Return the codes of the counties that have units, sorted."""
    with store.read() as session:
        return list(session.scalars(select(Unit.county).distinct().order_by(Unit.county)))


def require_county(store: Store, county: str) -> None:
    """Refuse a county that has no units.

    Raises
    ------
    SettingsError
        Names the code that is unknown, and those that are known.
    """
    known = list_counties(store)
    if county not in known:
        raise _unknown_code("county", "县", county, known)


def require_school(store: Store, county: str, school: str) -> None:
    """Refuse a code that is no school of the county.

    Raises
    ------
    SettingsError
        Names the code that is unknown, and some that are known.
    """
    units = units_of(store, county)
    known = units.loc[units["level"] == "school", "code"].tolist()
    if school not in known:
        raise _unknown_code("school", "学校", school, known)


def baselines_of(store: Store, release_id: int) -> tuple[int, ...]:
    """Return the releases with which linked moments of ``release_id`` are stored, own prior."""
    query = select(StatisticSet.baseline_release_id).where(
        StatisticSet.release_id == release_id,
        StatisticSet.kind == "moments",
        StatisticSet.priors == OWN_PRIOR,
    )
    query = query.order_by(StatisticSet.id)
    with store.read() as session:
        return tuple(i for i in session.scalars(query) if i is not None)


def read_statistic(
    scope: Scope,  # noqa: ARG001
    store: Store,
    release_id: int,
    kind: str,
    *,
    baseline_release_id: int | None = None,
    priors: str = "",
) -> pd.DataFrame | None:
    """Return a stored statistic, or None where it has not been made.

    Population figures need the counts of every school, whatever the scope of the reader; what
    of it he may see is decided where the View is made.
    """
    query = select(StatisticSet.path, StatisticSet.sha256).where(
        StatisticSet.release_id == release_id,
        StatisticSet.kind == kind,
        StatisticSet.baseline_release_id.is_(None)
        if baseline_release_id is None
        else StatisticSet.baseline_release_id == baseline_release_id,
        StatisticSet.priors == priors,
    )
    with store.read() as session:
        found = session.execute(query.limit(1)).first()
    return None if found is None else lake.read_table(store.home, found[0], sha256=found[1])


def priors_key(priors: Sequence[str]) -> str:
    """Return the name under which moments with these prior subjects are stored."""
    return "+".join(priors) or OWN_PRIOR


def _unknown_code(kind: str, kind_zh: str, code: str, known: Sequence[str]) -> SettingsError:
    shown = ", ".join(known[:_LISTED]) or "-"
    return SettingsError(
        f"No {kind} has the code {code!r} (known: {len(known)}, such as {shown}). Correct the "
        "code; schools are registered by import and roster.",
        f"没有代码为“{code}”的{kind_zh}（已登记 {len(known)} 个，如 {shown}）。请改正代码；"
        "学校由 import 和 roster 登记。",
    )


def _releases() -> Select[Exam, Release]:
    return (
        select(Exam, Release)
        .join(Release, Release.exam_id == Exam.id)
        .order_by(Exam.held_on.desc(), Exam.grade.desc(), Exam.id, Release.number.desc())
    )


def _exam_releases(store: Store, query: Select[Exam, Release]) -> tuple[ExamRelease, ...]:
    with store.read() as session:
        return tuple(_exam_release(exam, release) for exam, release in session.execute(query))


def _exam_release(exam: Exam, release: Release) -> ExamRelease:
    values: dict[str, Any] = {"exam_id": exam.id, "release_id": release.id}
    for field in fields(ExamRelease):
        source = exam if hasattr(exam, field.name) else release
        values.setdefault(field.name, getattr(source, field.name, None))
    return ExamRelease(**values)


def _frame(store: Store, query: object, names: Iterable[str]) -> pd.DataFrame:
    with store.read() as session:
        rows = session.execute(query).all()  # type: ignore[call-overload]
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(names))
    return frame.astype({n: "str" for n in frame if frame[n].dtype == object})
