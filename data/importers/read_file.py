"""Read an untrusted file in a child process with limits; bad files become findings."""

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import numpy as np
import pandas as pd

from core.findings import Finding
from data.importers.limits import Limits
from data.importers.sheet import Reading, Sheet

__all__ = ["Limits", "Reading", "Sheet", "read_sheet"]

_ROOT = Path(__file__).resolve().parents[2]
_WALL_EXTRA = 5  # seconds beyond the processor limit: a child that sleeps uses none
# Nothing of the server's surroundings reaches the child, its secrets least of all.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def read_sheet(path: Path, *, limits: Limits) -> Reading:
    """Read a CSV, TXT, XLSX, XLS or ET file.

    Never raises for what the file holds: a file that aborts the reader, hangs it or asks for
    too much memory gives the finding ``unreadable``.

    Parameters
    ----------
    path : Path
        The stored upload; its ending is compared with the content.
    limits : Limits
        What the file may ask for.
    """
    # The report holds pupils' names: a file without a name is gone even when this process is
    # killed. The child's limit on files bounds it.
    with tempfile.TemporaryFile(prefix="zhunsheng-import-") as output:
        report = _report(output) if _run_child(path, output=output, limits=limits) else None
    if report is None:
        return Reading(None, (_unreadable(limits),))
    findings = tuple(Finding(**finding) for finding in report["findings"])
    return Reading(_sheet(report["grid"]), findings)


def _run_child(path: Path, *, output: IO[bytes], limits: Limits) -> bool:
    command = [
        sys.executable,
        "-m",
        "data.importers.child",
        str(path.resolve()),
        json.dumps(asdict(limits)),
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


def _report(output: IO[bytes]) -> dict[str, Any] | None:
    output.seek(0)
    try:
        report: dict[str, Any] = json.load(output)
    except ValueError:  # cut short
        return None
    return report


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


def _sheet(grid: dict[str, Any] | None) -> Sheet | None:
    if grid is None or not grid["lines"]:
        return None
    codes = [np.frombuffer(text.encode("ascii"), dtype=np.int8) - 48 for text in grid["kinds"]]
    columns = {f"v{i}": pd.array(texts, dtype="str") for i, texts in enumerate(grid["columns"])}
    return Sheet(
        name=grid["name"],
        text=pd.DataFrame(columns),
        kinds=np.stack(codes, axis=1).astype(np.int8),
        lines=np.asarray(grid["lines"], dtype=np.int64),
    )
