"""Check a file of scores: what it says becomes findings, and scores when nothing refuses it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd
from pandas.util import hash_pandas_object

from core.errors import SettingsError
from core.findings import Finding, outcome_of
from core.school_year import cohort_of, stage_of
from core.scores import SubjectPaper
from data.catalogue import ExamRelease, units_of
from data.checks.draft import Draft, DraftSubject
from data.checks.known import EarlierExam, Known
from data.checks.screening import screen
from data.column_names import read_column_names
from data.importers.layout import LaidOut, lay_out
from data.importers.limits import Limits
from data.importers.pupil_words import with_pupils, without_pupils
from data.importers.read_file import read_sheet
from data.importers.several_sheets import in_sheets
from data.importers.sheet import Reading, Sheet
from data.importers.upload_name import name_remarks, shown_name
from data.publication import ExamRecord
from data.scope import OPERATOR
from data.store import Store
from pipeline.declared_subjects import check_declared, full_marks_of
from pipeline.deleted_pupils import check_deleted_pupils
from pipeline.known import known_for, resolved
from pipeline.known_exam import known_exam
from pipeline.lost_schools import check_lost_schools
from pipeline.organisation import (
    LOCAL_COUNTY,
    check_known_schools,
    school_words,
    units_named_by,
    with_known_codes,
)
from pipeline.publish import Submission
from pipeline.request_texts import require_plain

DEFAULT_FULL_MARK = 100_00
SCORES = "scores"
"""Kind of the attempts and of the remembered columns of score files."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the person who imports says of the file.

    Attributes
    ----------
    full_marks : Mapping of str to int
        Subject (code or name) to full mark, in hundredths of a point.
    county : str
        Code of the tree that the schools belong to.
    school : str or None
        Code of the school whose clerk imports: only its rows may be in the file, and only
        they are replaced.
    reason : str or None
        Why a published exam is corrected.
    file_name : str or None
        What the uploader calls the file; by default its own name.
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
    school: str | None = None
    reason: str | None = None
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    file_name: str | None = None

    @property
    def shown_file_name(self) -> str:
        """What the uploader calls the file, fit to be shown and kept."""
        return shown_name(self.file_name or self.path.name)

    @property
    def words(self) -> list[str]:
        """What findings may quote of the request."""
        stem = self.shown_file_name.rpartition(".")[0]
        return [stem, self.school or "", *self.columns, *self.full_marks]

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


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """What the checks made of a file.

    Attributes
    ----------
    submission : Submission or None
        None when the file is refused.
    known : ExamRelease or None
        The exam's current release, as it was when the file was checked.
    is_further_school : bool
        Whether that release has no pupil of the school that is imported.
    shown_school : str or None
        Code of that school; None where it is called like a pupil of the file.
    """

    findings: tuple[Finding, ...]
    n_rows: int
    n_refused: int
    submission: Submission | None
    known: ExamRelease | None
    is_further_school: bool = False
    shown_school: str | None = None


