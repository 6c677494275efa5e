"""Attempts to import: every one is kept with what came of it; drafts wait to be published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import SettingsError
from data.audit import IMPORT, now, record_event
from data.bound_records import digests_of
from data.records import ImportBatch
from data.scope import Scope
from data.store import Store


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a person tried to import.

    Attributes
    ----------
    school : str or None
        Code of the school whose rows alone the file may bring; None for a whole exam.
    file_name : str
        What the uploader calls the file, fit to be shown.
    checks : str
        JSON: findings counted by severity and check; no value of the file.
    settings : str
        JSON: what was said of the file.
    """

    county: str
    kind: str
    exam: str | None
    school: str | None
    file_name: str
    file_sha256: str
    n_rows: int
    n_refused: int
    checks: str
    settings: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """One attempt with what came of it; see ``data.records.ImportBatch``."""

    id: int
    county: str
    kind: str
    exam: str | None
    school: str | None
    file_name: str
    actor: str
    at: datetime
    status: str
    n_rows: int
    n_refused: int
    fingerprint: str | None
    bundle: str | None
    settings: str
    reason: str | None
    release_id: int | None
    draft_digest: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an attempt: its status and what it left in the store.

    Attributes
    ----------
    draft_digest : str or None
        Digest of the content of a draft (``data.sealed_table``).
    """

    status: str
    fingerprint: str | None = None
    bundle: str | None = None
    release_id: int | None = None
    dataset_id: int | None = None
    draft_digest: str | None = None


def add_batch(session: Session, attempt: Attempt, result: Result, *, actor: str) -> int:
    """Add an attempt to a transaction and return its number."""
    row = ImportBatch(
        **{name: getattr(attempt, name) for name in Attempt.__slots__},
        **{name: getattr(result, name) for name in Result.__slots__},
        actor=actor,
        at=now(),
    )
    session.add(row)
    session.flush()
    detail = f"{result.status}: rows {attempt.n_rows}, refused {attempt.n_refused}"
    record_event(
        session,
        actor=actor,
        action=IMPORT,
        what=f"{attempt.kind} {row.id}",
        detail=detail,
        bound={f"batch {row.id}": None},
    )
    return row.id


def list_batches(scope: Scope, store: Store, *, statuses: Sequence[str] = ()) -> list[Batch]:
    """Return the attempts that a scope may see, newest first.

    A scope that is limited to schools sees the attempts of those schools only.
    """
    query = select(ImportBatch).order_by(ImportBatch.id.desc())
    if statuses:
        query = query.where(ImportBatch.status.in_(statuses))
    if scope.schools is not None:
        query = query.where(ImportBatch.school.in_(scope.schools))
    with store.read() as session:
        return [_batch(row) for row in session.scalars(query)]


def find_batch(scope: Scope, store: Store, number: int) -> Batch:
    """Return one attempt.

    Raises
    ------
    SettingsError
        When there is none of that number, or the scope may not see it: both say the same.
    """
    with store.read() as session:
        row = session.get(ImportBatch, number)
        if row is not None and (scope.schools is None or row.school in scope.schools):
            return _batch(row)
    raise SettingsError(
        f"There is no import batch {number}. List them with the command batches.",
        f"没有编号为 {number} 的导入批次。请用 batches 命令查看。",
    )


def end_draft(
    session: Session, number: int, *, status: str, actor: str, release_id: int | None = None
) -> None:
    """Move a draft to its end, published or undone, inside a transaction.

    Raises
    ------
    SettingsError
        When it is no draft any more: another person was faster.
    """
    before = digests_of(session, [f"batch {number}"])
    done = session.execute(
        update(ImportBatch)
        .where(ImportBatch.id == number, ImportBatch.status == "draft")
        .values(status=status, release_id=release_id, bundle=None, draft_digest=None)
        .returning(ImportBatch.kind)
    ).first()
    if done is None:
        raise SettingsError(
            f"Import batch {number} is no draft any more. List them with the command batches.",
            f"导入批次 {number} 已不是草稿。请用 batches 命令查看。",
        )
    record_event(
        session,
        actor=actor,
        action=status,
        what=f"{done[0]} {number}",
        detail="draft",
        bound=before,
    )


def _batch(row: ImportBatch) -> Batch:
    return Batch(**{name: getattr(row, name) for name in Batch.__slots__})
