"""Import a dataset: read the file, check it by its kind, compare it, publish a version."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
from pandas.util import hash_pandas_object

from core.findings import Finding, Outcome, outcome_of
from data.batches import Attempt, Result
from data.catalogue import ExamRelease, units_of
from data.dataset_kinds.kind import Content
from data.dataset_publication import NewDataset, publish_dataset
from data.importers.limits import Limits
from data.importers.pupil_words import without_pupils
from data.importers.read_file import read_sheet
from data.importers.several_sheets import in_sheets
from data.importers.upload_name import shown_name
from data.pseudonym import pseudonyms, read_key
from data.publication import add_attempt
from data.roster import open_roster
from data.scope import OPERATOR
from data.store import Store
from pipeline.compare_dataset import compare_items, compare_summary
from pipeline.dataset_place import DatasetRequest, Place, place_of, surroundings_of
from pipeline.organisation import school_words

__all__ = ["DatasetReport", "DatasetRequest", "import_dataset"]


@dataclass(frozen=True, slots=True)
class DatasetReport:
    """What came of an import.

    Attributes
    ----------
    version : int or None
        Number of the version that holds the content; None when nothing was published.
    is_new : bool
        False when the same content was there already.
    n_rows, n_refused : int
        Rows of the file, and those of them with an error.
    n_stored : int
        Rows of the table that the file gives.
    batch : int or None
        Number of the attempt.
    """

    outcome: Outcome
    n_rows: int
    n_refused: int
    n_stored: int
    version: int | None
    findings: tuple[Finding, ...]
    is_new: bool = True
    batch: int | None = None


def import_dataset(
    store: Store,
    request: DatasetRequest,
    *,
    is_dry_run: bool,
    actor: str,
    limits: Limits = Limits(),  # noqa: B008 frozen
) -> DatasetReport:
    """Check a file and publish it unless it is refused or this is a dry run.

    Raises
    ------
    SettingsError
        When the call contradicts the store: an unknown kind, exam or subject, no such file.
    """
    place = place_of(store, request)
    reading = read_sheet(request.path, limits=limits, sheet=request.sheet)
    content, said = Content(None, ()), request.columns
    if reading.sheet is not None:
        around = surroundings_of(store, request, place)
        content, said = place.kind.read(reading.sheet, around), around.remembered
    found = list(reading.findings)
    if reading.sheet is not None:
        found += in_sheets(content.findings, reading.sheet)
    known = school_words(units_of(store, place.county))
    hide = partial(
        without_pupils, reading=reading, said=said, others=[*request.columns, *known]
    )
    found = hide(found)
    if content.rows is None:
        return _unpublished(
            store, request, place, content, found, status="refused", actor=actor
        )
    rows, more = _stored_rows(store, place, content)
    found += hide([*more, *_compared(store, place, rows, content.about)])
    new = _new(request, place, rows, content.about)
    is_new = place.current is None or place.current.fingerprint != new.fingerprint
    if is_new and place.current is not None:
        found.append(_superseding(request, place.current.number + 1))
    if is_dry_run or outcome_of(found) == "reject":
        status = "refused" if outcome_of(found) == "reject" else "checked"
        report = _unpublished(store, request, place, content, found, status=status, actor=actor)
        return replace(report, is_new=is_new, n_stored=len(rows))
    attempt = _attempt(request, place, content, found)
    done = publish_dataset(store, new, actor=actor, attempt=attempt)
    return DatasetReport(
        outcome_of(found),
        content.n_rows,
        0,
        len(rows),
        done.version.number,
        tuple(found),
        is_new=done.is_new,
        batch=done.batch,
    )


def _stored_rows(
    store: Store, place: Place, content: Content
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the rows of the kind's table: pseudonyms in place of pupil numbers."""
    assert content.rows is not None  # noqa: S101 asked for only where nothing was refused
    if not place.kind.names_pupils:
        return place.kind.table.require(content.rows), []
    key = read_key(store.home, "pseudonym")
    numbers = content.rows["pupil_number"]
    findings: list[Finding] = []
    if content.about.get("number") == "exam_number" and place.exam is not None:
        numbers, findings = _by_exam_number(store, place.exam, numbers)
    distinct = numbers.drop_duplicates()
    pupil = numbers.map(
        dict(zip(distinct, pseudonyms(list(distinct), key=key), strict=True))
    ).astype("int64")
    rows = content.rows.drop(columns="pupil_number")
    rows.insert(0, "pupil", pupil)
    key_columns = [name for name in place.kind.table.key if name in rows]
    rows = rows.sort_values(key_columns, ignore_index=True)
    return place.kind.table.require(rows), findings


