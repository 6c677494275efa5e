"""Templates: workbooks to fill in, with the bureau's own schools and pupils in them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import xlsxwriter

from core.scores import TOTAL
from data.catalogue import ExamRelease, list_exams, subjects_of, units_of
from data.importers.sheet_choice import INSTRUCTIONS
from data.pupils import identities_of, pupils_of
from data.roster import open_roster
from data.scope import Scope
from data.store import Store
from pipeline.organisation import LOCAL_COUNTY
from pipeline.release_rows import stored_rows

# Text stays text: no name may become a formula or a link.
_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
PLACES = ("学校代码", "学校名称", "年级", "班级", "学籍号", "考号", "姓名")
_USUAL_SUBJECTS = (("语文", 100), ("数学", 100), ("英语", 100))
_EMPTY_ROWS = 500
_GRADES = "一二三四五六七八九"
_HELP = (
    "一名学生一行；分数填数字，最多两位小数。没有考试的写：缺考、免考、违纪；"
    "空着表示未录，不算 0 分。",
    "One row a pupil; scores are numbers with at most two decimals. Write 缺考 (absent), 免考 "
    "(exempt) or 违纪 (withheld); an empty cell is missing, never 0.",
    "学籍号、考号、学校代码是文本，请不要改成数字格式。科目后括号里是满分，可以改。",
    "Pupil number, exam number and school code are text: keep their format. The number in "
    "brackets after a subject is its full mark; change it where it differs.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """What stands in a template.

    Attributes
    ----------
    subjects : tuple of (str, float)
        Name and full mark in points.
    pupils : DataFrame
        One row a pupil with the columns ``PLACES``; empty cells are null.
    """

    exam: str
    subjects: tuple[tuple[str, float], ...]
    pupils: pd.DataFrame


def score_template(
    scope: Scope,
    store: Store,
    exam: str,
    *,
    grade: int | None = None,
    subjects: Sequence[tuple[str, float]] = (),
    county: str = LOCAL_COUNTY,
) -> Template:
    """Return the template of an exam for the schools of a scope.

    The pupils are those of the roster; without one those of the exam itself, or of the newest
    exam of the grade; without any exam the schools alone.

    Raises
    ------
    PermissionError
        For roles that may not see who stands behind a pseudonym.
    """
    own = [e for e in list_exams(scope, store) if e.county == county and not e.is_demonstration]
    known = next((e for e in own if e.name == exam), None)
    grade = grade or (known.grade if known else None)
    like = known or next((e for e in own if grade in (None, e.grade)), None)
    papers = tuple(subjects) or _subjects(store, like)
    pupils = _roster_pupils(scope, store, county, grade=grade)
    if pupils.empty and like is not None:
        pupils = _exam_pupils(scope, store, like)
    if pupils.empty:
        pupils = _schools(scope, store, county)
    return Template(exam, papers, pupils)


def blank_template(
    scope: Scope,
    store: Store,
    exam: str,
    *,
    grade: int | None = None,
    subjects: Sequence[tuple[str, float]] = (),
    school: str | None = None,
    county: str = LOCAL_COUNTY,
) -> Template:
    """Return the template of an exam with the schools of a scope, or one, and no pupil.

    Subjects that are not given are those of the exam, else of the newest exam of the grade.
    """
    own = [e for e in list_exams(scope, store) if e.county == county and not e.is_demonstration]
    known = next((e for e in own if e.name == exam), None)
    grade = grade or (known.grade if known else None)
    like = known or next((e for e in own if grade in (None, e.grade)), None)
    schools = _schools(scope, store, county, grade=grade)
    if school is not None:
        schools = schools[schools["学校代码"] == school].reset_index(drop=True)
    return Template(exam, tuple(subjects) or _subjects(store, like), schools)


def list_county_schools(scope: Scope, store: Store, county: str = LOCAL_COUNTY) -> pd.DataFrame:
    """Return school and name of the schools of a scope, sorted by code."""
    schools = _schools(scope, store, county)[["学校代码", "学校名称"]]
    return schools.set_axis(["school", "name"], axis="columns")


def template_workbook(template: Template) -> bytes:
    """Return the template as an XLSX workbook: a sheet to fill in, one that explains."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _SAFE) as book:
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDF2F7"})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("成绩")
        sheet.freeze_panes(1, len(PLACES))
        sheet.set_column(0, len(PLACES) - 1, 16, text)
        titles = [
            *PLACES,
            *(f"{name}({full_mark:g}分)" for name, full_mark in template.subjects),
        ]
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, head)
        for row, values in enumerate(template.pupils[list(PLACES)].to_numpy(), start=1):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, column, value, text)
        last = len(template.pupils) + _EMPTY_ROWS
        for k, (_, full_mark) in enumerate(template.subjects):
            column = len(PLACES) + k
            sheet.data_validation(1, column, last, column, _rule(column, full_mark))
        note = book.add_worksheet(INSTRUCTIONS)
        note.set_column(0, 0, 110)
        for row, line in enumerate(_HELP):
            note.write_string(row, 0, line)
    return content.getvalue()


