"""Which sheets of a workbook are read, and what is said of the others."""

from collections.abc import Mapping, Sequence
from typing import NoReturn

from core.findings import Finding
from data.importers.remarks import refuse, remark
from data.importers.report import SheetSize
from data.importers.sheet_scan import SheetFacts
from data.importers.sheet_words import sheet_label
from data.importers.workbook_parts import SheetPart, WorkbookParts

EVERY_SHEET = "*"
INSTRUCTIONS = "填写说明"  # the template's own second sheet
HEAD_ROWS = 60  # of a sheet that is not read; the header stands in the first 40
_MIN_COLUMNS, _MIN_ROWS = 3, 2  # a pupil, a school and a score under their headers
SHOWN_ROWS = 5
_SHOWN_SHEETS = 10


def choose_sheets(
    sheets: Sequence[SheetPart], facts: Mapping[str, SheetFacts], *, wanted: str | None
) -> tuple[list[SheetPart], list[SheetPart]]:
    """Return the sheets to read, and the visible ones with data.

    Parameters
    ----------
    sheets : sequence of SheetPart
        In the order of the tabs.
    facts : mapping of str to SheetFacts
        By path.
    wanted : str or None
        Name of a sheet, also of a hidden one, or its place as in ``#3``; ``*`` for every
        visible one; None for the first visible one with data.

    Raises
    ------
    RefusedError
        When there is no such sheet, or no data.
    """
    wanted = meant_name(sheets, wanted)
    filled = [sheet for sheet in sheets if sheet.path in facts and facts[sheet.path].n_values]
    shown = _visible(filled, facts)
    if wanted not in {None, EVERY_SHEET}:
        named = [sheet for sheet in sheets if is_same_name(sheet.name, str(wanted))]
        if not named:
            _refuse_name(_names(shown, of=sheets))
        if named[0] not in filled:
            _refuse_empty_sheet(label_of(named[0], sheets))
        return named[:1], shown
    if not shown:
        refuse("no_data", "工作簿的可见工作表里没有数据。请填写后重新上传。",
               "No visible sheet of the workbook holds data. Fill it in and upload "
               "again.")  # fmt: skip
    return (shown if wanted == EVERY_SHEET else shown[:1]), shown


def _visible(filled: Sequence[SheetPart], facts: Mapping[str, SheetFacts]) -> list[SheetPart]:
    """Return the visible ones of the sheets with data, without the template's instructions."""
    return [
        sheet
        for sheet in filled
        if not sheet.is_hidden
        and not (sheet.name == INSTRUCTIONS and facts[sheet.path].n_columns <= 1)
    ]


def first_rows(
    flags: Mapping[tuple[int, int], int], *, most: int | None
) -> Mapping[tuple[int, int], int]:
    """Return the flags of the first rows; all of them without a limit."""
    if most is None:
        return flags
    return {place: kind for place, kind in flags.items() if place[0] <= most}


def size_of(part: SheetPart, facts: SheetFacts | None) -> SheetSize:
    """Return what is listed of a sheet."""
    n_rows, n_columns = (facts.n_rows, facts.n_columns) if facts else (0, 0)
    return SheetSize(part.name, part.is_hidden, n_rows, n_columns)


def is_table(facts: SheetFacts) -> bool:
    """Say whether a sheet is large enough to be a table of pupils."""
    return facts.n_columns >= _MIN_COLUMNS and facts.n_rows >= _MIN_ROWS


def is_same_name(name: str, wanted: str) -> bool:
    """Say whether a person means this sheet; a workbook tells names apart without case."""
    return name.strip().casefold() == wanted.strip().casefold()


def meant_name(sheets: Sequence[SheetPart], wanted: str | None) -> str | None:
    """Return the name of the sheet that is meant by its place, as in ``#3``; others as given.

    So messages call a sheet whose name they do not quote.
    """
    by_place = {f"#{k}": sheet.name for k, sheet in enumerate(sheets, start=1)}
    if wanted is None or any(is_same_name(sheet.name, wanted) for sheet in sheets):
        return wanted
    return by_place.get(wanted.strip(), wanted)


def _refuse_name(names: str) -> NoReturn:
    refuse(
        "sheet_name",
        f"没有 --sheet 所写的工作表。有数据的可见工作表：{names}。"
        "请用 --sheet 写出其中一张的名称。",
        f"There is no sheet of the name given. Visible sheets with data: {names}. Name one of "
        f"them with --sheet.",
    )


def _refuse_empty_sheet(name: str) -> NoReturn:
    refuse(
        "no_data",
        f"工作表“{name}”里没有数据。请填写后重新上传，或用 --sheet 另选一张。",
        f"The sheet {name} holds no data. Fill it in, or choose another with --sheet.",
    )


