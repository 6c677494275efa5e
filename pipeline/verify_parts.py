"""The parts of a verification: what is checked of each, and what is said when it is wrong.

A part gives its checks one by one; a check returns findings, or raises the error that says what
is wrong.
"""

from collections.abc import Callable, Iterator
from functools import partial

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.fernet import InvalidToken
from sqlalchemy.exc import SQLAlchemyError

from core.errors import QualityError
from core.findings import Finding, Severity
from data.batches import Batch, list_batches
from data.bound_check import check_records
from data.catalogue import list_exams
from data.datasets import dataset_versions, list_datasets, verify_dataset
from data.inventory import (
    PromisedRelease,
    check_file,
    database_faults,
    promised_releases,
    promised_statistics,
    pupils_by_county,
    unnamed_bundles,
)
from data.pseudonym import KEY_NAMES, read_key
from data.pupils import identities_of
from data.roster import open_roster
from data.schema import is_current
from data.scope import OPERATOR
from data.store import Store, require_store
from pipeline.drafts import draft_scores_of
from pipeline.recompute import can_recompute, check_recomputed

Check = Callable[[], object]
"""Returns findings, or anything else when it raised no error and so found nothing wrong."""
Part = Callable[[Store], Iterator[Check]]

_LISTED = 5
_OTHERS_MAY_READ = 0o077
FAULTS = (SQLAlchemyError, OSError, ValueError, KeyError, pa.ArrowException, InvalidToken)


def attempt(name: str, check: Check) -> list[Finding]:
    """Return what a check finds; one that cannot be made is a finding too."""
    findings: list[Finding] = []
    try:
        found = check()
        if isinstance(found, Iterator):
            findings.extend(found)
    except (QualityError, *FAULTS) as fault:
        findings.append(from_fault(name, fault))
    return findings


def from_fault(name: str, fault: Exception) -> Finding:
    """Return the finding that tells of an error."""
    if isinstance(fault, QualityError):
        return finding("error", name, fault.message_zh, fault.message)
    kind = type(fault).__name__
    return finding(
        "error",
        name,
        f"“{name}”部分无法核查（{kind}）：文件或目录库缺失、损坏或无权读取。"
        "请检查权限与磁盘，必要时从备份恢复。",
        f"The part {name!r} cannot be checked ({kind}): files or catalogue are missing, "
        "damaged or may not be read. Check rights and disk; restore a backup if need be.",
    )


def finding(
    severity: Severity, check: str, chinese: str, english: str, *, value: str | None = None
) -> Finding:
    """Return a finding on the store, which has no row and no column."""
    return Finding(severity, check, None, None, value, chinese, english)


def key_checks(store: Store) -> Iterator[Check]:
    """Check that every key is there, whole, and its owner's alone."""
    return (partial(_key, store, name) for name in KEY_NAMES)


def catalogue_checks(store: Store) -> Iterator[Check]:
    """Check that the catalogue is there and of this program's schema."""
    yield partial(_catalogue, store)


def database_checks(store: Store) -> Iterator[Check]:
    """Check that the database's own structures are sound."""
    yield partial(_database, store)


def record_checks(store: Store) -> Iterator[Check]:
    """Check that the catalogue's records are those that the audit trail bound."""
    yield partial(_records, store)


def release_checks(store: Store) -> Iterator[Check]:
    """Check the rows and the roster of every release."""
    with store.read() as session:
        releases = promised_releases(session)
    return (partial(_release, store, release) for release in releases)


def statistic_checks(store: Store) -> Iterator[Check]:
    """Check the file of every stored statistic."""
    with store.read() as session:
        statistics = promised_statistics(session)
    return (partial(check_file, store.home, statistic.file) for statistic in statistics)


def recomputed_checks(store: Store) -> Iterator[Check]:
    """Compare the statistics of the current releases with what their rows give now."""
    releases = {exam.release_id: exam for exam in list_exams(OPERATOR, store)}
    with store.read() as session:
        statistics = promised_statistics(session)
    return (
        partial(check_recomputed, store, statistic, releases)
        for statistic in statistics
        if can_recompute(statistic, releases)
    )


def dataset_checks(store: Store) -> Iterator[Check]:
    """Check the rows of every version of every dataset."""
    for d in list_datasets(OPERATOR, store):
        for version in dataset_versions(
            OPERATOR, store, county=d.county, kind=d.kind, name=d.name
        ):
            yield partial(verify_dataset, store, version)


def draft_checks(store: Store) -> Iterator[Check]:
    """Check that every draft opens."""
    drafts = list_batches(OPERATOR, store, statuses=("draft",))
    return (partial(_draft, store, batch) for batch in drafts)


