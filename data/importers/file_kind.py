"""What a file really is: decided by its content, never by its ending."""

from typing import Literal, NoReturn

from core.findings import Finding
from data.importers.remarks import refuse, remark

FileKind = Literal["zip", "ole", "text"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "PDF 文档", "a PDF document"),
    (b"MZ", "可执行程序", "a program"),
    (b"\x7fELF", "可执行程序", "a program"),
    (b"\x89PNG", "PNG 图片", "a PNG picture"),
    (b"\xff\xd8\xff", "JPEG 图片", "a JPEG picture"),
    (b"GIF8", "GIF 图片", "a GIF picture"),
    (b"Rar!", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩包", "a 7z archive"),
    (b"\x1f\x8b", "gzip 压缩包", "a gzip archive"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
    (b"SQLite format 3", "数据库文件", "a database file"),
)
_MARKUP: tuple[tuple[bytes, str, str], ...] = (
    (b"<?xml", "XML 文本", "XML text"),
    (b"<", "网页（HTML）", "a web page (HTML)"),
)
_BLANK = b"\xef\xbb\xbf \r\n\t"


def recognise(data: bytes) -> FileKind:
    """Return which reader the content needs.

    Raises
    ------
    RefusedError
        For an empty file and for anything that is no table.
    """
    if not data.strip(_BLANK):
        refuse("no_data", "文件是空的，没有数据。请上传含有成绩的文件。",
               "The file is empty. Upload a file with marks.")  # fmt: skip
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(_OLE):
        return "ole"
    for mark, zh, en in _FOREIGN:
        if data.startswith(mark):
            _refuse_type(zh, en)
    start = data[:2000].lstrip(_BLANK).lower()
    for mark, zh, en in _MARKUP:
        if start.startswith(mark):
            _refuse_type(zh, en)
    return "text"


def _refuse_type(zh: str, en: str) -> NoReturn:
    refuse(
        "file_type",
        f"文件格式不对：内容其实是{zh}，不是 Excel 表格或 CSV。"
        f"请用 Excel 或 WPS 打开原表，另存为 .xlsx 后重新上传。",
        f"Wrong type of file: the content is {en}, not a workbook or CSV. Open the table in "
        f"Excel or WPS, save it as .xlsx, and upload it again.",
    )


def check_ending(kind: FileKind, *, ending: str) -> list[Finding]:
    """Compare the ending of the file's name with its content.

    Raises
    ------
    RefusedError
        Where text poses as a workbook or a workbook as text.
    """
    if kind == "text" and ending in {".xlsx", ".xls", ".et", ".xlsm"}:
        _refuse_ending(ending, "CSV 文本", "CSV text", "改用 .csv 扩展名，或在 Excel "
                                                     "中打开后另存为 .xlsx",
                       "name it .csv, or open it in Excel and save it as .xlsx")  # fmt: skip
    if kind != "text" and ending in {".csv", ".txt", ".tsv"}:
        _refuse_ending(ending, "Excel 工作簿", "an Excel workbook", "改用 .xlsx 扩展名，"
                                                                 "或另存为 CSV",
                       "name it .xlsx, or save it as CSV")  # fmt: skip
    if kind == "zip" and ending == ".xlsm":
        refuse_macro()
    if ending == ".et":
        return [_old("WPS 表格（.et）格式", "a WPS sheet (.et)")]
    if kind == "ole":
        return [_old("旧式 Excel（.xls）格式", "an old Excel workbook (.xls)")]
    if ending == ".xls":
        return [
            _old("新式 Excel（.xlsx）格式，扩展名却是 .xls", "an .xlsx workbook named .xls")
        ]
    return []


def _refuse_ending(ending: str, zh: str, en: str, todo_zh: str, todo_en: str) -> NoReturn:
    refuse(
        "file_type",
        f"扩展名与内容不符：扩展名是 {ending}，内容不是这种格式，而是{zh}。请{todo_zh}。",
        f"The ending does not fit: the file is named {ending}, the content is {en}. "
        f"Please {todo_en}.",
    )


def refuse_macro() -> NoReturn:
    """Refuse a workbook that brings a program along."""
    refuse(
        "macro",
        "工作簿带有宏，不能导入。请另存为不含宏的 .xlsx 后重新上传。",
        "The workbook contains macros and cannot be imported. Save it as .xlsx without macros.",
    )


def _old(zh: str, en: str) -> Finding:
    return remark(
        "warning",
        "file_type",
        f"文件是{zh}，已按内容读取。百分比等显示格式可能看不到，请核对；建议另存为 .xlsx "
        "再上传。",
        f"The file is {en}; it was read by its content. Display formats such as per cent may "
        f"be lost. Check the marks; better save it as .xlsx.",
    )
