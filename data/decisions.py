"""Decisions on judgements: each with a name, a reason and a date, superseded, never changed.

The decisions on one matter (county, unit, release, subject, rule) form one line: each names the
one that it supersedes, and only the newest can be superseded.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.errors import SettingsError
from data.audit import now, record_event, take_turn
from data.records import Decision
from data.scope import Scope
from data.store import Store
from data.unit_scope import visible_units

_MATTER = ("county", "unit", "release_id", "subject", "rule")


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a person decides about a judgement.

    Attributes
    ----------
    judgement : str
        What the rule proposed: a band or a candidate flag.
    decision : str
        What holds instead or as well: such as confirmed, dismissed, changed.
    release_id, subject : int, str or None
        None where the judgement is not of one release or one subject.
    supersedes : int or None
        Number of the decision that the person saw; None when he saw none.
    """

    county: str
    unit: str
    rule: str
    rule_version: str
    judgement: str
    decision: str
    reason: str
    release_id: int | None = None
    subject: str | None = None
    supersedes: int | None = None


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A decision as it stands; ``is_current`` unless another superseded it."""

    id: int
    county: str
    unit: str
    rule: str
    rule_version: str
    judgement: str
    decision: str
    reason: str
    release_id: int | None
    subject: str | None
    supersedes: int | None
    actor: str
    at: datetime
    is_current: bool


def add_decision(store: Store, new: NewDecision, *, actor: str) -> int:
    """Add a decision to the line of its matter and return its number.

    Raises
    ------
    SettingsError
        When the newest decision on the matter is not the one that was seen.
    """

    def add(session: Session) -> int:
        take_turn(session)
        newest = session.scalars(_line(new).order_by(Decision.id.desc()).limit(1)).first()
        if (newest.id if newest else None) != new.supersedes:
            raise _made_meanwhile(new, newest)
        values = {name: getattr(new, name) for name in NewDecision.__slots__}
        values["supersedes_id"] = values.pop("supersedes")
        row = Decision(**values, actor=actor, at=now())
        session.add(row)
        session.flush()
        record_event(
            session,
            actor=actor,
            action="decide",
            what=f"decision {row.id}: {new.unit}",
            detail=f"{new.rule} {new.rule_version}: {new.judgement} -> {new.decision}",
            bound={f"decision {row.id}": None},
        )
        return row.id

    return store.change(add)


def list_decisions(
    scope: Scope, store: Store, county: str, *, unit: str | None = None
) -> tuple[RecordedDecision, ...]:
    """Return the decisions on units that the scope may see, newest first, whole lines."""
    query = select(Decision).where(Decision.county == county).order_by(Decision.id.desc())
    if unit is not None:
        query = query.where(Decision.unit == unit)
    with store.read() as session:
        visible = visible_units(scope, session, county)
        rows = [row for row in session.scalars(query) if row.unit in visible]
        superseded = {row.supersedes_id for row in rows}
        return tuple(_recorded(row, is_current=row.id not in superseded) for row in rows)


def _line(new: NewDecision) -> Select[Decision]:
    same = (
        getattr(Decision, name).is_not_distinct_from(getattr(new, name)) for name in _MATTER
    )
    return select(Decision).where(*same)


def _recorded(row: Decision, *, is_current: bool) -> RecordedDecision:
    values = {
        name: getattr(row, name)
        for name in RecordedDecision.__slots__
        if name not in ("supersedes", "is_current")
    }
    return RecordedDecision(**values, supersedes=row.supersedes_id, is_current=is_current)


def _made_meanwhile(new: NewDecision, newest: Decision | None) -> SettingsError:
    if newest is None:
        return SettingsError(
            f"Unit {new.unit} has no decision {new.supersedes} by rule {new.rule}. "
            "Nothing was recorded. Load the page again and decide on what it shows.",
            f"单位 {new.unit} 在规则 {new.rule} 下没有编号为 {new.supersedes} 的决定，"
            "未作记录。请重新载入页面后再作决定。",
        )
    return SettingsError(
        f"Unit {new.unit}, rule {new.rule}: {newest.actor} decided {newest.decision!r} on "
        f"{newest.at:%Y-%m-%d %H:%M} UTC (decision {newest.id}); you saw "
        f"{new.supersedes or 'none'}. Nothing was recorded. Read that decision, then decide "
        "again if you still want another.",
        f"单位 {new.unit}、规则 {new.rule}：{newest.actor} 已于 {newest.at:%Y-%m-%d %H:%M}"
        f"（UTC）作出“{newest.decision}”（编号 {newest.id}），而您看到的是"
        f"{f'编号 {new.supersedes}' if new.supersedes else '尚无决定'}。未作记录。"
        "请先查看该决定，如仍需更改再重新作出。",
    )
