"""``items`` 小题分: the points of each pupil on each item of a paper.

Pupils, schools and points are checked by the rules of exam files: an item is to this file what
a subject is to a file of scores. No name is kept, and a pupil number becomes a pseudonym.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from core.dataset_tables import ITEM_POINTS
from core.findings import Finding
from data.checks.draft import Draft, DraftSubject
from data.checks.duplicate_pupil import check_duplicate_pupil, find_duplicate_pupil
from data.checks.entry_cells import check_entry_cells, find_entry_cells
from data.checks.grade import check_grade, find_grade
from data.checks.mark_text import parse_mark
from data.checks.pupil_number_missing import (
    check_pupil_number_missing,
    find_pupil_number_missing,
)
from data.checks.pupil_number_shape import check_pupil_number_shape, find_pupil_number_shape
from data.checks.pupil_number_stored import check_pupil_number_stored, find_pupil_number_stored
from data.checks.school_identity import check_school_identity, find_school_identity
from data.checks.school_missing import check_school_missing, find_school_missing
from data.checks.score_ambiguous import check_score_ambiguous
from data.checks.score_format import check_score_format, find_score_format
from data.checks.score_formula import check_score_formula
from data.checks.score_precision import check_score_precision, find_score_precision
from data.checks.score_range import check_score_range, find_score_range
from data.checks.score_tidied import check_score_tidied
from data.checks.text_characters import check_text_characters, find_text_characters
from data.checks.text_length import check_text_length, find_text_length
from data.checks.total import check_total
from data.dataset_kinds import item_words as words
from data.dataset_kinds.item_code import ItemHeader, item_header
from data.dataset_kinds.kind import Content, DatasetKind, Surroundings, content_of
from data.dataset_kinds.pupil_columns import PUPIL_SPECS, missing_identity, pupil_entries
from data.dataset_kinds.school_book import match_schools
from data.importers.column_file import ColumnFile, Located, columns_at, locate_columns
from data.importers.column_words import unknown_headers
from data.importers.headers import meaning, squeezed
from data.importers.remarks import plain
from data.importers.sheet import Sheet
from data.importers.tables import cell_table, repeated

_FULL_MARK_ROW = {"满分", "分值", "小题满分", "题分", "满分值", "fullmark"}
# Rules of exam files that hold for items too; those that compare schools do not.
_CHECKS = (
    check_pupil_number_missing,
    check_pupil_number_stored,
    check_pupil_number_shape,
    check_duplicate_pupil,
    check_school_missing,
    check_school_identity,
    check_grade,
    check_entry_cells,
    check_text_characters,
    check_text_length,
    check_score_format,
    check_score_precision,
    check_score_range,
    check_score_ambiguous,
    check_score_formula,
    check_score_tidied,
    check_total,
)
_FINDERS = (
    find_pupil_number_missing,
    find_pupil_number_stored,
    find_pupil_number_shape,
    find_duplicate_pupil,
    find_school_missing,
    find_school_identity,
    find_grade,
    find_entry_cells,
    find_text_characters,
    find_text_length,
    find_score_format,
    find_score_precision,
    find_score_range,
)
_MOST_ITEMS = 100


def read_items(sheet: Sheet, around: Surroundings) -> Content:
    """Read a file with one row a pupil and one column an item."""
    located, findings = locate_columns(
        sheet,
        PUPIL_SPECS,
        remembered=around.remembered,
        is_other=lambda text: item_header(text) is not None,
    )
    if located is None:
        return Content(None, findings)
    items, faults = _items(located)
    located, stated = _full_mark_row(sheet, located, items)
    full_marks, unlike = _full_marks(items, stated, around)
    rest = {i: t for i, t in located.others.items() if i not in items and not _is_total(t)}
    file = columns_at(
        sheet, PUPIL_SPECS, located, findings=unknown_headers(rest, line=located.line)
    )
    found = [*file.findings, *faults, *unlike, *missing_identity(file, line=located.line)]
    if any(f.severity == "error" for f in found) or file.frame is None:
        return Content(None, tuple(found), n_rows=len(located.rows))
    draft = _draft(sheet, located, file, items, full_marks, grade=around.grade or 1)
    found += [finding for check in _CHECKS for finding in check(draft)]
    found += words.states(draft.read["state"])
    matched = match_schools(file, around.schools)
    has_error = any(finding.severity == "error" for finding in found)
    refused = _refused(draft) if has_error else set()
    paper = [
        {"item": own.item, "position": k, "full_mark": full_marks[own.item]}
        for k, own in enumerate(items.values(), start=1)
    ]
    number = "pupil_number" if "pupil_number" in file.headers else "exam_number"
    return content_of(
        _rows(draft, matched.school, n_items=len(items)),
        found + matched.findings + words.paper_total(paper, around),
        refused=refused | matched.refused,
        about={"items": paper, "number": number},
    )


def _refused(draft: Draft) -> set[int]:
    return {int(row) for find in _FINDERS for row in find(draft)["row"].unique()}


def _is_total(text: str) -> bool:
    return meaning(text, declared=frozenset()).role == "total"


def _items(located: Located) -> tuple[dict[int, ItemHeader], list[Finding]]:
    """Return the items by column, in the order of the file."""
    found = {i: item_header(text) for i, text in sorted(located.others.items())}
    items = {i: header for i, header in found.items() if header is not None}
    codes = [header.item for header in items.values()]
    doubles = sorted({code for code in codes if codes.count(code) > 1})
    faults = []
    if not items or len(items) > _MOST_ITEMS:
        faults.append(words.no_items(len(items), most=_MOST_ITEMS, line=located.line))
    if doubles:
        faults.append(words.double_items(doubles, line=located.line))
    return items, faults


def _full_mark_row(
    sheet: Sheet, located: Located, items: Mapping[int, ItemHeader]
) -> tuple[Located, dict[str, int]]:
    """Return the full marks that stand in a row 满分 below the header, and the other rows."""
    first = int(located.rows[0])
    cells = [sheet.text.iloc[first, i] for i in range(sheet.text.shape[1]) if i not in items]
    if not any(isinstance(c, str) and squeezed(c) in _FULL_MARK_ROW for c in cells):
        return located, {}
    marks = {
        own.item: parse_mark(str(sheet.text.iloc[first, i]), kind="text").value
        for i, own in items.items()
    }
    rest = Located(
        located.at, located.line, located.rows[1:], located.positions, located.others,
        located.findings,
    )  # fmt: skip
    return rest, {item: mark for item, mark in marks.items() if mark}


def _full_marks(
    items: Mapping[int, ItemHeader], stated: Mapping[str, int], around: Surroundings
) -> tuple[dict[str, int], list[Finding]]:
    """Return full marks: of the header, else of the row 满分, else of the two-way table."""
    plan: dict[str, int] = {}
    if around.partner is not None:
        table = around.partner.drop_duplicates("item")
        plan = {str(c): int(m) for c, m in zip(table["item"], table["full_mark"], strict=True)}
    found: dict[str, int] = {}
    for own in items.values():
        mark = own.full_mark or stated.get(own.item) or plan.get(own.item)
        if mark:
            found[own.item] = mark
    lacking = [own.item for own in items.values() if own.item not in found]
    unlike = [item for item, mark in found.items() if plan.get(item, mark) != mark]
    findings = [words.no_full_mark(lacking)] if lacking else []
    if unlike:
        findings.append(words.other_full_mark(unlike))
    if plan and (absent := [item for item in plan if item not in found]):
        findings.append(words.not_in_file(absent))
    if plan and (extra := [item for item in found if item not in plan]):
        findings.append(words.not_in_plan(extra))
    return found, findings


def _draft(
    sheet: Sheet,
    located: Located,
    file: ColumnFile,
    items: Mapping[int, ItemHeader],
    full_marks: Mapping[str, int],
    *,
    grade: int,
) -> Draft:
    """Return the file as a draft of an exam whose subjects are the items."""
    entries, headers = pupil_entries(file)
    marks = [
        cell_table(sheet, rows=located.rows, position=i, column=_shown(located, i)).assign(
            subject=repeated(own.item, len(located.rows))
        )
        for i, own in items.items()
    ]
    subjects = tuple(
        DraftSubject(own.item, own.item, full_marks[own.item], full_mark_given=True)
        for own in items.values()
    )
    return Draft(
        entries,
        pd.concat(marks, ignore_index=True),
        subjects,
        grade,
        totals=_totals(sheet, located),
        headers=headers,
    )


def _shown(located: Located, position: int) -> str:
    return plain(located.others[position])


def _totals(sheet: Sheet, located: Located) -> pd.DataFrame | None:
    found = [i for i, text in located.others.items() if _is_total(text)]
    if len(found) != 1:
        return None
    column = _shown(located, found[0])
    return cell_table(sheet, rows=located.rows, position=found[0], column=column)


def _rows(draft: Draft, school: "pd.Series[str]", *, n_items: int) -> pd.DataFrame:
    """Return ITEM_POINTS rows with the pupil number in place of the pupil."""
    clean = draft.clean.frame
    values = draft.read["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    points = values.reshape(n_items, len(clean))
    columns: dict[str, object] = {
        "pupil_number": clean["pupil_number"],
        "school": school,
        "class_name": clean["class_name"],
    }
    for k in range(n_items):
        columns[f"item_{k + 1}"] = pd.array(points[k], dtype="Int32")
    return pd.DataFrame(columns)


def item_columns(paper: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """Return the item by its column, for what is kept with the rows."""
    return {f"item_{own['position']}": str(own["item"]) for own in paper}


ITEMS = DatasetKind(
    name="items",
    title_zh="小题分",
    title_en="points of pupils on items",
    table=ITEM_POINTS,
    template=(
        "学校代码", "学校名称", "班级", "学籍号", "考号", "1(3分)", "2(3分)", "21(1)(4分)",
        "21(2)(8分)", "总分",
    ),
    read=read_items,
    names_pupils=True,
    is_personal=True,
    partner="two_way",
    needs_exam=True,
)  # fmt: skip
