"""Import: a file becomes MARKS, the checks make SCORES or findings, and only then a release."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from pandas.util import hash_pandas_object

from core.errors import SettingsError
from core.findings import Finding, Outcome, outcome_of
from core.school_year import cohort_of, stage_of
from core.scores import SubjectPaper
from data.catalogue import ExamRelease, list_exams, units_of
from data.checks.draft import Draft, DraftSubject
from data.checks.screening import screen
from data.importers.headers import subject_code
from data.importers.layout import LaidOut, lay_out
from data.importers.limits import Limits
from data.importers.read_file import read_sheet
from data.publication import ExamRecord
from data.scope import OPERATOR
from data.store import Store
from pipeline.organisation import LOCAL_COUNTY, check_known_schools, units_named_by
from pipeline.publish import Submission, publish

DEFAULT_FULL_MARK = 100_00


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the person who imports says of the file.

    Attributes
    ----------
    full_marks : Mapping of str to int
        Subject (code or name) to full mark, in hundredths of a point.
    county : str
        Code of the tree that the schools belong to.
    """

    path: Path
    exam: str
    held_on: date
    grade: int
    stage: str | None
    full_marks: Mapping[str, int]
    county: str = LOCAL_COUNTY
    is_demonstration: bool = False
    source: str | None = None
    licence: str | None = None

    def record(self) -> ExamRecord:
        """Return what the catalogue keeps of the exam."""
        return ExamRecord(
            county=self.county,
            name=self.exam,
            held_on=self.held_on,
            grade=self.grade,
            stage=self.stage or stage_of(self.grade),
            cohort=cohort_of(self.held_on, grade=self.grade),
            is_demonstration=self.is_demonstration,
            source=self.source,
            licence=self.licence,
        )


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import; ``release`` is None unless something was published."""

    outcome: Outcome
    n_rows: int
    n_refused: int
    release: int | None
    findings: tuple[Finding, ...]


def import_scores(
    store: Store,
    request: ImportRequest,
    *,
    is_dry_run: bool,
    actor: str,
    limits: Limits = Limits(),  # noqa: B008 frozen
) -> ImportReport:
    """Check a file and publish it unless it is refused or this is a dry run.

    Raises
    ------
    SettingsError
        When the request itself contradicts the store or names unknown subjects.
    """
    known = _known_exam(store, request)
    full_marks = {subject_code(name): mark for name, mark in request.full_marks.items()}
    reading = read_sheet(request.path, limits=limits)
    if reading.sheet is None:
        return _refused(reading.findings)
    laid_out = lay_out(reading.sheet, declared_subjects=frozenset(request.full_marks))
    found = [*reading.findings, *laid_out.findings]
    draft = _draft(laid_out, full_marks, grade=request.grade)
    if draft is None:
        return _refused(found)
    screened = screen(draft)
    unread = _unread_rows(draft, found)
    found += screened.findings
    if screened.scores is None or outcome_of(found) == "reject":
        n_rows, n_refused = (n + unread for n in (screened.n_rows, screened.n_refused))
        return ImportReport("reject", n_rows, n_refused, None, tuple(found))
    submission = submission_of(request.record(), draft, screened.scores)
    tree = units_of(store, request.county)
    found += check_known_schools(submission.units, tree)
    found += _check_superseding(known, submission)
    release = None if is_dry_run else publish(store, submission, actor=actor).number
    return ImportReport(outcome_of(found), screened.n_rows, 0, release, tuple(found))


def submission_of(exam: ExamRecord, draft: Draft, scores: pd.DataFrame) -> Submission:
    """Return what is published of a draft whose checks found no error."""
    papers = tuple(SubjectPaper(s.code, s.name, s.full_mark_hundredths) for s in draft.subjects)
    units = units_named_by(scores, county=exam.county, stage=exam.stage, cohort=exam.cohort)
    content = hash_pandas_object(scores.drop(columns="row"), index=False).to_numpy().tobytes()
    fingerprint = hashlib.sha256(content + repr((exam, papers)).encode()).hexdigest()
    return Submission(exam, papers, scores, units, fingerprint)


def _refused(findings: Sequence[Finding]) -> ImportReport:
    return ImportReport("reject", 0, 0, None, tuple(findings))


def _unread_rows(draft: Draft, findings: Sequence[Finding]) -> int:
    """Count the rows below the header that were refused before the checks, as ragged ones."""
    rows = draft.entries["row"]
    refused = {f.row for f in findings if f.severity == "error" and f.row is not None}
    return len({row for row in refused if row >= rows.min()} - set(rows))


def _known_exam(store: Store, request: ImportRequest) -> ExamRelease | None:
    known = next((e for e in list_exams(OPERATOR, store) if e.name == request.exam), None)
    if known and (known.held_on, known.grade) != (request.held_on, request.grade):
        raise SettingsError(
            f"Exam {request.exam!r} is known as held on {known.held_on} in grade "
            f"{known.grade}, the call says {request.held_on} and grade {request.grade}. "
            "Use the same date and grade for a correction, or another name for another exam.",
            f"考试“{request.exam}”在库中的日期是 {known.held_on}、年级是 {known.grade}，"
            f"本次给出 {request.held_on}、{request.grade}。"
            "更正请用相同日期和年级，另一场考试请另起名称。",
        )
    return known


def _draft(laid_out: LaidOut, full_marks: Mapping[str, int], *, grade: int) -> Draft | None:
    """Return the draft; None where no table could be made out.

    A full mark of the call wins over one in a header, that over the default.
    """
    if laid_out.entries is None or laid_out.marks is None:
        return None
    unknown = sorted(set(full_marks) - set(laid_out.subjects))
    if unknown:
        inside = ", ".join(laid_out.subjects.values())
        raise SettingsError(
            f"--full-mark names subjects that the file does not have: {', '.join(unknown)}. "
            f"Subjects of the file ({len(laid_out.subjects)}): {inside}.",
            f"--full-mark 给出了文件中没有的科目：{'、'.join(unknown)}。"
            f"文件中的科目（{len(laid_out.subjects)} 个）：{inside}。",
        )
    stated = {**laid_out.full_marks, **full_marks}
    subjects = tuple(
        DraftSubject(
            code,
            name,
            full_mark_hundredths=stated.get(code, DEFAULT_FULL_MARK),
            full_mark_given=code in stated,
        )
        for code, name in laid_out.subjects.items()
    )
    return Draft(
        laid_out.entries,
        laid_out.marks,
        subjects,
        grade,
        totals=laid_out.totals,
        headers=laid_out.headers,
    )


def _check_superseding(known: ExamRelease | None, submission: Submission) -> list[Finding]:
    if known is None or known.fingerprint == submission.fingerprint:
        return []
    return [
        Finding(
            "warning",
            "supersedes",
            None,
            None,
            str(known.number),
            f"考试“{known.name}”已有第 {known.number} 版，内容不同。"
            f"发布后将成为第 {known.number + 1} 版，旧版保留；若并非更正，请另起考试名称。",
            f"Exam {known.name!r} has release {known.number} with other content. This becomes "
            f"release {known.number + 1}, the old one is kept; if it is no correction, use "
            "another exam name.",
        )
    ]