def _rule(column: int, full_mark: float) -> dict[str, object]:
    """Return Excel's own check of a score: a number up to the full mark, or a known word."""
    cell = xlsxwriter.utility.xl_rowcol_to_cell(1, column)
    words = " ".join(f',{cell}="{word}"' for word in ("缺考", "免考", "违纪"))
    return {
        "validate": "custom",
        "value": f"=OR(AND(ISNUMBER({cell}),{cell}>=0,{cell}<={full_mark:g}){words})",
        "error_title": "请检查",
        "error_message": f"请填 0 到 {full_mark:g} 的分数，或 缺考、免考、违纪。",
        "ignore_blank": True,
    }


def _subjects(store: Store, exam: ExamRelease | None) -> tuple[tuple[str, float], ...]:
    if exam is None:
        return _USUAL_SUBJECTS
    subjects = subjects_of(store, exam.release_id)
    own = subjects[subjects["subject"] != TOTAL]
    return tuple(
        (str(name), full_mark / 100)
        for name, full_mark in zip(own["name"], own["full_mark"], strict=True)
    )


def _roster_pupils(
    scope: Scope, store: Store, county: str, *, grade: int | None
) -> pd.DataFrame:
    pupils = pupils_of(scope, store, county)
    pupils = pupils[pupils["is_enrolled"]]
    if grade is not None:
        pupils = pupils[(pupils["grade"] == grade).fillna(value=True)]
    known = identities_of(scope, store, county, pupils["pupil"].tolist())
    return _filled(scope, store, county, pupils.merge(known, on="pupil", how="left"))


def _exam_pupils(scope: Scope, store: Store, exam: ExamRelease) -> pd.DataFrame:
    wide = stored_rows(store, exam).wide
    wide = wide[wide["school"].map(scope.may_see)]
    known = open_roster(scope, store.home, exam.bundle, digest=exam.roster_digest)
    pupils = wide[["pupil", "school", "class_name"]].assign(grade=exam.grade)
    return _filled(scope, store, exam.county, pupils.merge(known, on="pupil", how="left"))


def _schools(
    scope: Scope, store: Store, county: str, *, grade: int | None = None
) -> pd.DataFrame:
    units = units_of(store, county)
    codes = units.loc[units["level"] == "school", "code"]
    empty = dict.fromkeys(("class_name", "pupil_number", "exam_number", "pupil_name"))
    schools = pd.DataFrame({"school": codes}).assign(**empty, grade=grade)
    return _filled(scope, store, county, schools)


def _filled(scope: Scope, store: Store, county: str, pupils: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a template, sorted by school, class and number."""
    units = units_of(store, county)
    names = units[units["level"] == "school"].set_index("code")["name"]
    shown = pupils[pupils["school"].map(scope.may_see).astype(bool)]
    table = pd.DataFrame({
        "学校代码": shown["school"],
        "学校名称": shown["school"].map(names),
        "年级": [_grade(g) for g in shown["grade"]],
        "班级": shown["class_name"],
        "学籍号": shown["pupil_number"],
        "考号": shown["exam_number"],
        "姓名": shown["pupil_name"],
    }, columns=list(PLACES)).astype(object)  # fmt: skip
    table = table.where(table.notna(), None)
    keys = ["学校代码", "班级", "学籍号"]
    return table.sort_values(keys, ignore_index=True, na_position="first")


def _grade(grade: object) -> str | None:
    if pd.isna(grade):  # type: ignore[call-overload]
        return None
    number = int(str(grade))
    return (
        f"{_GRADES[number - 1]}年级" if number <= len(_GRADES) else f"高{_GRADES[number - 10]}"
    )
