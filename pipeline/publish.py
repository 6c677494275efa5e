"""Publish: checked scores become a release with its statistics, all of it or nothing.

Order of work: bundle written and flushed, renamed into the lake, then one transaction of the
catalogue. Whatever dies before the transaction leaves the store as it was.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from core.errors import StorageError
from core.scores import SubjectPaper, add_total, make_subjects
from data import lake
from data.bundles import SCORES_FILE
from data.catalogue import ExamRelease, list_exams, subjects_of
from data.lake import Bundle
from data.pseudonym import pseudonyms, read_key
from data.publication import (
    Correction,
    ExamRecord,
    Origin,
    ReleaseRecord,
    add_release,
    add_unchanged,
)
from data.roster import FILE_NAME as ROSTER_FILE
from data.roster import seal_roster
from data.scope import OPERATOR
from data.seal import rows_digest
from data.store import Store
from pipeline.compare_releases import compare_releases
from pipeline.make_statistics import ReleaseFile
from pipeline.release_rows import ReleaseRows, make_rows, stored_rows, with_school
from pipeline.release_rules import (
    KeptDraft,
    require_current,
    require_each_once,
    require_same_papers,
)
from pipeline.release_statistics import own_statistics, pair_statistics

RULE_VERSION = "2026.1"


@dataclass(frozen=True, slots=True)
class Submission:
    """Checked scores that wait to be published.

    Attributes
    ----------
    scores : DataFrame
        What ``data.checks.screening`` returns: identity columns, score_k and state_k.
    units : DataFrame
        UNITS that the scores name.
    fingerprint : str
        Identifies file and settings; the same fingerprint is published once.
    school : str or None
        Code of the school whose rows are replaced; None replaces the whole exam.
    draft : KeptDraft or None
        Where it waited; None for what was checked at this moment.
    """

    exam: ExamRecord
    papers: tuple[SubjectPaper, ...]
    scores: pd.DataFrame
    units: pd.DataFrame
    fingerprint: str
    school: str | None = None
    draft: KeptDraft | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a publication.

    Attributes
    ----------
    is_new : bool
        False when the content was there already.
    batch : int or None
        Number of the attempt, where one was given.
    """

    release: ExamRelease
    is_new: bool
    batch: int | None


@dataclass(frozen=True, slots=True, eq=False)
class _New:
    """What the next release of an exam consists of."""

    exam: ExamRecord
    rows: ReleaseRows
    subjects: pd.DataFrame
    units: pd.DataFrame
    fingerprint: str
    correction: Correction | None
    is_unchanged: bool


def publish(store: Store, submission: Submission, *, actor: str) -> ExamRelease:
    """Publish one submission and return its release, or the current one if it is the same."""
    return publish_parts(store, [submission], actor=actor).release


def publish_parts(
    store: Store,
    parts: Sequence[Submission],
    *,
    actor: str,
    origin: Origin = Origin(),  # noqa: B008 frozen
    reason: str | None = None,
) -> Published:
    """Publish submissions of one exam as one release, in their order.

    Parameters
    ----------
    parts : sequence of Submission
        A whole exam; or one a school, each replacing that school's rows.
    origin : Origin
        The attempt or the drafts that they come from; kept in the same transaction.
    reason : str or None
        Why a published exam is corrected.

    Raises
    ------
    SettingsError
        When a school's subjects or full marks are not those of the exam, or a draft was
        overtaken by a release that it would undo.
    DataError
        When the release would hold a pupil twice.
    """
    exam = parts[0].exam
    with lake.publishing(store.home):
        exams = list_exams(OPERATOR, store)
        current = next((e for e in exams if e.name == exam.name), None)
        fingerprint = _fingerprint(parts, current)
        if current is not None and current.fingerprint == fingerprint:
            return _unchanged(store, current, origin, actor=actor)
        for part in parts:
            require_current(store, current, part.draft)
        new = _new(store, parts, current, fingerprint=fingerprint, reason=reason)
        if current is not None and new.is_unchanged:
            return _unchanged(store, current, origin, actor=actor)
        with lake.new_bundle(store.home) as bundle:
            record = _write(store, new, exams, bundle)
            bundle.seal(store.home)
            batch = add_release(store, exam, record, actor=actor, origin=origin)
        return Published(_read_back(store, exam.name), is_new=True, batch=batch)


