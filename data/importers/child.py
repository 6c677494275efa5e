"""The process that touches a hostile file: limits itself, reads, writes one JSON report.

Run as ``python -m data.importers.child FILE LIMITS``; the report goes to standard output, which
the parent binds to a file without a name. Imports stay light.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from core.findings import Finding
from data.importers.container import MIB
from data.importers.file_kind import check_ending, recognise
from data.importers.grid import Grid
from data.importers.limits import Limits
from data.importers.remarks import RefusedError, refuse


def main(path: Path, output: BinaryIO, limits: Limits) -> None:
    """Read ``path`` under ``limits`` and write the grid and the findings to ``output``."""
    _limit_self(limits)
    try:
        grid, findings = read_file(path, limits=limits)
    except RefusedError as refusal:
        grid, findings = None, [refusal.finding]
    report = {
        "grid": asdict(grid) if grid else None,
        "findings": [asdict(finding) for finding in findings],
    }
    output.write(json.dumps(report).encode("ascii"))
    output.flush()


def read_file(path: Path, *, limits: Limits) -> tuple[Grid | None, list[Finding]]:
    """Read a file by its content.

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
    if kind == "text":
        from data.importers.delimited import read_delimited as read
    elif kind == "zip":
        from data.importers.spreadsheet import read_spreadsheet as read
    else:
        from data.importers.old_workbook import read_old_workbook as read
    grid, findings = read(data, limits=limits)
    if not grid.lines:
        refuse(
            "no_data",
            "文件里没有数据：所有单元格都是空白。请填写后重新上传。",
            "The file holds no data: every cell is blank. Fill it in and upload it again.",
        )
    return grid, [*remarks, *findings]


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
    main(Path(sys.argv[1]), sys.stdout.buffer, Limits(**json.loads(sys.argv[2])))
