"""Publishing a dataset: one bundle of the lake, made visible by one transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import lake
from data.audit import now, record_event, take_turn
from data.batches import Attempt, Result, add_batch
from data.bound_records import digests_of
from data.datasets import ABOUT, FILE_NAME, DatasetVersion, dataset_versions, digest_of
from data.lake import StoredFile
from data.pupils import add_moves
from data.records import Dataset
from data.scope import OPERATOR
from data.store import Store


@dataclass(frozen=True, slots=True, eq=False)
class NewDataset:
    """A checked table that waits to be published.

    Attributes
    ----------
    fingerprint : str
        Identifies content and settings; the same fingerprint is published once.
    rows : DataFrame
        Rows of the kind's table.
    about : mapping
        What else is kept with them, fit for JSON.
    reason : str or None
        Why a published version is corrected.
    has_moves : bool
        Whether the rows are moves of pupils, which the roster must follow.
    """

    county: str
    kind: str
    name: str
    exam_id: int | None
    fingerprint: str
    rows: pd.DataFrame
    about: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    has_moves: bool = False


@dataclass(frozen=True, slots=True)
class PublishedDataset:
    """A version with the attempt that brought it; ``is_new`` is false if it was there."""

    version: DatasetVersion
    is_new: bool
    batch: int | None


def publish_dataset(
    store: Store, new: NewDataset, *, actor: str, attempt: Attempt | None = None
) -> PublishedDataset:
    """Publish a table as the next version of its dataset, unless it is the current one.

    Bundle written and flushed, renamed into the lake, then one transaction of the catalogue:
    whatever dies before it leaves the store as it was.
    """
    with lake.publishing(store.home):
        current = _current(store, new)
        if current is not None and current.fingerprint == new.fingerprint:
            batch = _unchanged(store, current, attempt, actor=actor)
            return PublishedDataset(current, is_new=False, batch=batch)
        about = json.dumps(new.about, ensure_ascii=False, sort_keys=True)
        table = pa.Table.from_pandas(new.rows, preserve_index=False)
        table = table.replace_schema_metadata(
            {**(table.schema.metadata or {}), ABOUT: about.encode()}
        )
        with lake.new_bundle(store.home) as bundle:
            stored = bundle.add_table(FILE_NAME, table)
            bundle.seal(store.home)
            record = _Record(new, bundle.name, stored, digest_of(table, about))
            batch = store.change(
                lambda session: _add(session, record, attempt=attempt, actor=actor)
            )
        version = _current(store, new)
        assert version is not None  # noqa: S101 it was added above
        return PublishedDataset(version, is_new=True, batch=batch)


@dataclass(frozen=True, slots=True, eq=False)
class _Record:
    """A sealed bundle that waits to be made visible."""

    new: NewDataset
    bundle: str
    stored: StoredFile
    rows_sha256: str


def _current(store: Store, new: NewDataset) -> DatasetVersion | None:
    versions = dataset_versions(
        OPERATOR, store, county=new.county, kind=new.kind, name=new.name
    )
    return versions[-1] if versions else None


def _add(
    session: Session, record: _Record, *, attempt: Attempt | None, actor: str
) -> int | None:
    """Make a version visible, with the attempt that brought it and the moves it tells of."""
    take_turn(session)
    new = record.new
    before = digests_of(session, [f"roster {new.county}"] if new.has_moves else [])
    of_name = (Dataset.county == new.county, Dataset.kind == new.kind, Dataset.name == new.name)
    previous = session.scalars(
        select(Dataset).where(*of_name).order_by(Dataset.number.desc()).limit(1)
    ).first()
    row = Dataset(
        county=new.county,
        kind=new.kind,
        name=new.name,
        number=previous.number + 1 if previous else 1,
        exam_id=new.exam_id,
        bundle=record.bundle,
        fingerprint=new.fingerprint,
        sha256=record.stored.sha256,
        rows_sha256=record.rows_sha256,
        n_rows=record.stored.n_rows,
        published_at=now(),
        supersedes_id=previous.id if previous else None,
        reason=new.reason,
    )
    session.add(row)
    session.flush()
    batch = _add_attempt(session, attempt, "published", row, actor=actor)
    if new.has_moves:
        moves = new.rows.assign(moved_on=[date.fromisoformat(d) for d in new.rows["moved_on"]])
        add_moves(session, moves, county=new.county, batch_id=batch)
    record_event(
        session,
        actor=actor,
        action="publish_dataset",
        what=new.name,
        detail=f"{new.kind} version {row.number}, rows {row.n_rows}",
        bound={**before, f"dataset {row.id}": None},
    )
    return batch


def _unchanged(
    store: Store, current: DatasetVersion, attempt: Attempt | None, *, actor: str
) -> int | None:
    def work(session: Session) -> int | None:
        row = session.get(Dataset, current.id)
        return _add_attempt(session, attempt, "unchanged", row, actor=actor)

    return None if attempt is None else store.change(work)


def _add_attempt(
    session: Session,
    attempt: Attempt | None,
    status: str,
    row: Dataset | None,
    *,
    actor: str,
) -> int | None:
    if attempt is None or row is None:
        return None
    result = Result(status, row.fingerprint, dataset_id=row.id)
    return add_batch(session, attempt, result, actor=actor)
