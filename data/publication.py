"""Writing the catalogue: one transaction makes a release and its statistics visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from data.audit import now, record_event
from data.batches import Attempt, Result, add_batch, end_draft
from data.bound_records import digests_of
from data.lake import StoredFile
from data.records import Exam, ExamSubject, Release, StatisticSet
from data.store import Store
from data.units import insert_units


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
class Correction:
    """Why a release supersedes another, and how many pupils it changes."""

    reason: str | None
    n_added: int
    n_removed: int
    n_changed: int


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
    rows_sha256: str
    roster_digest: str
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a release comes from: the attempt that brings it, or drafts that were kept."""

    attempt: Attempt | None = None
    drafts: tuple[int, ...] = ()


def add_release(
    store: Store,
    exam: ExamRecord,
    record: ReleaseRecord,
    *,
    actor: str,
    origin: Origin = Origin(),
) -> int | None:
    """Make a release visible in one transaction; return the number of its attempt."""

    def add(session: Session) -> int | None:
        before = digests_of(session, _changed_by(session, exam, record))
        release = _release(session, exam, record)
        batch = _add_origin(session, origin, release, actor=actor)
        insert_units(session, exam.county, record.units)
        rows = _records(record.subjects)
        session.execute(insert(ExamSubject), [{"release_id": release.id, **r} for r in rows])
        insert_statistics(session, record.statistics, release_id=release.id)
        own = dict.fromkeys((f"exam {release.exam_id}", f"release {release.id}"))
        record_event(
            session,
            actor=actor,
            action="publish",
            what=exam.name,
            detail=f"release {release.number}, rows {release.n_rows}",
            bound={**own, **before},
        )
        return batch

    return store.change(add)


def add_units(store: Store, county: str, units: pd.DataFrame, *, actor: str) -> None:
    """Add the UNITS that the county's tree does not have yet."""

    def add(session: Session) -> None:
        before = digests_of(session, [f"units {county}"])
        added = insert_units(session, county, units)
        detail = f"units {added}"
        record_event(
            session,
            actor=actor,
            action="add_units",
            what=county,
            detail=detail,
            bound=before,
        )

    store.change(add)


def add_statistics(
    store: Store, statistics: Sequence[StoredStatistic], *, release_id: int, actor: str
) -> None:
    """Make further statistics of a published release visible."""

    def add(session: Session) -> None:
        before = digests_of(
            session, {f"release {s.release_id or release_id}" for s in statistics}
        )
        insert_statistics(session, statistics, release_id=release_id)
        record_event(
            session,
            actor=actor,
            action="add_statistics",
            what=f"release {release_id}",
            detail=", ".join(f"{s.kind} {s.priors}" for s in statistics),
            bound=before,
        )

    store.change(add)


def add_attempt(store: Store, attempt: Attempt, result: Result, *, actor: str) -> int:
    """Keep an attempt that published nothing; return its number."""
    return store.change(lambda session: add_batch(session, attempt, result, actor=actor))


def add_unchanged(store: Store, release_id: int, origin: Origin, *, actor: str) -> int | None:
    """Keep an attempt whose content is published already; return its number."""

    def add(session: Session) -> int | None:
        for number in origin.drafts:
            end_draft(session, number, status="unchanged", actor=actor, release_id=release_id)
        if origin.attempt is None:
            return None
        result = Result("unchanged", release_id=release_id)
        return add_batch(session, origin.attempt, result, actor=actor)

    return store.change(add)


def _changed_by(session: Session, exam: ExamRecord, record: ReleaseRecord) -> set[str]:
    """Return the records that stand already and that a new release changes.

    A release that is linked to this one as its baseline has more statistics with it.
    """
    known = session.scalars(select(Exam.id).where(Exam.name == exam.name))
    linked = {s.release_id for s in record.statistics if s.release_id is not None}
    return {
        f"units {exam.county}",
        *(f"exam {number}" for number in known),
        *(f"release {number}" for number in linked),
    }


def _release(session: Session, exam: ExamRecord, record: ReleaseRecord) -> Release:
    exam_id, correction = _exam_id(session, exam), record.correction
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
        rows_sha256=record.rows_sha256,
        roster_digest=record.roster_digest,
        reason=correction.reason if correction else None,
        n_added=correction.n_added if correction else None,
        n_removed=correction.n_removed if correction else None,
        n_changed=correction.n_changed if correction else None,
    )
    session.add(release)
    session.flush()
    return release


def _add_origin(
    session: Session, origin: Origin, release: Release, *, actor: str
) -> int | None:
    for number in origin.drafts:
        end_draft(session, number, status="published", actor=actor, release_id=release.id)
    if origin.attempt is None:
        return None
    result = Result("published", release.fingerprint, release_id=release.id)
    return add_batch(session, origin.attempt, result, actor=actor)


def _exam_id(session: Session, exam: ExamRecord) -> int:
    found = session.scalar(select(Exam.id).where(Exam.name == exam.name))
    if found is not None:
        return found
    row = Exam(**{name: getattr(exam, name) for name in ExamRecord.__slots__})
    session.add(row)
    session.flush()
    return row.id


def insert_statistics(
    session: Session, statistics: Sequence[StoredStatistic], *, release_id: int
) -> None:
    """Name stored statistics inside a transaction; None in them stands for ``release_id``."""
    rows = [
        {
            "release_id": s.release_id or release_id,
            "baseline_release_id": release_id if s.is_baseline else s.baseline_release_id,
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
