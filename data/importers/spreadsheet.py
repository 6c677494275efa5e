"""Read an .xlsx workbook: guard every part, then take the values of one visible sheet."""

import io
import zipfile
from collections.abc import Sequence

import python_calamine

from core.findings import Finding
from data.importers.container import open_container, refuse_damaged
from data.importers.grid import Grid, make_grid
from data.importers.limits import Limits
from data.importers.remarks import plain, refuse, remark
from data.importers.sheet_scan import SheetFacts, SheetScan
from data.importers.workbook_parts import SheetPart, WorkbookParts, read_parts
from data.importers.xml_part import Budget, is_markup, scan_part

SHOWN_ROWS = 5


def read_spreadsheet(data: bytes, *, limits: Limits) -> tuple[Grid, list[Finding]]:
    """Return the first visible sheet with data, and what else the book holds.

    Raises
    ------
    RefusedError
        When the container, a part, or the extent of a sheet is not acceptable.
    """
    with open_container(data, limits=limits) as archive:
        parts = read_parts(archive, budget=Budget.of(limits))
        facts = _scan_all(archive, parts, limits=limits)
    _require_sheets(parts.sheets, limits=limits)
    shown = [sheet for sheet in parts.sheets if not sheet.is_hidden and _filled(facts, sheet)]
    if not shown:
        refuse("no_data", "工作簿的可见工作表里没有数据。请填写后重新上传。",
               "No visible sheet of the workbook holds data. Fill it in and upload "
               "again.")  # fmt: skip
    chosen = facts[shown[0].path]
    grid = make_grid(
        _values(data, shown[0].name), name=shown[0].name, flags=chosen.flags, limits=limits
    )
    return grid, [*book_remarks(parts, shown=shown), *hidden_area(chosen, sheet=shown[0].name)]


def _scan_all(
    archive: zipfile.ZipFile, parts: WorkbookParts, *, limits: Limits
) -> dict[str, SheetFacts]:
    facts: dict[str, SheetFacts] = {}
    budget = Budget.of(limits)
    sheets = {sheet.path for sheet in parts.sheets}
    for name in archive.namelist():
        if name in sheets:
            scan = SheetScan(percent_styles=parts.percent_styles, limits=limits)
            scan_part(archive, name, on_start=scan.on_start, budget=budget)
            facts[name] = scan.facts()
        elif is_markup(archive, name):
            scan_part(archive, name, on_start=None, budget=budget)
    return facts


def _require_sheets(sheets: Sequence[SheetPart], *, limits: Limits) -> None:
    if len({sheet.name.lower() for sheet in sheets}) != len(sheets):
        refuse_damaged()  # values are asked for by name, so a name must mean one sheet
    if len(sheets) > limits.max_sheets:
        refuse(
            "too_many_sheets",
            f"工作表过多：{len(sheets)} 张，最多 {limits.max_sheets} 张。请只保留成绩表。",
            f"Too many sheets: {len(sheets)}, at most {limits.max_sheets}. Keep the marks "
            "only.",
        )


def _filled(facts: dict[str, SheetFacts], sheet: SheetPart) -> bool:
    return sheet.path in facts and facts[sheet.path].n_values > 0


def _values(data: bytes, name: str) -> list[list[object]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows: list[list[object]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[assignment]
    except (python_calamine.CalamineError, OSError, ValueError):
        refuse_damaged()
    return rows


def book_remarks(parts: WorkbookParts, *, shown: Sequence[SheetPart]) -> list[Finding]:
    """Say which sheets were not read, and that links lead elsewhere."""
    remarks = []
    hidden = [sheet.name for sheet in parts.sheets if sheet.is_hidden]
    if hidden:
        names = "、".join(plain(name) for name in hidden[:SHOWN_ROWS])
        remarks.append(remark(
            "warning", "hidden_sheet",
            f"工作簿有 {len(hidden)} 张隐藏的工作表（{names}），没有导入。"
            f"如需导入，请取消隐藏并单独上传。",
            f"Hidden sheets, not imported: {len(hidden)} ({names}). "
            f"To import one, unhide it and upload it by itself."))  # fmt: skip
    if len(shown) > 1:
        names = "、".join(plain(sheet.name) for sheet in shown[1 : SHOWN_ROWS + 1])
        remarks.append(remark(
            "warning", "several_sheets",
            f"有 {len(shown)} 张工作表含有数据，只读取了第一张“{plain(shown[0].name)}”；"
            f"没有读取：{names}。如需导入，请合并到一张表或分别上传。",
            f"Sheets with data: {len(shown)}; only the first, {plain(shown[0].name)}, was "
            "read; "
            f"not read: {names}. Merge them or upload each by itself."))  # fmt: skip
    if parts.has_external:
        remarks.append(remark(
            "warning", "external_link",
            "工作簿含有指向外部文件的链接，没有访问它们，只用了表内保存的值。请核对成绩是否最新。",
            "The workbook links to other files. They were not opened; the stored values were "
            "used. Check that the marks are current."))  # fmt: skip
    return remarks


def hidden_area(facts: SheetFacts, *, sheet: str) -> list[Finding]:
    """Say that hidden rows or columns of the sheet were read along."""
    remarks = []
    if facts.hidden_rows:
        rows = "、".join(map(str, facts.hidden_rows[:SHOWN_ROWS]))
        remarks.append(remark(
            "warning", "hidden_rows",
            f"工作表“{plain(sheet)}”有 {len(facts.hidden_rows)} 行被隐藏或筛选掉（第 {rows} "
            "行等），"
            f"也一并读取了。如不应导入，请删除这些行。",
            f"Rows that are hidden or filtered out were read along: {len(facts.hidden_rows)} "
            f"(rows {rows} and so on). Delete them if they must not be imported."))  # fmt: skip
    if facts.hidden_columns:
        remarks.append(remark(
            "warning", "hidden_columns",
            f"工作表“{plain(sheet)}”有 {len(facts.hidden_columns)} 列被隐藏，也一并读取了。"
            f"如不应导入，请删除这些列。",
            f"Hidden columns were read along: {len(facts.hidden_columns)}. "
            f"Delete them if they must not be imported."))  # fmt: skip
    return remarks
