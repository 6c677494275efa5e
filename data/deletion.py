"""Deleting a pupil: releases without him take the place of those that hold him."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from data.audit import record_event
from data.bound_records import digests_of
from data.lake import StoredFile
from data.leftovers import clear_log, expect_deletion
from data.publication import StoredStatistic, insert_statistics
from data.records import Dataset, Pupil, PupilMove, Release, StatisticSet
from data.store import Store

_READERS_SECONDS = 5
"""How long a deletion waits for those who are reading."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """The bundle of a release from which a pupil was taken out."""

    release_id: int
    bundle: str
    scores: StoredFile
    rows_sha256: str
    roster_digest: str
    n_schools: int
    statistics: tuple[StoredStatistic, ...]


@dataclass(frozen=True, slots=True)
class StoredRows:
    """The rows of a published dataset in the lake, and the exam that it belongs to."""

    dataset_id: int
    exam_id: int | None
    bundle: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DatasetReplacement:
    """The bundle of a dataset from which a pupil was taken out."""

    dataset_id: int
    bundle: str
    rows: StoredFile
    rows_sha256: str


@dataclass(frozen=True, slots=True)
class Deletion:
    """A pupil to delete, with what replaces the releases that hold him."""

    county: str
    pupil: int
    replacements: tuple[Replacement, ...]
    datasets: tuple[DatasetReplacement, ...]
    reason: str

    @property
    def release_ids(self) -> list[int]:
        """The releases that change."""
        return [replacement.release_id for replacement in self.replacements]


def datasets_of(store: Store, county: str) -> list[StoredRows]:
    """Return the rows of every version of every dataset of a county."""
    columns = (Dataset.id, Dataset.exam_id, Dataset.bundle, Dataset.sha256)
    query = select(*columns).where(Dataset.county == county).order_by(Dataset.id)
    with store.read() as session:
        return [StoredRows(*row) for row in session.execute(query)]


def pairs_with(store: Store, release_ids: Collection[int]) -> list[tuple[int, int]]:
    """Return (release, baseline release) of the stored pairs that touch some releases."""
    query = select(StatisticSet.release_id, StatisticSet.baseline_release_id).where(
        StatisticSet.kind == "moments", _touches(release_ids)
    )
    with store.read() as session:
        found = {(a, b) for a, b in session.execute(query) if b is not None}
    return sorted(found)


def bundles_with(store: Store, release_ids: Collection[int]) -> set[str]:
    """Return the bundles that only these releases and their statistics need."""
    with store.read() as session:
        own = session.scalars(select(Release.bundle).where(Release.id.in_(release_ids))).all()
        paths = session.scalars(select(StatisticSet.path).where(_touches(release_ids))).all()
        others = session.scalars(select(StatisticSet.path).where(~_touches(release_ids))).all()
        kept = session.scalars(select(Release.bundle).where(~Release.id.in_(release_ids))).all()
    gone = {*own, *(path.split("/")[0] for path in paths)}
    return gone - {*kept, *(path.split("/")[0] for path in others)}


def delete_pupil_rows(store: Store, deletion: Deletion, *, actor: str) -> bool:
    """Delete a pupil and put the replacements in place, in one transaction.

    Returns
    -------
    bool
        Whether his rows are gone from the log of the catalogue too; otherwise a reader keeps
        them there until the next start or change.
    """

    def work(session: Session) -> None:
        before = digests_of(session, _changed_by(session, deletion))
        session.execute(delete(StatisticSet).where(_touches(deletion.release_ids)))
        for replacement in deletion.replacements:
            _replace(session, replacement)
        for dataset in deletion.datasets:
            _replace_dataset(session, dataset)
        for record in (PupilMove, Pupil):
            session.execute(
                delete(record).where(
                    record.county == deletion.county, record.pupil == deletion.pupil
                )
            )
        record_event(
            session,
            actor=actor,
            action="delete_pupil",
            what=f"releases {len(deletion.replacements)}, datasets {len(deletion.datasets)}",
            detail=deletion.reason,
            bound=before,
        )

    expect_deletion(store.home)
    store.change(work)
    return clear_log(store.home, seconds=_READERS_SECONDS)


def _changed_by(session: Session, deletion: Deletion) -> set[str]:
    """Return the records that change; a release also does with the statistics of its pairs."""
    touched = session.scalars(
        select(StatisticSet.release_id).where(_touches(deletion.release_ids)).distinct()
    )
    return {
        f"roster {deletion.county}",
        *(f"release {number}" for number in (*touched, *deletion.release_ids)),
        *(f"dataset {dataset.dataset_id}" for dataset in deletion.datasets),
    }


def _replace(session: Session, new: Replacement) -> None:
    session.execute(
        update(Release)
        .where(Release.id == new.release_id)
        .values(
            bundle=new.bundle,
            fingerprint=new.rows_sha256,  # no file holds this content any more
            scores_sha256=new.scores.sha256,
            rows_sha256=new.rows_sha256,
            roster_digest=new.roster_digest,
            n_rows=new.scores.n_rows,
            n_schools=new.n_schools,
            n_deleted=Release.n_deleted + 1,
        )
    )
    insert_statistics(session, new.statistics, release_id=new.release_id)


def _replace_dataset(session: Session, new: DatasetReplacement) -> None:
    session.execute(
        update(Dataset)
        .where(Dataset.id == new.dataset_id)
        .values(
            bundle=new.bundle,
            fingerprint=new.rows_sha256,
            sha256=new.rows.sha256,
            rows_sha256=new.rows_sha256,
            n_rows=new.rows.n_rows,
        )
    )


def _touches(release_ids: Collection[int]) -> ColumnElement[bool]:
    ids: Sequence[int] = list(release_ids)
    return or_(
        StatisticSet.release_id.in_(ids),
        # Null is no baseline: NOT IN would answer null for it.
        StatisticSet.baseline_release_id.is_not(None)
        & StatisticSet.baseline_release_id.in_(ids),
    )
