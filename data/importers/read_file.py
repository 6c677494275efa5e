"""Read an untrusted file in a child process with limits; bad files become findings."""

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import IO

from core.findings import Finding
from data.importers.limits import Limits
from data.importers.pupil_words import sheet_labels, without_pupils
from data.importers.report import BrokenReportError, Report, read_report
from data.importers.several_sheets import joined, which_sheets
from data.importers.sheet import Reading, Sheet, SheetSize, sheet_of

__all__ = ["Limits", "Reading", "Sheet", "SheetSize", "read_sheet"]

_ROOT = Path(__file__).resolve().parents[2]
_WALL_EXTRA = 5  # seconds beyond the processor limit: a child that sleeps uses none
# Nothing of the server's surroundings reaches the child, its secrets least of all.
_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",  # each thread would take address space, and none is used
}


def read_sheet(
    path: Path,
    *,
    limits: Limits = Limits(),  # noqa: B008 frozen
    sheet: str | None = None,
) -> Reading:
    """Read a CSV, TXT, XLSX, XLS or ET file.

    Never raises for what the file holds: a file that aborts the reader, hangs it or asks for
    too much memory gives the finding ``unreadable``.

    Parameters
    ----------
    path : Path
        The stored upload; its ending is compared with the content.
    limits : Limits
        What the file may ask for.
    sheet : str or None
        Name of the worksheet, or its place as in ``#3``; ``*`` for all visible sheets with one
        header; None for the first visible one with data, unless others hold pupils of further
        schools: then it is asked.
    """
    # The report holds pupils' names: a file without a name is gone even when this process is
    # killed. The child's limit on files bounds it.
    with tempfile.TemporaryFile(prefix="zhunsheng-import-") as output:
        settings = json.dumps({"limits": asdict(limits), "sheet": sheet})
        done = _run_child(path, settings, output=output, limits=limits)
        output.seek(0)
        report = output.read() if done else b""
    try:
        return _reading(read_report(report), is_asked=sheet is not None)
    except BrokenReportError:  # also where the child was ended
        return Reading(None, (_unreadable(limits),))


def _reading(report: Report, *, is_asked: bool) -> Reading:
    findings, sheets = tuple(report.findings), tuple(report.listed)
    if not report.sheets:
        return Reading(None, findings, sheets)
    read = [sheet_of(packed) for packed in report.sheets]
    seen = [*read, *map(sheet_of, report.heads)]
    labels = sheet_labels(seen, sheets)
    question = [] if is_asked else which_sheets(seen, labels)
    if question:
        told = [finding for finding in findings if finding.check != "several_sheets"]
        for table in seen:
            told = without_pupils(told, Reading(table, (), sheets))
        return Reading(None, (*told, *question), sheets)
    sheet, remarks = joined(read, labels[: len(read)])
    return Reading(sheet, (*findings, *remarks), sheets)


def _run_child(path: Path, settings: str, *, output: IO[bytes], limits: Limits) -> bool:
    command = [
        sys.executable,
        "-m",
        "data.importers.child",
        str(path.resolve()),
        settings,
    ]
    try:
        done = subprocess.run(  # noqa: S603  # the command is ours; only the path varies
            command,
            cwd=_ROOT,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds + _WALL_EXTRA,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _unreadable(limits: Limits) -> Finding:
    return Finding(
        "error",
        "unreadable",
        None,
        None,
        None,
        f"文件无法解析：读取程序中止，或超过了 {limits.seconds} 秒、{limits.memory_mb} MB "
        "的限制。"
        f"请在 Excel 或 WPS 中打开并另存为新的 .xlsx 后上传。",
        f"The file cannot be parsed: the reader stopped, or went beyond {limits.seconds} s or "
        f"{limits.memory_mb} MB. Open it in Excel or WPS, save it as a new .xlsx, upload it.",
    )
