"""What people decided: policies with versions, decisions, cases and what was done."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.records.base import Record


class PolicyVersion(Record):
    """One version of a weight scheme, rule set, target set or setting; content never changes.

    ``status`` is draft, submitted, official or retired; a version becomes official from
    ``valid_from`` when a second person approves it.
    """

    __tablename__ = "policy_version"
    __table_args__ = (UniqueConstraint("county", "kind", "name", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(400))
    author: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(String(60))
    approved_at: Mapped[datetime | None]
    valid_from: Mapped[date | None]


class Decision(Record):
    """What a person decided about a judgement, with a reason; superseded, never overwritten."""

    __tablename__ = "decision"
    __table_args__ = (Index(None, "county", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(120))
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    subject: Mapped[str | None] = mapped_column(String(60))
    rule: Mapped[str] = mapped_column(String(60))
    rule_version: Mapped[str] = mapped_column(String(20))
    judgement: Mapped[str] = mapped_column(String(40))
    decision: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(400))
    actor: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))


class Case(Record):
    """An entry of the problem ledger 整改台账; its course stands in its events."""

    __tablename__ = "case"
    __table_args__ = (Index(None, "county", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(40))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    opened_by: Mapped[str] = mapped_column(String(60))
    opened_at: Mapped[datetime]


class CaseEvent(Record):
    """A step of a case: its new status, owner and due day; only ever added to."""

    __tablename__ = "case_event"
    __table_args__ = (Index(None, "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(20))
    owner: Mapped[str | None] = mapped_column(String(60))
    due_on: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text)
