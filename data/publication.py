"""Writing the catalogue: one transaction makes a release and its statistics visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from data.audit import now, record_event
from data.lake import StoredFile
from data.records import Exam, ExamSubject, Release, StatisticSet, Unit
from data.store import Store


@dataclass(frozen=True, slots=True)
class ExamRecord:
    """What is known of an exam before its release."""

    county: str
    name: str
    held_on: date
    grade: int
    stage: str
    cohort: int
    is_demonstration: bool = False
    source: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class StoredStatistic:
    """A statistic's file; ``release_id`` None means the release being published."""

    kind: str
    file: StoredFile
    priors: str = ""
    release_id: int | None = None
    baseline_release_id: int | None = None
    is_baseline: bool = False


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A sealed bundle that waits to be made visible."""

    bundle: str
    fingerprint: str
    scores: StoredFile
    n_schools: int
    rule_version: str
    subjects: pd.DataFrame
    units: pd.DataFrame
    statistics: tuple[StoredStatistic, ...]


def add_release(store: Store, exam: ExamRecord, record: ReleaseRecord, *, actor: str) -> int:
    """Make a release visible in one transaction and return its id."""
    with store.write() as session, session.begin():
        exam_id = _exam_id(session, exam)
        previous = session.scalars(
            select(Release).where(Release.exam_id == exam_id).order_by(Release.number.desc())
        ).first()
        release = Release(
            exam_id=exam_id,
            number=previous.number + 1 if previous else 1,
            bundle=record.bundle,
            fingerprint=record.fingerprint,
            scores_sha256=record.scores.sha256,
            n_rows=record.scores.n_rows,
            n_schools=record.n_schools,
            rule_version=record.rule_version,
            published_at=now(),
            supersedes_id=previous.id if previous else None,
        )
        session.add(release)
        session.flush()
        _add_units(session, exam.county, record.units)
        rows = _records(record.subjects)
        session.execute(insert(ExamSubject), [{"release_id": release.id, **r} for r in rows])
        _add_statistics(session, record.statistics, new_release_id=release.id)
        detail = f"release {release.number}, rows {release.n_rows}"
        record_event(session, actor=actor, action="publish", what=exam.name, detail=detail)
        return release.id


def add_units(store: Store, county: str, units: pd.DataFrame, *, actor: str) -> None:
    """Add the UNITS that the county's tree does not have yet."""
    with store.write() as session, session.begin():
        _add_units(session, county, units)
        detail = f"units {len(units)}"
        record_event(session, actor=actor, action="add_units", what=county, detail=detail)


def add_statistics(
    store: Store, statistics: Sequence[StoredStatistic], *, release_id: int, actor: str
) -> None:
    """Make further statistics of a published release visible."""
    with store.write() as session, session.begin():
        _add_statistics(session, statistics, new_release_id=release_id)
        names = ", ".join(f"{s.kind} {s.priors}" for s in statistics)
        what = f"release {release_id}"
        record_event(session, actor=actor, action="add_statistics", what=what, detail=names)


def _exam_id(session: Session, exam: ExamRecord) -> int:
    found = session.scalar(select(Exam.id).where(Exam.name == exam.name))
    if found is not None:
        return found
    row = Exam(**{name: getattr(exam, name) for name in ExamRecord.__slots__})
    session.add(row)
    session.flush()
    return row.id


def _add_units(session: Session, county: str, units: pd.DataFrame) -> None:
    known = set(session.scalars(select(Unit.code).where(Unit.county == county)))
    new = units[~units["code"].isin(known)]
    if not new.empty:
        rows = _records(new)
        session.execute(insert(Unit), [{"county": county, **row} for row in rows])


def _add_statistics(
    session: Session, statistics: Sequence[StoredStatistic], *, new_release_id: int
) -> None:
    rows = [
        {
            "release_id": s.release_id or new_release_id,
            "baseline_release_id": new_release_id if s.is_baseline else s.baseline_release_id,
            "kind": s.kind,
            "priors": s.priors,
            "path": s.file.path,
            "sha256": s.file.sha256,
            "n_rows": s.file.n_rows,
        }
        for s in statistics
    ]
    if rows:
        session.execute(insert(StatisticSet), rows)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {str(name): value for name, value in row.items()} for row in plain.to_dict("records")
    ]
