"""Cases of the problem ledger 整改台账: moved on by events, closed by a second person.

    open -> planned -> in_progress -> submitted -> closed -> reopened
                 <- replanned     <- sent back              -> planned, in_progress

An event in the same status is a note, or changes owner or due day; a closed case takes none.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import SettingsError
from data.audit import now, record_event, take_turn
from data.records import Case, CaseEvent, Decision
from data.scope import Scope
from data.store import Store
from data.unit_scope import visible_units

Status = Literal["open", "planned", "in_progress", "submitted", "closed", "reopened"]

TRANSITIONS: dict[str, tuple[Status, ...]] = {
    "open": ("planned", "in_progress"),
    "planned": ("in_progress",),
    "in_progress": ("submitted", "planned"),
    "submitted": ("closed", "in_progress"),
    "closed": ("reopened",),
    "reopened": ("planned", "in_progress"),
}
_DONE = ("submitted", "closed")


@dataclass(frozen=True, slots=True)
class NewCase:
    """A problem that is put into the ledger; ``source`` says where it came from."""

    county: str
    unit: str
    title: str
    source: str
    text: str
    owner: str | None = None
    due_on: date | None = None
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewStep:
    """What happens to a case next.

    Attributes
    ----------
    after : int
        Number of the newest event that the person saw.
    owner, due_on : str, date or None
        None leaves them as they are.
    """

    after: int
    status: Status
    text: str
    owner: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One event of a case."""

    id: int
    at: datetime
    actor: str
    status: str
    owner: str | None
    due_on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class LedgerCase:
    """A case with its newest event."""

    id: int
    county: str
    unit: str
    title: str
    source: str
    decision_id: int | None
    opened_by: str
    opened_at: datetime
    newest: CaseStep

    def is_overdue(self, on: date) -> bool:
        """Whether its due day is past and its owner has not submitted it."""
        due = self.newest.due_on
        return due is not None and due < on and self.newest.status not in _DONE


def add_case(store: Store, new: NewCase, *, actor: str) -> int:
    """Open a case and return its number.

    Raises
    ------
    SettingsError
        When it names a decision on another unit.
    """

    def add(session: Session) -> int:
        _require_decision(session, new)
        case = Case(
            county=new.county,
            unit=new.unit,
            title=new.title,
            source=new.source,
            decision_id=new.decision_id,
            opened_by=actor,
            opened_at=now(),
        )
        session.add(case)
        session.flush()
        step = NewStep(0, "open", new.text, new.owner, new.due_on)
        _add_step(session, case, step, actor=actor)
        return case.id

    return store.change(add)


def add_step(scope: Scope, store: Store, case_id: int, step: NewStep, *, actor: str) -> None:
    """Move a case on by one event.

    Raises
    ------
    SettingsError
        When the scope may not see the case, another event came meanwhile, the transition is
        illegal, or a case would be closed by its owner or by who submitted it.
    """

    def add(session: Session) -> None:
        take_turn(session)
        case = _visible_case(scope, session, case_id)
        steps = _steps(session, case_id)
        newest = steps[-1]
        if newest.id != step.after:
            raise _moved_meanwhile(case_id, newest)
        require_legal(case_id, steps, step, actor=actor)
        carried = NewStep(
            step.after,
            step.status,
            step.text,
            step.owner or newest.owner,
            step.due_on or newest.due_on,
        )
        _add_step(session, case, carried, actor=actor)

    store.change(add)


def list_cases(
    scope: Scope, store: Store, county: str, *, overdue_on: date | None = None
) -> tuple[LedgerCase, ...]:
    """Return the cases of units that the scope may see, with their newest events, newest first.

    Parameters
    ----------
    overdue_on : date or None
        Only the cases that are overdue on this day.
    """
    newest = select(func.max(CaseEvent.id)).group_by(CaseEvent.case_id)
    query = (
        select(Case, CaseEvent)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(Case.county == county, CaseEvent.id.in_(newest))
        .order_by(CaseEvent.id.desc())
    )
    with store.read() as session:
        visible = visible_units(scope, session, county)
        cases = [
            _ledger_case(case, event)
            for case, event in session.execute(query)
            if case.unit in visible
        ]
    return tuple(c for c in cases if overdue_on is None or c.is_overdue(overdue_on))


