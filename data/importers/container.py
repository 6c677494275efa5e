"""The archive around an .xlsx: refused before anything in it is unpacked."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import NoReturn

from data.importers.file_kind import refuse_macro
from data.importers.limits import Limits
from data.importers.remarks import refuse

MIB = 1 << 20
# What unpacking a part of a broken archive raises.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)
_LOCAL_HEADER = 30  # bytes before the name in an archive's local header
_SYMLINK, _FILE_TYPE = 0o120000, 0o170000
_OTHER_BOOKS = ("xl/workbook.bin", "content.xml", "word/document.xml", "ppt/presentation.xml")


def open_container(data: bytes, *, limits: Limits) -> zipfile.ZipFile:
    """Open the archive of a workbook after its directory was checked.

    Raises
    ------
    RefusedError
        For a damaged, encrypted or oversized archive, odd paths, macros, other documents.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        refuse_damaged()
    parts = archive.infolist()
    _check_names([part.filename for part in parts], limits=limits)
    for part in parts:
        _check_part(part, limits=limits)
    _check_layout(parts, limits=limits)
    _check_document({part.filename.lower() for part in parts})
    return archive


def refuse_damaged() -> NoReturn:
    """Refuse an archive or a part that does not hold together."""
    refuse(
        "damaged",
        "文件已损坏或不完整，无法解压。请在 Excel 或 WPS 中重新打开并另存为 .xlsx 后上传。",
        "The file is damaged or incomplete. Open it again in Excel or WPS, save it as .xlsx, "
        "and upload it.",
    )


def refuse_bomb(found: str, found_en: str) -> NoReturn:
    """Refuse an archive that grows beyond measure."""
    refuse(
        "archive_size",
        f"压缩内容过大或异常：{found}。正常的成绩表不会这样；请另存为新的 .xlsx 后重新上传。",
        f"The archive is too large or odd: {found_en}. A table of marks is not like this. "
        f"Save it as a new .xlsx and upload it.",
    )


def _check_names(names: Sequence[str], *, limits: Limits) -> None:
    if len(names) > limits.max_entries:
        refuse_bomb(f"压缩包内有 {len(names)} 个文件，最多 {limits.max_entries} 个",
                    f"{len(names)} parts, at most {limits.max_entries}")  # fmt: skip
    if len({name.lower() for name in names}) != len(names):
        refuse_bomb("压缩包内有重名文件", "parts of the same name")
    odd = [name for name in names if _is_odd_path(name)]
    if odd:
        refuse(
            "archive_path",
            f"压缩包内有 {len(odd)} 个非法路径，不安全，不能导入。请另存为新的 .xlsx "
            "后重新上传。",
            f"The archive holds unsafe paths: {len(odd)}. Save it as a new .xlsx and upload "
            "it.",
        )


def _is_odd_path(name: str) -> bool:
    return (
        name.startswith(("/", "\\"))
        or ".." in re.split(r"[\\/]", name)
        or any(c in ':\\"<>|' or not c.isprintable() for c in name)
    )


def _check_part(part: zipfile.ZipInfo, *, limits: Limits) -> None:
    if part.flag_bits & 1:
        refuse_password()
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        refuse_damaged()
    if (part.external_attr >> 16) & _FILE_TYPE == _SYMLINK:
        refuse("archive_path", "压缩包内有指向外部的链接，不安全，不能导入。请另存为新的 "
                               ".xlsx。",
               "The archive holds a symbolic link. Save it as a new .xlsx.")  # fmt: skip
    if part.file_size > limits.max_part_mb * MIB:
        refuse_bomb(f"一个部分解压后超过 {limits.max_part_mb} MB",
                    f"one part unpacks to more than {limits.max_part_mb} MB")  # fmt: skip
    if part.file_size > max(MIB, limits.max_ratio * max(1, part.compress_size)):
        refuse_bomb(f"压缩比超过 {limits.max_ratio} 倍",
                    f"packed more than {limits.max_ratio} times")  # fmt: skip


def refuse_password() -> NoReturn:
    """Refuse a file that asks for a password."""
    refuse(
        "password",
        "文件设有打开密码（已加密），无法读取。请在 Excel 或 WPS 中取消密码，另存后重新上传。",
        "The file is protected by a password. Remove it in Excel or WPS, save, and upload "
        "again.",
    )


def _check_layout(parts: Sequence[zipfile.ZipInfo], *, limits: Limits) -> None:
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            refuse_bomb("压缩包内的文件互相重叠", "parts that overlap")
        end = part.header_offset + _LOCAL_HEADER + len(part.filename) + part.compress_size
    total = sum(part.file_size for part in parts)
    if total > limits.max_unpacked_mb * MIB:
        refuse_bomb(f"解压后共 {total // MIB} MB，最多 {limits.max_unpacked_mb} MB",
                    f"{total // MIB} MB unpacked, at most "
                    f"{limits.max_unpacked_mb}")  # fmt: skip


def _check_document(names: set[str]) -> None:
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
        refuse_macro()
    if {"[content_types].xml", "xl/workbook.xml"} <= names:
        return
    other = next((name for name in _OTHER_BOOKS if name in names), "")
    refuse(
        "file_type",
        f"文件格式不对：压缩包里不是 .xlsx 工作簿{f'（含 {other}）' if other else ''}。"
        f"请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。",
        f"Wrong type of file: the archive is no .xlsx workbook"
        f"{f' (it holds {other})' if other else ''}. Open it in Excel or WPS and save it as "
        ".xlsx.",
    )