def _by_exam_number(
    store: Store, exam: ExamRelease, numbers: "pd.Series[str]"
) -> tuple["pd.Series[str]", list[Finding]]:
    """Return pupil numbers for exam numbers, as the exam's own roster links them."""
    roster = open_roster(OPERATOR, store.home, exam.bundle, digest=exam.roster_digest)
    known = roster.dropna(subset=["exam_number"]).drop_duplicates("exam_number")
    linked = numbers.map(known.set_index("exam_number")["pupil_number"])
    n = int(linked.notna().sum())
    finding = Finding(
        "note", "exam_number", None, None, None,
        f"文件只有考号，已按该考试的名册对应到学籍号：{n} 名，共 {len(numbers)} 名。",
        f"The file has exam numbers only; linked to pupil numbers by the exam's roster: {n} of "
        f"{len(numbers)}.",
    )  # fmt: skip
    return linked.fillna(numbers), [finding]


def _compared(
    store: Store, place: Place, rows: pd.DataFrame, about: Mapping[str, Any]
) -> list[Finding]:
    if place.exam is None:
        return []
    if place.kind.name == "summary":
        return compare_summary(store, place.exam, rows, about)
    if place.kind.name == "items" and place.subject is not None:
        return compare_items(store, place.exam, rows, subject=place.subject)
    return [_no_subject()] if place.kind.name == "items" else []


def _new(
    request: DatasetRequest, place: Place, rows: pd.DataFrame, about: Mapping[str, Any]
) -> NewDataset:
    kept = {**about, "subject": place.subject} if place.exam else dict(about)
    plain = rows.drop(columns="row", errors="ignore")
    ordered = plain.sort_values(list(plain.columns), ignore_index=True)
    content = hash_pandas_object(ordered, index=False).to_numpy().tobytes()
    exam = place.exam.name if place.exam else None
    said = json.dumps(
        [place.county, place.kind.name, request.name, exam, kept, list(plain.columns)],
        ensure_ascii=False,
        sort_keys=True,
    )
    return NewDataset(
        county=place.county,
        kind=place.kind.name,
        name=request.name,
        exam_id=place.exam.exam_id if place.exam else None,
        fingerprint=hashlib.sha256(content + said.encode()).hexdigest(),
        rows=rows,
        about=kept,
        reason=request.reason,
        has_moves=place.kind.name == "moves",
    )


def _unpublished(
    store: Store,
    request: DatasetRequest,
    place: Place,
    content: Content,
    found: list[Finding],
    *,
    status: str,
    actor: str,
) -> DatasetReport:
    attempt = _attempt(request, place, content, found)
    number = add_attempt(store, attempt, Result(status), actor=actor)
    return DatasetReport(
        outcome_of(found),
        content.n_rows,
        content.n_refused,
        0,
        None,
        tuple(found),
        batch=number,
    )


def _attempt(
    request: DatasetRequest, place: Place, content: Content, found: list[Finding]
) -> Attempt:
    """Return what is kept of an attempt: counts of findings, no value of the file."""
    with request.path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    counts = Counter(f"{finding.severity} {finding.check}" for finding in found)
    return Attempt(
        county=place.county,
        kind=place.kind.name,
        exam=place.exam.name if place.exam else None,
        school=None,
        file_name=shown_name(request.file_name or request.path.name),
        file_sha256=sha256,
        n_rows=content.n_rows,
        n_refused=content.n_refused,
        checks=json.dumps(counts, ensure_ascii=False),
        settings=json.dumps({"name": request.name, "subject": place.subject}),
        reason=request.reason,
    )


def _superseding(request: DatasetRequest, number: int) -> Finding:
    zh = "" if request.reason else "没有说明更正原因，请用 --reason 写明。"
    en = "" if request.reason else " No reason was stated; give one with --reason."
    return Finding(
        "warning", "supersedes", None, None, str(number - 1),
        f"数据集“{request.name}”已有第 {number - 1} 版，内容不同。本次内容为第 {number} 版，"
        f"旧版保留；若并非更正，请另起名称。{zh}",
        f"Dataset {request.name!r} has version {number - 1} with other content. This is "
        f"version {number}, the old one is kept; if it is no correction, use another name.{en}",
    )  # fmt: skip


def _no_subject() -> Finding:
    return Finding(
        "warning", "subject", None, None, None,
        "不知道小题属于哪个科目，没有与该科成绩核对。请用 --subject 指定。",
        "The subject of the items is not known, so they were not compared with its scores. "
        "Give it with --subject.",
    )  # fmt: skip