def _read_back(store: Store, exam: str) -> ExamRelease:
    """Read the release that has just been committed."""
    try:
        return next(e for e in list_exams(OPERATOR, store) if e.name == exam)
    except StorageError as error:
        raise StorageError(
            f"Exam {exam!r} is published, but the database did not answer afterwards. Import "
            "the same again to see its release: nothing is published twice.",
            f"考试“{exam}”已发布，但随后数据库没有应答。"
            "再次导入相同内容即可看到其版本，不会重复发布。",
        ) from error


def _unchanged(store: Store, current: ExamRelease, origin: Origin, *, actor: str) -> Published:
    batch = add_unchanged(store, current.release_id, origin, actor=actor)
    return Published(current, is_new=False, batch=batch)


def _fingerprint(parts: Sequence[Submission], current: ExamRelease | None) -> str:
    """Identify what the release will hold: for schools' parts that depends on the current."""
    if len(parts) == 1 and parts[0].school is None:
        return parts[0].fingerprint
    before = current.fingerprint if current else ""
    own = [f"{part.school}:{part.fingerprint}" for part in parts]
    return hashlib.sha256("+".join([before, *own]).encode()).hexdigest()


def _new(
    store: Store,
    parts: Sequence[Submission],
    current: ExamRelease | None,
    *,
    fingerprint: str,
    reason: str | None,
) -> _New:
    """Put the next release together."""
    before = stored_rows(store, current) if current else None
    known = subjects_of(store, current.release_id) if current else None
    subjects, rows = known, before
    for part in parts:
        own = make_subjects(part.papers)
        if part.school is None or rows is None or subjects is None:
            subjects = own
        else:
            require_same_papers(subjects, own, exam=part.exam.name, school=part.school)
        new = _rows(store, part, own)
        rows = with_school(rows, new, school=part.school) if part.school and rows else new
    assert rows is not None and subjects is not None  # noqa: S101, PT018 there is a part
    drafts = [part.draft for part in parts if part.draft]
    require_each_once(rows, exam=parts[0].exam.name, drafts=drafts)
    correction, is_unchanged = None, False
    if before is not None and known is not None:
        diff = compare_releases(
            before.wide, rows.wide, subjects_before=known, subjects_after=subjects
        )
        is_part = any(part.school for part in parts)
        is_unchanged = is_part and diff.is_empty and _same_roster(before, rows)
        correction = Correction(reason, diff.n_added, diff.n_removed, diff.n_changed)
    units = pd.concat([part.units for part in parts], ignore_index=True)
    units = units.drop_duplicates("code", ignore_index=True)
    return _New(parts[0].exam, rows, subjects, units, fingerprint, correction, is_unchanged)


def _rows(store: Store, part: Submission, subjects: pd.DataFrame) -> ReleaseRows:
    key = read_key(store.home, "pseudonym")
    pupils = pseudonyms(list(part.scores["pupil_number"]), key=key).array
    return make_rows(add_total(part.scores, subjects), pupils, n_subjects=len(subjects))


def _same_roster(one: ReleaseRows, two: ReleaseRows) -> bool:
    a, b = (
        rows.roster.sort_values("pupil", ignore_index=True).astype("str") for rows in (one, two)
    )
    return bool(a.equals(b))


def _write(
    store: Store, new: _New, exams: Sequence[ExamRelease], bundle: Bundle
) -> ReleaseRecord:
    table = pa.Table.from_pandas(new.rows.wide, preserve_index=False)
    stored = bundle.add_table(SCORES_FILE, table)
    roster = seal_roster(store.home, new.rows.roster, bundle=bundle.name)
    bundle.add_bytes(ROSTER_FILE, roster.token)
    file = ReleaseFile(bundle.folder / SCORES_FILE, new.subjects)
    return ReleaseRecord(
        bundle=bundle.name,
        fingerprint=new.fingerprint,
        scores=stored,
        n_schools=int(new.rows.wide["school"].nunique()),
        rule_version=RULE_VERSION,
        subjects=new.subjects,
        units=new.units,
        statistics=(
            *own_statistics(store, file, bundle),
            *pair_statistics(store, new.exam, file, exams, bundle),
        ),
        rows_sha256=rows_digest(table),
        roster_digest=roster.digest,
        correction=new.correction,
    )