def steps_of(scope: Scope, store: Store, case_id: int) -> tuple[CaseStep, ...]:
    """Return the course of a case, oldest event first.

    Raises
    ------
    SettingsError
        When there is no such case, or the scope may not see it: both say the same.
    """
    with store.read() as session:
        _visible_case(scope, session, case_id)
        return tuple(_step(row) for row in _steps(session, case_id))


def _visible_case(scope: Scope, session: Session, case_id: int) -> Case:
    case = session.get(Case, case_id)
    if case is None or case.unit not in visible_units(scope, session, case.county):
        raise SettingsError(
            f"There is no case {case_id}. Choose one of the ledger.",
            f"没有编号为 {case_id} 的台账条目。请从台账中选择。",
        )
    return case


def _steps(session: Session, case_id: int) -> list[CaseEvent]:
    query = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id)
    return list(session.scalars(query))


def _add_step(session: Session, case: Case, step: NewStep, *, actor: str) -> None:
    values = {name: getattr(step, name) for name in ("status", "owner", "due_on", "text")}
    row = CaseEvent(case_id=case.id, at=now(), actor=actor, **values)
    session.add(row)
    session.flush()
    what = f"case {case.id}: {case.unit}"
    detail = f"{step.status}, owner {step.owner or '-'}, due {step.due_on or '-'}"
    new = (f"step {row.id}", *([] if step.after else [f"case {case.id}"]))
    bound = dict.fromkeys(new)
    record_event(session, actor=actor, action="case", what=what, detail=detail, bound=bound)


def _ledger_case(case: Case, newest: CaseEvent) -> LedgerCase:
    values = {name: getattr(case, name) for name in LedgerCase.__slots__ if name != "newest"}
    return LedgerCase(**values, newest=_step(newest))


def _step(row: CaseEvent) -> CaseStep:
    return CaseStep(**{name: getattr(row, name) for name in CaseStep.__slots__})


def _require_decision(session: Session, new: NewCase) -> None:
    if new.decision_id is None:
        return
    decision = session.get(Decision, new.decision_id)
    if decision is None or (decision.county, decision.unit) != (new.county, new.unit):
        raise SettingsError(
            f"Decision {new.decision_id} is none on unit {new.unit}. The case was not opened. "
            "Open it from a decision on this unit, or without one.",
            f"编号 {new.decision_id} 不是关于单位 {new.unit} 的决定，未立项。"
            "请从该单位的决定立项，或不引用决定。",
        )


def require_legal(case_id: int, steps: list[CaseEvent], step: NewStep, *, actor: str) -> None:
    """Refuse a transition that the ledger does not know, and closing one's own case.

    Parameters
    ----------
    steps : list of CaseEvent
        The course of the case so far, oldest event first.

    Raises
    ------
    SettingsError
        With the transitions that are possible, or because a second person is required.
    """
    status = steps[-1].status
    is_note = step.status == status != "closed"
    if not is_note and step.status not in TRANSITIONS[status]:
        allowed = ", ".join(TRANSITIONS[status])
        raise SettingsError(
            f"Case {case_id} is {status} and cannot become {step.status} (possible: {allowed})"
            "; nothing was changed. Choose one of these.",
            f"台账 {case_id} 的状态是 {status}，不能变为 {step.status}（可变为：{allowed}）。"
            "未作更改。请从中选择。",
        )
    if step.status != "closed":
        return
    # Who submitted it stays so, whatever notes or owners came after.
    submission = next(
        after
        for before, after in reversed(list(pairwise(steps)))
        if after.status == "submitted" != before.status
    )
    if actor in (submission.actor, submission.owner, steps[-1].owner):
        raise SettingsError(
            f"Case {case_id}: {actor} owns or submitted it and cannot close it. A second "
            "person is required. Ask somebody else to check the work and close it.",
            f"台账 {case_id}：{actor} 是责任人或提交人，不能自行销号，须由第二人核查。"
            "请他人核查后销号。",
        )


def _moved_meanwhile(case_id: int, newest: CaseEvent) -> SettingsError:
    return SettingsError(
        f"Case {case_id} was moved to {newest.status} by {newest.actor} on "
        f"{newest.at:%Y-%m-%d %H:%M} UTC, after you loaded it. Nothing was changed. Load it "
        "again and look before you go on.",
        f"台账 {case_id} 在您载入之后已由 {newest.actor} 于 {newest.at:%Y-%m-%d %H:%M}（UTC）"
        f"改为 {newest.status}。未作更改。请重新载入、查看后再继续。",
    )
