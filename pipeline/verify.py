"""Verify a store: keys, catalogue, audit trail, every file of the lake, rosters, leftovers.

Nothing is changed, and nothing stops at the first fault: every part is checked as far as it
can be, and what is wrong becomes a finding that says what to do.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import QualityError
from core.findings import Finding
from data.audit_anchor import START, Anchor
from data.audit_check import TrailCheck, check_trail
from data.store import Store
from pipeline.verify_leftovers import leftover_checks
from pipeline.verify_parts import (
    FAULTS,
    Part,
    attempt,
    catalogue_checks,
    database_checks,
    dataset_checks,
    draft_checks,
    from_fault,
    identity_checks,
    key_checks,
    lake_checks,
    recomputed_checks,
    record_checks,
    release_checks,
    statistic_checks,
)

_PARTS: dict[str, Part] = {
    "database": database_checks,
    "records": record_checks,
    "releases": release_checks,
    "statistics": statistic_checks,
    "datasets": dataset_checks,
    "drafts": draft_checks,
    "roster": identity_checks,
    "lake": lake_checks,
    "leftovers": leftover_checks,
}


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a verification found.

    Attributes
    ----------
    findings : tuple of Finding
        Empty when the store is whole.
    checked : mapping of str to int
        How many checks of each part were made: keys, events, releases, statistics ..
    head : Anchor
        The newest event of the audit trail and its digest, to be kept elsewhere.
    """

    findings: tuple[Finding, ...]
    checked: Mapping[str, int]
    head: Anchor

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong; a note is no fault."""
        return all(finding.severity == "note" for finding in self.findings)


def verify_store(
    store: Store, *, recompute: bool = False, anchor_copy: Path | None = None
) -> VerifyReport:
    """Check everything a store holds.

    Parameters
    ----------
    store : Store
        It need not have been opened: what is missing is a finding.
    recompute : bool
        Make the statistics of the current releases again and compare them with the stored.
    anchor_copy : Path or None
        A copy of ``keys/audit.head`` that was kept elsewhere.
    """
    checked: Counter[str] = Counter()
    findings = _part("catalogue", catalogue_checks, store, checked)
    is_readable = not findings
    findings += _part("keys", key_checks, store, checked)
    if not is_readable:
        return VerifyReport(_told_once(findings), checked, START)
    trail = _trail(store, anchor_copy)
    checked["events"] = trail.n_events
    findings += trail.findings
    parts = _PARTS | ({"recomputed": recomputed_checks} if recompute else {})
    for name, part in parts.items():
        findings += _part(name, part, store, checked)
    return VerifyReport(_told_once(findings), checked, trail.head)


def _part(name: str, part: Part, store: Store, checked: Counter[str]) -> list[Finding]:
    findings: list[Finding] = []
    try:
        for check in part(store):
            checked[name] += 1
            findings += attempt(name, check)
    except (QualityError, *FAULTS) as fault:
        findings.append(from_fault(name, fault))
    return findings


def _told_once(findings: list[Finding]) -> tuple[Finding, ...]:
    """Leave out what was said before: one lost key stops many checks."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.message_en, finding)
    return tuple(first.values())


def _trail(store: Store, anchor_copy: Path | None) -> TrailCheck:
    try:
        with store.read() as session:
            return check_trail(session, store.home, copy=anchor_copy)
    except (QualityError, *FAULTS) as fault:
        return TrailCheck(0, START, (from_fault("audit_chain", fault),))
