"""What must hold of a store whatever died: releases whole, nothing half visible, no orphan."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from sqlalchemy import select, text

from data.audit_anchor import FILE_NAME as ANCHOR
from data.bundles import SCORES_FILE
from data.catalogue import list_exams
from data.records import AuditEvent, Decision, Exam, ExamSubject, Record, Release, StatisticSet
from data.roster import open_roster
from data.scope import OPERATOR
from data.store import Store


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a store holds: rows by table, files with their hashes, the listing."""

    rows: dict[str, list[tuple[object, ...]]]
    files: dict[str, str]
    listing: tuple[object, ...]


def contents_of(store: Store) -> Contents:
    """Return everything that the store holds, to be compared with another moment."""
    with store.read() as session:
        rows = {
            table.name: sorted((tuple(r) for r in session.execute(select(table))), key=repr)
            for table in Record.metadata.sorted_tables
        }
    return Contents(rows, _files(store), list_exams(OPERATOR, store))


def faults_of(store: Store) -> list[str]:
    """Return what is not whole in a store that has just been opened; empty when all is."""
    return [
        *_database_faults(store),
        *_release_faults(store),
        *_statistic_faults(store),
        *_number_faults(store),
        *_audit_faults(store),
        *_orphans(store),
    ]


def published(store: Store) -> dict[str, list[int]]:
    """Return the numbers of the releases by exam, in order."""
    with store.read() as session:
        query = select(Exam.name, Release.number).join(Release, Release.exam_id == Exam.id)
        found: dict[str, list[int]] = {}
        for name, number in session.execute(query.order_by(Release.id)):
            found.setdefault(name, []).append(number)
    return found


def named_bundles(store: Store) -> set[str]:
    """Return the bundles that any table of the catalogue names, by ``bundle`` or ``path``."""
    found: set[str] = set()
    with store.read() as session:
        for table in Record.metadata.sorted_tables:
            for column in {"bundle", "path"} & set(table.columns.keys()):
                values = session.scalars(select(table.columns[column]))
                found |= {str(value).split("/")[0] for value in values if value}
    return found


def _database_faults(store: Store) -> list[str]:
    if store.database.reading.dialect.name != "sqlite":
        return []
    with store.database.reading.connect() as connection:
        found = connection.execute(text("pragma integrity_check")).scalars().all()
        dangling = connection.execute(text("pragma foreign_key_check")).all()
    faults = [] if found == ["ok"] else [f"integrity_check: {found[:3]}"]
    return faults + [f"foreign key of {row[0]}" for row in dangling]


def _release_faults(store: Store) -> list[str]:
    faults = []
    with store.read() as session:
        for release in session.scalars(select(Release)):
            path = f"{release.bundle}/{SCORES_FILE}"
            faults += _file_faults(store, path, release.scores_sha256, release.n_rows)
            faults += _roster_faults(store, release)
            query = select(ExamSubject.subject).where(ExamSubject.release_id == release.id)
            if not session.scalars(query).all():
                faults.append(f"release {release.id} has no subjects")
            kinds = select(StatisticSet.kind).where(StatisticSet.release_id == release.id)
            if not {"score_histogram", "state_count"} <= set(session.scalars(kinds)):
                faults.append(f"release {release.id} lacks its own statistics")
    return faults


def _roster_faults(store: Store, release: Release) -> list[str]:
    digest = release.roster_digest
    n = len(open_roster(OPERATOR, store.home, release.bundle, digest=digest))
    return [] if n == release.n_rows else [f"roster of release {release.id} has {n} rows"]


def _statistic_faults(store: Store) -> list[str]:
    with store.read() as session:
        sets = session.scalars(select(StatisticSet)).all()
    twice = Counter((s.release_id, s.baseline_release_id, s.kind, s.priors) for s in sets)
    faults = [f"{n} sets of {key}" for key, n in twice.items() if n > 1]
    for stored in sets:
        faults += _file_faults(store, stored.path, stored.sha256, stored.n_rows)
    return faults


def _file_faults(store: Store, path: str, sha256: str, n_rows: int) -> list[str]:
    file = store.home.lake / path
    if not file.is_file():
        return [f"missing {path}"]
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        return [f"changed {path}"]
    n = pq.read_metadata(file).num_rows
    return [] if n == n_rows else [f"{path} has {n} rows, the catalogue says {n_rows}"]


def _number_faults(store: Store) -> list[str]:
    return [
        f"{exam} has the releases {numbers}"
        for exam, numbers in published(store).items()
        if numbers != list(range(1, len(numbers) + 1))
    ]


def _audit_faults(store: Store) -> list[str]:
    """Compare publications and decisions of the audit trail with what stands, one for one."""
    with store.read() as session:
        query = select(AuditEvent.action, AuditEvent.object)
        events = Counter(tuple(row) for row in session.execute(query))
        decided = session.execute(select(Decision.id, Decision.unit)).all()
    expected = {("publish", exam): len(numbers) for exam, numbers in published(store).items()}
    expected |= {("decide", f"decision {number}: {unit}"): 1 for number, unit in decided}
    found = {key: n for key, n in events.items() if key[0] in ("publish", "decide")}
    return [] if found == expected else [f"audited {found}, standing {expected}"]


def _orphans(store: Store) -> list[str]:
    bundles = named_bundles(store)
    lake = {folder.name for folder in store.home.lake.iterdir()}
    left = [path.name for path in store.home.staging.iterdir()]
    return [f"orphan {name}" for name in [*sorted(lake ^ bundles), *sorted(left)]]


def _files(store: Store) -> dict[str, str]:
    def digest(path: Path) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest()

    folders = (store.home.lake, store.home.staging, store.home.keys)
    return {
        str(path.relative_to(store.home.root)): digest(path)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.name != ANCHOR
    }
