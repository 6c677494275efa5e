"""One attempt to import a case, as a person makes it, and what the store holds after it."""

import hashlib
from datetime import date
from pathlib import Path

from sqlalchemy import inspect, text

from data.store import Store
from pipeline.import_scores import ImportReport, ImportRequest, import_scores
from tests.corpus.case import Case

_LEFT_BY_ATTEMPTS = {"audit_event", "import_batch"}  # every attempt leaves a trace there


def attempt(
    store: Store, case: Case, *, folder: Path, exam: str = "", is_dry_run: bool = False
) -> ImportReport:
    """Import the file of a case; nothing but its content and the request decides."""
    path = folder / case.file
    path.write_bytes(case.content())
    try:
        request = ImportRequest(
            path, exam or case.id, date(2026, 6, 1), 8, None, case.full_marks,
            school=case.school,
        )  # fmt: skip
        return import_scores(store, request, is_dry_run=is_dry_run, actor="clerk")
    finally:
        path.unlink()


def content_of(store: Store) -> dict[str, str]:
    """Return a digest of every table but the traces, and of every file in the lake."""
    lake = store.home.lake
    digests = {
        str(path.relative_to(lake)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(lake.rglob("*"))
        if path.is_file()
    }
    with store.read() as session:
        tables = set(inspect(session.connection()).get_table_names()) - _LEFT_BY_ATTEMPTS
        for table in sorted(tables):
            rows = session.execute(text(f'select * from "{table}"')).fetchall()  # noqa: S608
            digests[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return digests


def words_of(report: ImportReport) -> str:
    """Return all messages of a report in Chinese."""
    return "\n".join(finding.message_zh for finding in report.findings)
