"""From bytes to text, strictly: a file that does not decode whole is refused, never patched."""

import codecs
import re

from core.findings import Finding
from data.importers.remarks import refuse, remark

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_REPLACED = ("\ufffd", "锟斤拷", "烫烫烫", "屯屯屯")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAMPLE_LINES = 20


def decode(data: bytes) -> tuple[str, list[Finding]]:
    """Return the text of a file and a note where it is not UTF-8.

    Raises
    ------
    RefusedError
        For mixed or unknown encodings, characters lost before, and control characters.
    """
    text, name = _decoded(data)
    _refuse_lost(text)
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        refuse(
            "control_character",
            f"第 {line} 行有控制字符（非法字符），文件可能已损坏。请在 Excel 中另存为 .xlsx "
            "后上传。",
            f"Line {line} holds a control character; the file may be damaged. "
            f"Save it as .xlsx in Excel and upload it.",
            row=line,
        )
    if name == "UTF-8":
        return text, []
    return text, [remark(
        "note", "encoding", f"文件编码是 {name}，已转换为 UTF-8。",
        f"The file is encoded in {name}; it was converted to UTF-8.")]  # fmt: skip


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith(_UTF16):
        return _strict(data, "utf-16", "UTF-16"), "UTF-16"
    if data.startswith(codecs.BOM_UTF8):
        return _strict(data, "utf-8-sig", "UTF-8"), "UTF-8"
    if data.count(0) > len(data) // 20:
        refuse("encoding", "文件像是没有标记（BOM）的 UTF-16 编码，无法可靠读取。请另存为 "
                           ".xlsx 后上传。",
               "The file looks like UTF-16 without a byte order mark. Save it as "
               ".xlsx.")  # fmt: skip
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        _refuse_mixed(data)
        return _strict(data, "gb18030", "GB18030"), "GB18030"


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        refuse(
            "encoding",
            f"第 {line} 行不是有效的 {name} 编码，文件可能混用了两种编码或已损坏。"
            f"请另存为 .xlsx 后上传。",
            f"Line {line} is not valid {name}; the file mixes encodings or is damaged. "
            f"Save it as .xlsx and upload it.",
            row=line,
        )
    return text


def _refuse_mixed(data: bytes) -> None:
    """Refuse a file of which some lines are UTF-8 and some are not.

    GB18030 decodes most bytes to something, so a line counts as UTF-8 where it is valid UTF-8
    and its reading as GB18030 is no everyday Chinese.
    """
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    is_utf8 = [_decodes(line, "utf-8") and not _is_everyday(line) for line in lines]
    if not any(is_utf8):
        return
    wrong = next(line for line in lines if not _decodes(line, "utf-8"))
    number = data.count(b"\n", 0, data.index(wrong)) + 1
    refuse(
        "encoding",
        f"文件混用了 UTF-8 和 GBK 两种编码，从第 {number} 行起不一致。请另存为 .xlsx 后上传。",
        f"The file mixes UTF-8 and GBK, first seen in line {number}. Save it as .xlsx.",
        row=number,
    )


def _decodes(line: bytes, codec: str) -> bool:
    try:
        line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _is_everyday(line: bytes) -> bool:
    return _decodes(line, "gb2312")


def _refuse_lost(text: str) -> None:
    found = next((mark for mark in _REPLACED if mark in text), None)
    if found is not None:
        line = text.count("\n", 0, text.index(found)) + 1
    elif any(_is_misread(sample) for sample in text.split("\n")[:_SAMPLE_LINES]):
        line = 1
    else:
        return
    refuse(
        "mojibake",
        f"第 {line} 行起是乱码：文件曾用错误的编码保存，原来的汉字已无法恢复。"
        f"请从原系统重新导出，另存为 .xlsx 后上传。",
        f"Garbled text from line {line} on: the file was saved in a wrong encoding and the "
        f"characters are lost. Export it again and save it as .xlsx.",
        row=line,
    )


def _is_misread(line: str) -> bool:
    """Say whether a line is one encoding's bytes read in another."""
    for wrong, right in (("gb18030", "utf-8"), ("latin-1", "gb18030"), ("cp1252", "utf-8")):
        try:
            intended = line.encode(wrong).decode(right)
        except UnicodeError:
            continue
        gained = len(_HAN.findall(intended))
        if intended != line and gained >= 2 and len(intended) < len(line):
            return True
    return False
