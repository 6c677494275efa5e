"""Policies in versions: weight schemes, rule sets, targets; content never changes.

    draft -> submitted -> official -> retired        (a draft or submission can be retired too)

A second person makes a version official, from a day on. On any day the official version with
the latest such day holds; older ones stay, so that the past can be told as it was.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import DataError, SettingsError
from data.audit import now, record_event, take_turn
from data.bound_records import digests_of
from data.records import PolicyVersion
from data.scope import Scope
from data.store import Store

STEPS = {
    "draft": ("submitted", "retired"),
    "submitted": ("official", "retired"),
    "official": ("retired",),
    "retired": (),
}


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """A version that somebody proposes; ``content`` is the text of its policy file."""

    county: str
    kind: str
    name: str
    content: str
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A version as it stands; see ``data.records.PolicyVersion``."""

    id: int
    county: str
    kind: str
    name: str
    number: int
    content: str
    sha256: str
    status: str
    reason: str
    author: str
    created_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    valid_from: date | None


def add_policy(store: Store, new: NewPolicy, *, actor: str) -> int:
    """Add the next version of a policy as a draft and return its number in the catalogue."""

    def add(session: Session) -> int:
        take_turn(session)
        versions = select(func.max(PolicyVersion.number)).where(
            PolicyVersion.county == new.county,
            PolicyVersion.kind == new.kind,
            PolicyVersion.name == new.name,
        )
        row = PolicyVersion(
            **{name: getattr(new, name) for name in NewPolicy.__slots__},
            number=(session.scalar(versions) or 0) + 1,
            sha256=_sha256(new.content),
            status="draft",
            author=actor,
            created_at=now(),
        )
        session.add(row)
        session.flush()
        new_one = {f"policy {row.id}": None}
        _record(session, row, new_one, actor=actor, action="draft_policy")
        return row.id

    return store.change(add)


def submit_policy(store: Store, policy_id: int, *, actor: str) -> None:
    """Hand a draft in, for another person to approve.

    Raises
    ------
    SettingsError
        When there is no such version or it is no draft.
    """
    _move(store, policy_id, "submitted", actor=actor)


def approve_policy(store: Store, policy_id: int, *, actor: str, valid_from: date) -> None:
    """Make a submitted version official from a day on.

    Raises
    ------
    SettingsError
        When it was not submitted, or the person is its author.
    """
    _move(store, policy_id, "official", actor=actor, valid_from=valid_from)


def retire_policy(store: Store, policy_id: int, *, actor: str) -> None:
    """Take a version out of use for good.

    Raises
    ------
    SettingsError
        When there is no such version or it is retired already.
    """
    _move(store, policy_id, "retired", actor=actor)


def withdraw_policy(store: Store, policy_id: int, *, actor: str) -> None:
    """Take an own draft or submission back for good.

    Raises
    ------
    SettingsError
        When there is no such version, it is official or retired, or another person wrote it.
    """
    _move(store, policy_id, "retired", actor=actor, is_withdrawal=True)


def list_policies(
    scope: Scope,  # noqa: ARG001
    store: Store,
    county: str,
    kind: str,
    *,
    name: str | None = None,
) -> tuple[Policy, ...]:
    """Return the versions of a kind, newest first; a policy is open to everybody it binds.

    Raises
    ------
    DataError
        When the content of a version is not what was sealed with it.
    """
    query = select(PolicyVersion).where(
        PolicyVersion.county == county, PolicyVersion.kind == kind
    )
    if name is not None:
        query = query.where(PolicyVersion.name == name)
    with store.read() as session:
        rows = session.scalars(query.order_by(PolicyVersion.id.desc()))
        return tuple(_policy(row) for row in rows)


def official_policy(
    scope: Scope, store: Store, county: str, kind: str, *, on: date, name: str | None = None
) -> Policy | None:
    """Return the version that holds on a day; None where none was official by then.

    Without a name it is the last official one of the kind, whatever it is called.
    """
    holding = [
        policy
        for policy in list_policies(scope, store, county, kind, name=name)
        if policy.status == "official" and policy.valid_from and policy.valid_from <= on
    ]
    return max(holding, key=lambda p: (p.valid_from or date.min, p.id), default=None)


def _move(
    store: Store,
    policy_id: int,
    status: str,
    *,
    actor: str,
    valid_from: date | None = None,
    is_withdrawal: bool = False,
) -> None:
    def move(session: Session) -> None:
        take_turn(session)
        before = digests_of(session, [f"policy {policy_id}"])
        row = session.get(PolicyVersion, policy_id)
        if row is None:
            raise SettingsError(
                f"There is no policy version {policy_id}. Choose one of the list.",
                f"没有编号为 {policy_id} 的政策版本。请从列表中选择。",
            )
        if status not in STEPS[row.status] or (is_withdrawal and row.status == "official"):
            raise _illegal_step(row, status)
        if is_withdrawal and actor != row.author:
            raise _others_policy(row)
        if status == "official":
            if actor == row.author:
                raise _own_policy(row)
            row.approved_by, row.approved_at, row.valid_from = actor, now(), valid_from
        row.status = status
        _record(session, row, before, actor=actor, action=f"{status}_policy")

    store.change(move)


def _record(
    session: Session,
    row: PolicyVersion,
    before: Mapping[str, str | None],
    *,
    actor: str,
    action: str,
) -> None:
    what = f"policy {row.id}: {row.kind} {row.name}"
    detail = f"version {row.number}, sha256 {row.sha256}, valid from {row.valid_from or '-'}"
    record_event(session, actor=actor, action=action, what=what, detail=detail, bound=before)


def _policy(row: PolicyVersion) -> Policy:
    if _sha256(row.content) != row.sha256:
        raise DataError(
            f"The content of policy version {row.number} of {row.name!r} was changed after it "
            "was written. It is not applied. Restore the catalogue from a backup.",
            f"政策“{row.name}”第 {row.number} 版的内容在写入后被改动，不予采用。"
            "请从备份恢复目录库。",
        )
    return Policy(**{name: getattr(row, name) for name in Policy.__slots__})


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _illegal_step(row: PolicyVersion, status: str) -> SettingsError:
    allowed = ", ".join(STEPS[row.status]) or "-"
    return SettingsError(
        f"Version {row.number} of policy {row.name!r} is {row.status} and cannot become "
        f"{status} (possible: {allowed}). Nothing was changed. Load the page again.",
        f"政策“{row.name}”第 {row.number} 版的状态是 {row.status}，不能变为 {status}"
        f"（可变为：{allowed}）。未作更改。请重新载入页面。",
    )


def _others_policy(row: PolicyVersion) -> SettingsError:
    return SettingsError(
        f"Version {row.number} of policy {row.name!r} was written by {row.author}, who alone "
        "can take it back. Ask this person, or have it retired.",
        f"政策“{row.name}”第 {row.number} 版由 {row.author} 起草，只有本人可以撤回。"
        "请联系起草人，或由批准人废止。",
    )


def _own_policy(row: PolicyVersion) -> SettingsError:
    return SettingsError(
        f"{row.author} wrote version {row.number} of policy {row.name!r} and cannot approve "
        "it. A second person is required. Ask somebody else to read and approve it.",
        f"政策“{row.name}”第 {row.number} 版由 {row.author} 起草，本人不能批准，"
        "须由第二人批准。请他人审阅后批准。",
    )
