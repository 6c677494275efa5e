"""Attempts to import, remembered column names, and published tables that are not exams."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.records.base import Record


class ImportBatch(Record):
    """One attempt to import a file, whatever came of it.

    ``status`` is refused, checked (dry run), draft (kept, waits to be published), published,
    undone or unchanged. ``file_name`` is what the uploader called it, for display only; a
    draft lies encrypted in the lake under ``bundle``; ``draft_digest`` is the keyed digest of
    its content, null in older drafts. ``checks`` counts findings by severity
    and check, as JSON, without any value of the file.
    """

    __tablename__ = "import_batch"
    __table_args__ = (Index(None, "county", "exam"), Index(None, "status"))

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))
    exam: Mapped[str | None] = mapped_column(String(120))
    school: Mapped[str | None] = mapped_column(String(120))
    file_name: Mapped[str] = mapped_column(String(120))
    file_sha256: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20))
    n_rows: Mapped[int]
    n_refused: Mapped[int]
    checks: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    bundle: Mapped[str | None] = mapped_column(String(32))
    settings: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(400))
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    dataset_id: Mapped[int | None] = mapped_column(ForeignKey("dataset.id"))
    draft_digest: Mapped[str | None] = mapped_column(String(64))


class ColumnName(Record):
    """What a bureau said that a header of its own means; asked once, remembered."""

    __tablename__ = "column_name"
    __table_args__ = (UniqueConstraint("county", "kind", "header"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))
    header: Mapped[str] = mapped_column(String(120))
    meaning: Mapped[str] = mapped_column(String(120))
    actor: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class Dataset(Record):
    """One published version of a table that is no exam: items, enrolment, measures, survey ..

    Versioned and sealed like a release: the highest ``number`` of a county, kind and name is
    the current one, ``bundle`` its folder in the lake.
    """

    __tablename__ = "dataset"
    __table_args__ = (
        UniqueConstraint("county", "kind", "name", "number"),
        UniqueConstraint("bundle"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    exam_id: Mapped[int | None] = mapped_column(ForeignKey("exam.id"))
    bundle: Mapped[str] = mapped_column(String(32))
    fingerprint: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    rows_sha256: Mapped[str] = mapped_column(String(64))
    n_rows: Mapped[int]
    published_at: Mapped[datetime]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("dataset.id"))
    reason: Mapped[str | None] = mapped_column(String(400))
