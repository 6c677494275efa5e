"""Checking the audit trail: the chain, its anchor, and a copy of the anchor kept elsewhere."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core.errors import DataError, QualityError
from core.findings import Finding, Severity
from data.audit import stored_events
from data.audit_anchor import START, Anchor, anchor_path, read_anchor
from data.audit_chain import ChainCheck, check_chain
from data.home import Home
from data.pseudonym import AUDIT_KEY, read_key

_TRIGGERS = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'",
        {"audit_event_no_update", "audit_event_no_delete", "audit_event_no_replace"},
    ),
    "postgresql": (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_event'::regclass "
        "AND NOT tgisinternal AND tgenabled = 'O'",
        {"audit_event_no_change", "audit_event_no_truncate"},
    ),
}
_LISTED = 5


@dataclass(frozen=True, slots=True)
class TrailCheck:
    """What a check of the trail found.

    Attributes
    ----------
    n_events : int
    head : Anchor
        The newest event and its digest: what a bureau writes down or copies elsewhere.
    findings : tuple of Finding
        Empty when the trail is whole.
    """

    n_events: int
    head: Anchor
    findings: tuple[Finding, ...]


def check_trail(session: Session, home: Home, *, copy: Path | None = None) -> TrailCheck:
    """Check the chain of all events and the anchors against it.

    Parameters
    ----------
    copy : Path or None
        An older ``audit.head`` that was kept elsewhere: its event has to be in the chain too.
    """
    try:
        key = read_key(home, AUDIT_KEY)
    except (QualityError, OSError) as error:
        return TrailCheck(0, START, (_told("audit_key", error),))
    paths = [anchor_path(home), *([copy] if copy else [])]
    anchors, findings = _read(paths)
    try:
        chain = check_chain(key, stored_events(session), asked={a.id for _, a in anchors})
    except (SQLAlchemyError, ValueError):
        return TrailCheck(0, START, (*findings, _unreadable()))
    findings += _chain_findings(chain, is_anchored=anchor_path(home).exists())
    for path, anchor in anchors:
        if anchor != START and chain.digests.get(anchor.id) != anchor.digest:
            findings.append(_anchor_unknown(path.name, anchor, chain))
    findings += _trigger_findings(session)
    head = Anchor(chain.head_id, chain.head_digest)
    return TrailCheck(chain.n_events, head, tuple(findings))


def _read(paths: list[Path]) -> tuple[list[tuple[Path, Anchor]], list[Finding]]:
    anchors: list[tuple[Path, Anchor]] = []
    findings = []
    for path in paths:
        try:
            anchor = read_anchor(path)
        except (DataError, OSError) as error:
            findings.append(_told("audit_anchor_unreadable", error))
            continue
        if anchor is not None:
            anchors.append((path, anchor))
        elif path is not paths[0]:
            findings.append(_no_copy(path))
    return anchors, findings


def _chain_findings(chain: ChainCheck, *, is_anchored: bool) -> list[Finding]:
    findings = []
    if chain.broken:
        findings.append(_broken(chain))
    if chain.n_events and chain.n_events == chain.n_older:
        findings.append(_not_chained(chain.n_events))
    elif chain.n_events and not is_anchored:
        findings.append(_no_anchor())
    return findings


def _trigger_findings(session: Session) -> list[Finding]:
    statement, expected = _TRIGGERS[session.get_bind().dialect.name]
    missing = expected - set(session.scalars(text(statement)))
    if not missing:
        return []
    return [
        _finding(
            "warning",
            "audit_triggers",
            f"数据库中缺少 {len(missing)} 个保护审计记录的触发器，应有 {len(expected)} 个："
            "审计记录可被修改或删除（仍会被链校验发现）。请查明谁动过数据库，并从备份恢复结构。",
            f"Of the {len(expected)} triggers that keep audit events from being changed, "
            f"{len(missing)} are missing. A change would still be found by the chain. Find out "
            "who altered the database, and restore its schema from a backup.",
        )
    ]


def _broken(chain: ChainCheck) -> Finding:
    first = ", ".join(str(number) for number in chain.broken[:_LISTED])
    return _finding(
        "error",
        "audit_chain",
        f"审计链断裂 {len(chain.broken)} 处（共 {chain.n_events} 条，事件编号 {first}）："
        "这些事件或它们之前的事件被修改、删除、插入或调换。请保全现有数据库作为证据，"
        "与备份逐条比对，并从备份恢复。",
        f"The audit chain is broken at {len(chain.broken)} of {chain.n_events} events (numbers "
        f"{first}): they, or events before them, were changed, deleted, inserted or swapped. "
        "Keep this database as evidence, compare it with a backup, and restore from it.",
        value=first,
    )


def _anchor_unknown(name: str, anchor: Anchor, chain: ChainCheck) -> Finding:
    return _finding(
        "error",
        "audit_anchor",
        f"锚点 {name} 记录的第 {anchor.id} 号事件不在审计链中（现有最新编号 {chain.head_id}）："
        "链尾被截去，或数据库被换成旧副本。若确因恢复备份，请用 "
        "verify --accept-trail 原因 确认；否则请保全现有数据库并查明原因。",
        f"The anchor {name} names event {anchor.id}, which the chain does not hold (its newest "
        f"is {chain.head_id}): its end was cut off, or the database is an older copy. If a "
        "backup was restored on purpose, confirm it by verify --accept-trail REASON; otherwise "
        "keep this database as evidence and find out why.",
        value=str(anchor.id),
    )


def _no_anchor() -> Finding:
    return _finding(
        "error",
        "audit_anchor",
        "缺少审计链锚点文件 keys/audit.head，无法得知链尾是否被截去。请从 keys/ 的备份恢复；"
        "若确已丢失，请用 verify --accept-trail 原因 重新锚定。",
        "The anchor keys/audit.head is missing: nobody can tell whether the end of the trail "
        "was cut off. Restore it from the backup of keys/; if it is lost, anchor the trail "
        "anew by verify --accept-trail REASON.",
    )


def _no_copy(path: Path) -> Finding:
    return _finding(
        "error",
        "audit_anchor_unreadable",
        f"找不到锚点副本 {path.name}。请检查 --anchor 给出的路径。",
        f"There is no copy of the anchor called {path.name}. Check the path after --anchor.",
    )


def _not_chained(n_events: int) -> Finding:
    return _finding(
        "note",
        "audit_chain",
        f"全部 {n_events} 条审计记录早于审计链，下一次记录时将一并封入。",
        f"All {n_events} audit events are older than the chain; the next event covers them.",
    )


def _unreadable() -> Finding:
    return _finding(
        "error",
        "audit_chain",
        "审计记录无法读取：内容已损坏或被改成别的类型。请保全现有数据库并从备份恢复。",
        "The audit events cannot be read: they are damaged, or hold values of another type. "
        "Keep this database as evidence and restore it from a backup.",
    )


def _told(check: str, error: Exception) -> Finding:
    if isinstance(error, QualityError):
        return _finding("error", check, error.message_zh, error.message)
    return _finding("error", check, f"无法读取：{error}", f"It cannot be read: {error}")


def _finding(
    severity: Severity, check: str, chinese: str, english: str, *, value: str | None = None
) -> Finding:
    return Finding(severity, check, None, None, value, chinese, english)
