"""The workbook of findings that ``--report`` asks for: proved first, written last."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from core.errors import SettingsError, StorageError
from core.findings import Finding
from pipeline.findings_workbook import findings_workbook


def require_report(path: Path | None, *, file: Path) -> None:
    """Refuse a report that could not be written, before anything else is done.

    Raises
    ------
    SettingsError
        When it names the imported file itself, or a place that takes no file.
    """
    if path is None:
        return
    if path.exists() and file.exists() and path.samefile(file):
        raise SettingsError(
            "--report names the file that is imported, which would be lost. Give the report "
            "another name.",
            "--report 与要导入的文件是同一个文件，会将其覆盖。请为检查结果另起文件名。",
        )
    try:
        if path.exists():
            path.open("ab").close()
        else:
            tempfile.TemporaryFile(dir=path.parent).close()
    except OSError as error:
        raise SettingsError(
            f"The report {str(path)!r} cannot be written ({error.strerror}). Nothing was done. "
            "Name a file in a folder that is there and may be written.",
            f"无法写入检查结果“{path}”（{error.strerror}）。未作任何操作。"
            "请指定一个已存在且可写的文件夹中的文件。",
        ) from error


def write_report(path: Path | None, findings: Sequence[Finding]) -> None:
    """Write the findings, if a report was asked for.

    Raises
    ------
    StorageError
        When the disk does not take it after all; what the command did before stands.
    """
    if path is None:
        return
    try:
        path.write_bytes(findings_workbook(findings))
    except OSError as error:
        raise StorageError(
            f"The report {str(path)!r} could not be written ({error.strerror}); what is said "
            "above stands all the same. Ask for the report again with --dry-run.",
            f"检查结果“{path}”未能写入（{error.strerror}）；以上答复仍然有效。"
            "请用 --dry-run 重新生成检查结果。",
        ) from error