def label_of(sheet: SheetPart, sheets: Sequence[SheetPart]) -> str:
    """Return what a message calls a sheet of a workbook."""
    return sheet_label(sheet.name, sheets.index(sheet) + 1)


def _names(sheets: Sequence[SheetPart], *, of: Sequence[SheetPart]) -> str:
    """Return what sheets of a workbook are called, the first ones of many."""
    names = "、".join(label_of(sheet, of) for sheet in sheets[:_SHOWN_SHEETS])
    return f"{names}……" if len(sheets) > _SHOWN_SHEETS else names


def book_remarks(
    parts: WorkbookParts, *, shown: Sequence[SheetPart], chosen: Sequence[SheetPart] = ()
) -> list[Finding]:
    """Say which sheets were not read, how to choose, and that links lead elsewhere.

    Parameters
    ----------
    shown : sequence of SheetPart
        Visible sheets with data.
    chosen : sequence of SheetPart
        Those that are read; the first shown one where none is given.
    """
    read = list(chosen) or list(shown[:1])
    remarks = [
        *_hidden_sheets([s for s in parts.sheets if s.is_hidden and s not in read], parts),
        *_hidden_choice([s for s in read if s.is_hidden], parts),
        *_other_sheets(shown, parts, read=read),
    ]
    if parts.has_external:
        remarks.append(remark(
            "warning", "external_link",
            "工作簿含有指向外部文件的链接，没有访问它们，只用了表内保存的值。请核对成绩是否最新。",
            "The workbook links to other files. They were not opened; the stored values were "
            "used. Check that the marks are current."))  # fmt: skip
    return remarks


def _hidden_sheets(hidden: Sequence[SheetPart], parts: WorkbookParts) -> list[Finding]:
    if not hidden:
        return []
    names = _names(hidden, of=parts.sheets)
    return [remark(
        "warning", "hidden_sheet",
        f"工作簿有 {len(hidden)} 张隐藏的工作表（{names}），没有导入。"
        f"如需导入，请取消隐藏并单独上传。",
        f"Hidden sheets, not imported: {len(hidden)} ({names}). "
        f"To import one, unhide it and upload it by itself.")]  # fmt: skip


def _hidden_choice(hidden: Sequence[SheetPart], parts: WorkbookParts) -> list[Finding]:
    return [remark(
        "warning", "hidden_sheet",
        f"指定读取的工作表“{name}”在工作簿中是隐藏的。请确认它是要导入的成绩。",
        f"The chosen sheet {name} is hidden in the workbook. Check that it is the one to "
        f"import.")
        for name in (label_of(sheet, parts.sheets) for sheet in hidden)]  # fmt: skip


def _other_sheets(
    shown: Sequence[SheetPart], parts: WorkbookParts, *, read: Sequence[SheetPart]
) -> list[Finding]:
    """Name all visible sheets with data where not every one is read."""
    others = [sheet for sheet in shown if sheet not in read]
    if not others:
        return []
    first, every, unread = (_names(s, of=parts.sheets) for s in (read[:1], shown, others))
    return [remark(
        "warning", "several_sheets",
        f"有 {len(shown)} 张工作表含有数据：{every}。只读取了“{first}”，"
        f"没有读取：{unread}。另选一张用 --sheet 名称；表头相同的几张一起导入用 "
        f"--sheet \"*\"。",
        f"Sheets with data: {len(shown)} ({every}). Only {first} was read, not "
        f"{unread}. Choose another with --sheet NAME, or import all sheets with the "
        f"same header together with --sheet \"*\".")]  # fmt: skip


def hidden_area(facts: SheetFacts, *, sheet: str) -> list[Finding]:
    """Say that hidden rows or columns of the sheet of this label were read along."""
    remarks = []
    if facts.hidden_rows:
        rows = "、".join(map(str, facts.hidden_rows[:SHOWN_ROWS]))
        remarks.append(remark(
            "warning", "hidden_rows",
            f"工作表“{sheet}”有 {len(facts.hidden_rows)} 行被隐藏或筛选掉（第 {rows} 行等），"
            f"也一并读取了。如不应导入，请删除这些行。",
            f"Rows that are hidden or filtered out were read along: {len(facts.hidden_rows)} "
            f"(rows {rows} and so on). Delete them if they must not be imported."))  # fmt: skip
    if facts.hidden_columns:
        remarks.append(remark(
            "warning", "hidden_columns",
            f"工作表“{sheet}”有 {len(facts.hidden_columns)} 列被隐藏，也一并读取了。"
            f"如不应导入，请删除这些列。",
            f"Hidden columns were read along: {len(facts.hidden_columns)}. "
            f"Delete them if they must not be imported."))  # fmt: skip
    return remarks
