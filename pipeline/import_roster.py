"""Import a roster: schools, classes and pupils of a county, checked like a file of scores."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from core.errors import SettingsError
from core.findings import Finding, Outcome, outcome_of
from core.school_year import cohort_of, stage_of
from core.tables import ENTRIES, MARKS
from data.audit import now
from data.catalogue import units_of
from data.checks.draft import Draft
from data.checks.known import Known
from data.checks.roster_screening import grades_of, screen_roster
from data.importers.column_file import ColumnFile, ColumnSpec, read_columns_file
from data.importers.headers import FIELDS
from data.importers.limits import Limits
from data.importers.pupil_words import without_pupils
from data.importers.read_file import read_sheet
from data.importers.several_sheets import in_sheets
from data.importers.sheet import Reading
from data.pupils import compare_with_store, pupils_of, save_roster
from data.roster import name_hashes, number_hashes
from data.roster_difference import Roster
from data.scope import OPERATOR
from data.store import Store
from pipeline.known import with_cohort
from pipeline.organisation import (
    LOCAL_COUNTY,
    check_known_schools,
    school_words,
    units_named_by,
    with_known_codes,
)
from pipeline.roster_moves import check_emptied, check_moves

_TITLES = {
    "school_code": "学校代码",
    "school_name": "学校名称",
    "township": "乡镇",
    "grade": "年级",
    "class_name": "班级",
    "pupil_number": "学籍号",
    "exam_number": "考号",
    "pupil_name": "姓名",
    "sex": "性别",
}
_REQUIRED = {"grade", "pupil_number", "pupil_name"}
COLUMNS = tuple(
    ColumnSpec(name, title, FIELDS[name], required=name in _REQUIRED)
    for name, title in _TITLES.items()
)


@dataclass(frozen=True, slots=True)
class RosterRequest:
    """What the person who imports says of the file.

    Attributes
    ----------
    school : str or None
        Code of the school whose clerk imports: only its pupils may be in the file.
    is_complete : bool
        Whether pupils of the file's schools who are not in it have left.
    """

    path: Path
    county: str = LOCAL_COUNTY
    school: str | None = None
    is_complete: bool = False
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class RosterReport:
    """What came of a roster.

    Attributes
    ----------
    counts : mapping of str to int
        Pupils new, changed, moved (between schools), left and unchanged; empty when refused.
    n_schools, n_classes : int
        Schools and classes that the file names.
    is_saved : bool
    """

    outcome: Outcome
    n_rows: int
    n_refused: int
    counts: Mapping[str, int]
    n_schools: int
    n_classes: int
    is_saved: bool
    findings: tuple[Finding, ...]


def import_roster(
    store: Store,
    request: RosterRequest,
    *,
    is_dry_run: bool,
    actor: str,
    limits: Limits = Limits(),  # noqa: B008 frozen
) -> RosterReport:
    """Check a roster and save it unless it is refused or this is a dry run.

    Raises
    ------
    SettingsError
        When there is no such file.
    """
    if not request.path.is_file():
        raise SettingsError(
            f"There is no file {str(request.path)!r}. Check the name and the folder.",
            f"找不到文件“{request.path}”。请检查文件名和所在文件夹。",
        )
    reading = read_sheet(request.path, limits=limits, sheet=request.sheet)
    return import_roster_sheet(store, reading, request, is_dry_run=is_dry_run, actor=actor)


def import_roster_sheet(
    store: Store, reading: Reading, request: RosterRequest, *, is_dry_run: bool, actor: str
) -> RosterReport:
    """Check a roster that was read and save it unless it is refused or this is a dry run."""
    report = _import(store, reading, request, is_dry_run=is_dry_run, actor=actor)
    known = school_words(units_of(store, request.county))
    told = without_pupils(report.findings, reading, others=known)
    return replace(report, findings=tuple(told))


def _import(
    store: Store, reading: Reading, request: RosterRequest, *, is_dry_run: bool, actor: str
) -> RosterReport:
    if reading.sheet is None:
        return _refused(reading.findings)
    file = read_columns_file(reading.sheet, COLUMNS)
    told = [*file.findings, *_school_column(file)]
    found = [*reading.findings, *in_sheets(told, reading.sheet)]
    if file.frame is None or outcome_of(found) == "reject":
        return _refused(found)
    draft, named = with_known_codes(
        _draft(file, known=_known(store, request)), units_of(store, request.county)
    )
    found += in_sheets(named, reading.sheet)
    screened = screen_roster(draft)
    found += in_sheets(screened.findings, reading.sheet)
    if outcome_of(found) == "reject":
        return _refused(found, n_rows=len(draft.entries), n_refused=screened.n_refused)
    roster = _roster(store, request, draft)
    found += check_known_schools(roster.units, units_of(store, request.county))
    difference = compare_with_store(OPERATOR, store, roster)
    found += check_emptied(difference) if request.is_complete else []
    if outcome_of(found) == "reject":
        return _refused(found, n_rows=len(draft.entries))
    if not is_dry_run:
        difference = save_roster(store, roster, actor=actor)
    found += check_moves(difference, n_rows=len(draft.entries), is_complete=request.is_complete)
    levels = roster.units["level"].value_counts()
    return RosterReport(
        outcome=outcome_of(found),
        n_rows=len(draft.entries),
        n_refused=0,
        counts=difference.counts(),
        n_schools=int(levels.get("school", 0)),
        n_classes=int(levels.get("class", 0)),
        is_saved=not is_dry_run,
        findings=tuple(found),
    )


def _refused(
    findings: Sequence[Finding], *, n_rows: int = 0, n_refused: int = 0
) -> RosterReport:
    return RosterReport("reject", n_rows, n_refused, {}, 0, 0, False, tuple(findings))


def _school_column(file: ColumnFile) -> list[Finding]:
    if file.frame is None or {"school_code", "school_name"} & set(file.headers):
        return []
    return [
        Finding(
            "error", "missing_column", None, None, None,
            "表头缺少必需的列：学校代码（或学校名称）。请补上这一列后重新上传。",
            "The header lacks a required column: school code (or school name). Add it and "
            "upload again.",
        )
    ]  # fmt: skip


def _known(store: Store, request: RosterRequest) -> Known:
    """Return whom a school's clerk may not list; the bureau's roster is compared as a whole."""
    if request.school is None:
        return Known()
    return Known(
        hash_numbers=number_hashes(store.home),
        as_school=request.school,
        roster=with_cohort(pupils_of(OPERATOR, store, request.county)),
    )


def _draft(file: ColumnFile, *, known: Known) -> Draft:
    """Return the roster as a draft without marks, so that its entries meet the same rules."""
    assert file.frame is not None  # noqa: S101 a file without a table was refused before
    entries = file.frame[ENTRIES.names]
    entries = entries.assign(**{f"{name}_kind": file.kinds[name] for name in file.kinds})
    headers = dict(file.headers)
    if "school_code" not in headers:
        entries = entries.assign(
            school_code=entries["school_name"], school_code_kind=entries["school_name_kind"]
        )
        headers["school_code"] = headers["school_name"]
    return Draft(entries, MARKS.empty(), (), 0, headers=headers, known=known)


def _roster(store: Store, request: RosterRequest, draft: Draft) -> Roster:
    """Return what is saved of a draft whose checks found no error."""
    frame = draft.clean.frame.assign(grade=grades_of(draft).array)
    number_of, name_of = number_hashes(store.home), name_hashes(store.home)
    pupils = pd.DataFrame({
        "pupil": number_of(frame["pupil_number"].tolist()).array,
        "exam_pupil": _hashed(frame["exam_number"], number_of),
        "name_hash": _hashed(frame["pupil_name"], name_of),
        "school": frame["school_code"].array,
        "grade": frame["grade"].array,
        "class_name": frame["class_name"].array,
        "pupil_number": frame["pupil_number"].array,
        "exam_number": frame["exam_number"].array,
        "pupil_name": frame["pupil_name"].array,
    })  # fmt: skip
    units = _units(frame, county=request.county, today=now().date())
    return Roster(
        request.county, pupils, units, is_complete=request.is_complete, school=request.school
    )


def _hashed(
    text: "pd.Series[str]", hash_of: Callable[[Sequence[str]], "pd.Series[int]"]
) -> "pd.Series[int]":
    hashes = pd.Series(pd.NA, index=range(len(text)), dtype="Int64")
    filled = text.notna().to_numpy(bool)
    hashes[filled] = hash_of(text[filled].tolist()).to_numpy()
    return hashes


def _units(frame: pd.DataFrame, *, county: str, today: date) -> pd.DataFrame:
    grades = sorted(int(grade) for grade in frame["grade"].unique())
    parts = [
        units_named_by(
            frame[(frame["grade"] == grade).to_numpy(bool)],
            county=county,
            stage=stage_of(grade),
            cohort=cohort_of(today, grade=grade),
        )
        for grade in grades
    ]
    return pd.concat(parts, ignore_index=True).drop_duplicates("code", ignore_index=True)
