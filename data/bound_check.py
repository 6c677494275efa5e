"""Checking what stands in the catalogue against what the events of the audit trail bound."""

import json
from collections.abc import Callable, Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.findings import Finding
from data.bound_records import standing_records
from data.records import AuditEvent, Exam, Release

_CHECK = "audit_records"
_LISTED = 5


def check_records(session: Session) -> tuple[Finding, ...]:
    """Follow every record of the catalogue from event to event, and compare it as it stands.

    Returns
    -------
    tuple of Finding
        Records that were changed, taken away or put in past the program; empty when each is as
        its newest event says, and each event found it as the one before had left it. That
        nobody changed the events is for ``check_trail`` to say.
    """
    query = select(AuditEvent.id, AuditEvent.bound).where(AuditEvent.bound.is_not(None))
    events = session.connection().execute(query.order_by(AuditEvent.id))
    bound: dict[str, str | None] = {}
    slips: dict[str, None] = {}
    number = 0
    for number, said in events:
        for name, (before, after) in json.loads(said or "{}").items():
            if bound.get(name) != before:
                slips[f"{name} (event {number})"] = None
            bound[name] = after
    standing = standing_records(session)
    if standing and not number:
        return (_not_bound(len(standing)),)
    asserted = {name: digest for name, digest in bound.items() if digest is not None}
    faults: dict[Callable[[int, str], Finding], Collection[str]] = {
        _changed_before: slips,
        _changed: [n for n in asserted if standing.get(n, asserted[n]) != asserted[n]],
        _gone: asserted.keys() - standing.keys(),
        _unknown: standing.keys() - asserted.keys(),
    }
    return tuple(
        tell(len(names), _listed(session, names)) for tell, names in faults.items() if names
    )


def _listed(session: Session, names: Collection[str]) -> str:
    """Return the first names; a release with its exam and number."""
    query = select(Release.id, Exam.name, Release.number).join(Exam)
    exams = {f"release {number}": f" ({e}, {n})" for number, e, n in session.execute(query)}
    first = sorted(names)[:_LISTED]
    return ", ".join(name + exams.get(name, "") for name in first)


def _changed_before(n: int, names: str) -> Finding:
    return _error(
        names,
        f"有 {n} 项记录曾被人绕过本程序改动，之后又由本程序更改（{names}）："
        "现有内容以被改动的内容为基础。请保全现有数据库作为证据，与备份比对，"
        "并恢复改动之前的备份。",
        "Records that somebody changed past this program before the program changed them too: "
        f"{n} ({names}). What stands rests on what was changed. Keep this database as "
        "evidence, compare it with backups, and restore one from before.",
    )


def _changed(n: int, names: str) -> Finding:
    return _error(
        names,
        f"目录库中有 {n} 项记录与审计链所记不符（{names}）：它们被人绕过本程序改动。"
        "请勿使用由此得出的数字，保全现有数据库作为证据，并从备份恢复。",
        f"Records of the catalogue that are not what the audit trail says: {n} ({names}). "
        "Somebody changed them past this program. Do not use figures made of them; keep this "
        "database as evidence and restore it from a backup.",
    )


def _gone(n: int, names: str) -> Finding:
    return _error(
        names,
        f"审计链记有而目录库中已不存在的记录有 {n} 项（{names}）：它们被人绕过本程序删除。"
        "请保全现有数据库作为证据，并从备份恢复。",
        f"Records that the audit trail knows and the catalogue has no more: {n} ({names}). "
        "Somebody deleted them past this program. Keep this database as evidence and restore "
        "it from a backup.",
    )


def _unknown(n: int, names: str) -> Finding:
    return _error(
        names,
        f"目录库中有 {n} 项记录是审计链从未记载的（{names}）：它们被人绕过本程序加入。"
        "请勿使用，保全现有数据库作为证据，并从备份恢复。",
        f"Records of the catalogue of which the audit trail knows nothing: {n} ({names}). "
        "Somebody put them in past this program. Do not use them; keep this database as "
        "evidence and restore it from a backup.",
    )


def _not_bound(n: int) -> Finding:
    return Finding(
        "warning", _CHECK, None, None, None,
        f"目录库中的 {n} 项记录早于本版程序，尚未封入审计链，对它们的改动无法发现。"
        "请先与备份核对，再做一次备份（backup）：下一条审计记录会将现有内容全部封入。",
        f"The {n} records of the catalogue are older than this version and not bound by the "
        "audit trail: a change of them would not be found. Compare them with a backup, then "
        "make a backup: the next event binds all that stands.",
    )  # fmt: skip


def _error(value: str, chinese: str, english: str) -> Finding:
    return Finding("error", _CHECK, None, None, value, chinese, english)
