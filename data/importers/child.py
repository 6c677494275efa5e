"""The process that touches a hostile file: limits itself, reads, writes one report.

Run as ``python -m data.importers.child FILE SETTINGS``; the report goes to standard output,
which the parent binds to a file without a name. Imports stay light.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from data.importers.container import MIB
from data.importers.file_kind import check_ending, recognise
from data.importers.limits import Limits
from data.importers.packed_sheet import pack
from data.importers.remarks import RefusedError, refuse
from data.importers.report import Report, write_report
from data.importers.sheet_choice import EVERY_SHEET


def main(path: Path, output: BinaryIO, limits: Limits, *, sheet: str | None = None) -> None:
    """Read ``path`` under ``limits`` and write the report to ``output``."""
    _limit_self(limits)
    try:
        report = read_file(path, limits=limits, sheet=sheet)
    except RefusedError as refusal:
        report = Report([], [refusal.finding])
    write_report(report, output)


def read_file(path: Path, *, limits: Limits, sheet: str | None = None) -> Report:
    """Read a file by its content.

    Parameters
    ----------
    sheet : str or None
        Which sheet of a workbook; see ``read_spreadsheet``.

    Raises
    ------
    RefusedError
        When it is too large, no table, or unsafe.
    """
    size = path.stat().st_size
    if size > limits.max_mb * MIB:
        refuse(
            "file_size",
            f"文件过大：{size / MIB:.1f} MB，超过 {limits.max_mb} MB。"
            "请按学校分成几个文件上传。",
            f"The file is too large: {size / MIB:.1f} MB, at most {limits.max_mb}. Split it.",
        )
    data = path.read_bytes()
    kind = recognise(data)
    remarks = check_ending(kind, ending=path.suffix.lower())
    if kind == "zip":
        from data.importers.spreadsheet import read_spreadsheet

        report = read_spreadsheet(data, limits=limits, sheet=sheet)
    elif kind == "text":
        report = _text(data, limits=limits, sheet=sheet)
    else:
        from data.importers.old_workbook import read_old_workbook

        report = read_old_workbook(data, limits=limits, sheet=sheet)
    if not report.sheets:
        refuse(
            "no_data",
            "文件里没有数据：所有单元格都是空白。请填写后重新上传。",
            "The file holds no data: every cell is blank. Fill it in and upload it again.",
        )
    return replace(report, findings=[*remarks, *report.findings])


def _text(data: bytes, *, limits: Limits, sheet: str | None) -> Report:
    from data.importers.delimited import read_delimited

    if sheet not in {None, EVERY_SHEET}:
        refuse(
            "sheet_name",
            "文本文件没有工作表，不能用 --sheet 选择。请去掉 --sheet，或上传 Excel 工作簿。",
            "A text file has no sheets to choose from with --sheet. Leave it out, or upload a "
            "workbook.",
        )
    grid, findings = read_delimited(data, limits=limits)
    return Report([pack(grid)] if grid.lines else [], findings)


def _limit_self(limits: Limits) -> None:
    if sys.platform == "win32":
        return  # no such limits there; the parent's clock still ends the process
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_mb * MIB),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.memory_mb * MIB),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    told = json.loads(sys.argv[2])
    main(Path(sys.argv[1]), sys.stdout.buffer, Limits(**told["limits"]), sheet=told["sheet"])