def identity_checks(store: Store) -> Iterator[Check]:
    """Check that the identities of the roster open, county by county."""
    with store.read() as session:
        counties = pupils_by_county(session)
    return (
        partial(identities_of, OPERATOR, store, county, pupils)
        for county, pupils in counties.items()
    )


def lake_checks(store: Store) -> Iterator[Check]:
    """Look for bundles that the catalogue does not name."""
    yield partial(_unnamed, store)


def _key(store: Store, name: str) -> Iterator[Finding]:
    read_key(store.home, name)
    mode = (store.home.keys / f"{name}.key").stat().st_mode
    if mode & _OTHERS_MAY_READ:
        yield finding(
            "warning",
            "keys",
            f"密钥文件 keys/{name}.key 的权限是 {mode & 0o777:o}，应为 600："
            "本机其他用户可以读取。请执行 chmod 600，并确认无人复制过。",
            f"The key file keys/{name}.key has mode {mode & 0o777:o}, 600 is required: others "
            "on this machine can read it. Run chmod 600 on it and see that nobody copied it.",
        )


def _catalogue(store: Store) -> Iterator[Finding]:
    require_store(store)
    if not is_current(store.database.reading):
        yield finding(
            "error",
            "catalogue",
            "目录库的结构不是本程序的最新版本，无法核查内容。"
            "请先用本程序打开一次（如 python -m pipeline exams），再核查。",
            "The catalogue does not have the newest schema of this program, and its content "
            "cannot be checked. Open it once (python -m pipeline exams), then verify again.",
        )


def _database(store: Store) -> Iterator[Finding]:
    with store.read() as session:
        faults = database_faults(session)
    if faults:
        yield finding(
            "error",
            "database",
            f"目录库文件已损坏，SQLite 报告 {len(faults)} 处，第一处：{faults[0]}。"
            "请从备份恢复。",
            f"The catalogue's file is damaged: SQLite reports {len(faults)} faults, the first: "
            f"{faults[0]}. Restore it from a backup.",
        )


def _records(store: Store) -> Iterator[Finding]:
    with store.read() as session:
        yield from check_records(session)


def _release(store: Store, release: PromisedRelease) -> Iterator[Finding]:
    broken = attempt("releases", partial(check_file, store.home, release.file))
    yield from broken
    yield from _roster(store, release, is_readable=not broken)


def _roster(store: Store, release: PromisedRelease, *, is_readable: bool) -> Iterator[Finding]:
    what = f"{release.exam} ({release.number})"
    try:
        roster = open_roster(OPERATOR, store.home, release.bundle, digest=release.roster_digest)
    except (QualityError, *FAULTS):
        yield finding(
            "error",
            "roster",
            f"考试“{release.exam}”第 {release.number} 版的花名册缺失、被改动或调换，或与 "
            "keys/roster.key 不符，无法打开。请用同一份备份恢复 lake/ 与 keys/。",
            f"The roster of {what} does not open: it is missing, was changed or exchanged, or "
            "was sealed with another keys/roster.key. Restore lake/ and keys/ from one backup.",
            value=release.bundle,
        )
        return
    if is_readable:
        pupils = pq.read_table(store.home.lake / release.file.path, columns=["pupil"])
        unknown = int((~pd.Series(pupils["pupil"].to_numpy()).isin(roster["pupil"])).sum())
        if unknown:
            yield finding(
                "error",
                "roster",
                f"考试“{release.exam}”第 {release.number} 版有 {unknown} 名学生不在其花名册中。"
                "请从备份恢复 lake/。",
                f"Pupils of {what} who are not in its roster: {unknown}. Restore lake/ from a "
                "backup.",
                value=release.bundle,
            )


def _draft(store: Store, batch: Batch) -> Iterator[Finding]:
    try:
        draft_scores_of(store, batch)
    except (QualityError, *FAULTS):
        yield finding(
            "error",
            "drafts",
            f"草稿（批次 {batch.id}）缺失、被改动或调换，或密钥不符，无法打开。"
            "请用 undo 撤回并重新导入原文件。",
            f"The draft of batch {batch.id} does not open: it is missing, was changed or "
            "exchanged, or has another key. Undo it and import its file again.",
            value=str(batch.id),
        )


def _unnamed(store: Store) -> Iterator[Finding]:
    with store.read() as session:
        names = unnamed_bundles(session, store.home)
    if names:
        first = ", ".join(names[:_LISTED])
        yield finding(
            "warning",
            "lake",
            f"lake/ 中有 {len(names)} 个文件夹不属于目录库中的任何内容（如 {first}）。"
            "若目录库刚从较旧的备份恢复，请改用较新的备份；确认无用后可移走这些文件夹。",
            f"Folders of lake/ that the catalogue does not name: {len(names)} (such as "
            f"{first}). If an older catalogue was restored, take a newer backup; once you are "
            "sure that nobody needs them, move them away.",
            value=first,
        )
