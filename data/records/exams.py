"""Exams, their releases and subjects, and where their statistics are stored."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.records.base import Record


class Exam(Record):
    """An exam of one grade; ``cohort`` is the calendar year its pupils entered grade 1."""

    __tablename__ = "exam"
    __table_args__ = (UniqueConstraint("name"), Index(None, "county", "cohort"))

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[date]
    grade: Mapped[int]
    stage: Mapped[str] = mapped_column(String(20))
    cohort: Mapped[int]
    is_demonstration: Mapped[bool]
    source: Mapped[str | None] = mapped_column(String(400))
    licence: Mapped[str | None] = mapped_column(String(120))


class Release(Record):
    """One published version of one exam; written once, superseded, never changed.

    The highest ``number`` of an exam is its current release.

    ``bundle`` is its folder in the lake; ``fingerprint`` identifies what was imported (file and
    settings), so that a retry of the same import is recognised. ``rows_sha256`` seals the
    canonical rows whatever the file format. ``reason`` and the pupils added, removed and
    changed stand with a correction; ``n_deleted`` counts pupils deleted from it on request.
    ``roster_digest`` is the keyed digest of its encrypted roster; null in older releases.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("exam_id", "number"), UniqueConstraint("bundle"))

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exam.id"))
    number: Mapped[int]
    bundle: Mapped[str] = mapped_column(String(32))
    fingerprint: Mapped[str] = mapped_column(String(64))
    scores_sha256: Mapped[str] = mapped_column(String(64))
    n_rows: Mapped[int]
    n_schools: Mapped[int]
    rule_version: Mapped[str] = mapped_column(String(20))
    published_at: Mapped[datetime]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    rows_sha256: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(String(400))
    n_added: Mapped[int | None]
    n_removed: Mapped[int | None]
    n_changed: Mapped[int | None]
    n_deleted: Mapped[int] = mapped_column(server_default="0")
    roster_digest: Mapped[str | None] = mapped_column(String(64))


class ExamSubject(Record):
    """A subject of a release with full mark and lines, in hundredths of a point."""

    __tablename__ = "exam_subject"
    __table_args__ = (UniqueConstraint("release_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    subject: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    full_mark: Mapped[int]
    excellent_line: Mapped[int]
    good_line: Mapped[int]
    pass_line: Mapped[int]
    low_line: Mapped[int]


class StatisticSet(Record):
    """One stored statistic of a release, or of a release linked to a baseline's release."""

    __tablename__ = "statistic_set"
    __table_args__ = (Index(None, "release_id", "baseline_release_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    baseline_release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    kind: Mapped[str] = mapped_column(String(30))
    priors: Mapped[str] = mapped_column(String(400))
    path: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    n_rows: Mapped[int]
