"""The catalogue's tables: organisation, exams, releases, statistic sets, audit."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# Named constraints, so that a migration can find them on every database.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Record(DeclarativeBase):
    """Base of all catalogue records."""

    metadata = MetaData(naming_convention=_NAMES)


class Unit(Record):
    """A node of the organisation tree.

    ``county`` is the key of the tree: codes are unique inside it, so that two data sets with
    the same school codes can stand side by side.
    """

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("county", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    level: Mapped[str] = mapped_column(String(20))
    parent: Mapped[str | None] = mapped_column(String(120))
    stage: Mapped[str | None] = mapped_column(String(20))
    school_type: Mapped[str | None] = mapped_column(String(40))
    locale: Mapped[str | None] = mapped_column(String(20))


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
    settings), so that a retry of the same import is recognised.
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


class AuditEvent(Record):
    """Who did what to which object, and when; only ever added to."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    object: Mapped[str] = mapped_column(String(160))
    detail: Mapped[str] = mapped_column(String(400))
