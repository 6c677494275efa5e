"""The organisation tree, the pupils that a roster names, and how they moved."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.records.base import Record


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


class Pupil(Record):
    """A pupil of the roster as it stands now.

    ``pupil`` and ``exam_pupil`` are the pseudonyms of the pupil number and of the exam number;
    ``name_hash`` is a keyed hash of the name, to compare without opening; ``identity`` is an
    encrypted record of both numbers and the name. ``is_enrolled`` is false
    for pupils who left: they stay known, so that an earlier exam can be corrected.
    """

    __tablename__ = "pupil"
    __table_args__ = (
        UniqueConstraint("county", "pupil"),
        Index(None, "county", "exam_pupil"),
        Index(None, "county", "school"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(String(40))
    pupil: Mapped[int] = mapped_column(BigInteger)
    exam_pupil: Mapped[int | None] = mapped_column(BigInteger)
    name_hash: Mapped[int | None] = mapped_column(BigInteger)
    identity: Mapped[str] = mapped_column(String(1000))
    school: Mapped[str] = mapped_column(String(120))
    grade: Mapped[int | None]
    class_name: Mapped[str | None] = mapped_column(String(60))
    is_enrolled: Mapped[bool]
    changed_at: Mapped[datetime]


class PupilMove(Record):
    """A change of enrolment: into, out of or between schools; only ever added to."""

    __tablename__ = "pupil_move"
    __table_args__ = (
        UniqueConstraint("county", "pupil", "moved_on", "kind"),
        Index(None, "county", "moved_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(String(40))
    pupil: Mapped[int] = mapped_column(BigInteger)
    moved_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    from_school: Mapped[str | None] = mapped_column(String(120))
    to_school: Mapped[str | None] = mapped_column(String(120))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))