def check_scores(store: Store, request: ImportRequest, *, limits: Limits) -> Checked:
    """Read and check a file; nothing of the store is changed.

    Raises
    ------
    SettingsError
        When the request itself contradicts the store or names unknown subjects.
    """
    known = known_exam(store, request.record())
    if known is None:  # an exam that stands is corrected under the name it has
        require_plain(request.exam, what="exam")
    require_plain(request.source, what="source")
    require_plain(request.licence, what="licence")
    full_marks = full_marks_of(
        request.full_marks
    )  # a wrong call is told before the file is read
    if not request.path.is_file():
        raise SettingsError(
            f"There is no file {str(request.path)!r}. Check the name and the folder.",
            f"找不到文件“{request.path}”。请检查文件名和所在文件夹。",
        )
    reading = read_sheet(request.path, limits=limits, sheet=request.sheet)
    if reading.sheet is None:
        return Checked(tuple(reading.findings), 0, 0, None, known)
    sheet = reading.sheet
    remembered = read_column_names(OPERATOR, store, county=request.county, kind=SCORES)
    units = units_of(store, request.county)
    settings = _Settings(full_marks, remembered, units)
    checked = _check_sheet(store, request, reading, sheet, settings=settings)
    said = {**remembered, **request.columns}
    told = without_pupils(
        in_sheets(checked.findings, sheet),
        reading,
        said=said,
        others=[*request.words, *school_words(units)],
    )
    is_pupil = bool(with_pupils([request.school or ""], sheet, said=said))
    return replace(
        checked,
        findings=tuple(told),
        known=known,
        shown_school=None if is_pupil else request.school,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Settings:
    """What call and store say of every file of this exam.

    Attributes
    ----------
    full_marks : mapping of str to int
        Declared, by subject code.
    remembered : mapping of str to str
        What headers of the bureau's own mean.
    units : DataFrame
        UNITS of the county.
    """

    full_marks: Mapping[str, int]
    remembered: Mapping[str, str]
    units: pd.DataFrame


def _check_sheet(
    store: Store,
    request: ImportRequest,
    reading: Reading,
    sheet: Sheet,
    *,
    settings: _Settings,
) -> Checked:
    laid_out = lay_out(
        sheet,
        declared_subjects=frozenset(request.full_marks),
        columns=request.columns,
        remembered=settings.remembered,
    )
    found = [
        *name_remarks(request.file_name or request.path.name),
        *reading.findings,
        *laid_out.findings,
        *check_declared(laid_out, request.full_marks),
    ]
    compared = known_for(store, request.record(), as_school=request.school)
    draft = _draft(laid_out, settings.full_marks, grade=request.grade, known=compared)
    if draft is None:
        return Checked(tuple(found), 0, 0, None, None)
    draft, named = with_known_codes(draft, settings.units)
    draft, found = resolved(store, draft, [*found, *named], county=request.county)
    screened = screen(draft)
    unread = _unread_rows(draft, found)
    found += screened.findings
    found += check_deleted_pupils(
        store, draft, exam=request.exam, has_reason=bool(request.reason)
    )
    found += check_lost_schools(draft, has_reason=bool(request.reason))
    if screened.scores is None or outcome_of(found) == "reject":
        n_rows, n_refused = (n + unread for n in (screened.n_rows, screened.n_refused))
        return Checked(tuple(found), n_rows, n_refused, None, None)
    submission = submission_of(request.record(), draft, screened.scores, school=request.school)
    found += check_known_schools(submission.units, settings.units)
    is_further = _is_further_school(compared.superseded, request.school)
    return Checked(
        tuple(found), screened.n_rows, 0, submission, None, is_further_school=is_further
    )


def _is_further_school(current: EarlierExam | None, school: str | None) -> bool:
    """Say whether the exam's current release has no pupil of a school."""
    if current is None or school is None:
        return False
    return not (current.scores["school"] == school).any()


def submission_of(
    exam: ExamRecord, draft: Draft, scores: pd.DataFrame, *, school: str | None = None
) -> Submission:
    """Return what is published of a draft whose checks found no error."""
    papers = tuple(SubjectPaper(s.code, s.name, s.full_mark_hundredths) for s in draft.subjects)
    units = units_named_by(scores, county=exam.county, stage=exam.stage, cohort=exam.cohort)
    content = hash_pandas_object(scores.drop(columns="row"), index=False).to_numpy().tobytes()
    fingerprint = hashlib.sha256(content + repr((exam, papers)).encode()).hexdigest()
    return Submission(exam, papers, scores, units, fingerprint, school)


def _unread_rows(draft: Draft, findings: Sequence[Finding]) -> int:
    """Count the rows below the header that were refused before the checks, as ragged ones."""
    rows = draft.entries["row"]
    refused = {f.row for f in findings if f.severity == "error" and f.row is not None}
    return len({row for row in refused if row >= rows.min()} - set(rows))


def _draft(
    laid_out: LaidOut, full_marks: Mapping[str, int], *, grade: int, known: Known
) -> Draft | None:
    """Return the draft; None where no table could be made out.

    A full mark of the call wins over one in a header, that over the default.
    """
    if laid_out.entries is None or laid_out.marks is None:
        return None
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
        known=known,
    )
