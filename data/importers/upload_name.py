"""What an uploader calls a file: only ever shown, never used as a path."""

import unicodedata

from core.findings import Finding
from data.importers.remarks import remark

_LONGEST = 60
_NO_NAME = "（无名文件）"
_ODD = "□"  # stands for what must not be shown; no page, sheet or shell gives it a meaning
_SIGNS = frozenset(" ._-()（）【】·、，《》—…" + _ODD)
_CLASSES = ("L", "M", "N")
_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt", ".tsv")


def shown_name(name: str) -> str:
    """Return a file's name fit to be shown and kept: its last part, harmless, short.

    Letters, digits and few signs stay; anything else becomes □, so that the name is no markup,
    formula, path or command wherever it appears. Middle parts of long names give way to ….

    Examples
    --------
    >>> shown_name("../../etc/成绩.xlsx"), shown_name("<b>.csv"), shown_name("")
    ('成绩.xlsx', '□b□.csv', '（无名文件）')
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2].strip()
    plain = "".join(c if _is_harmless(c) else _ODD for c in last)
    plain = " ".join(plain.split()).lstrip("- ")
    if not plain.strip("._ "):
        return _NO_NAME
    if len(plain) <= _LONGEST:
        return plain
    ending = ending_of(plain)
    return f"{plain[: _LONGEST - len(ending) - 1]}…{ending}"


def ending_of(name: str) -> str:
    """Return the ending of a known type of file in lower case, or nothing.

    The reader compares it with the content; the name itself goes no further.

    Examples
    --------
    >>> ending_of("成绩.XLSX"), ending_of("成绩.xlsx/../../x.sh"), ending_of("成绩")
    ('.xlsx', '', '')
    """
    return next((end for end in _ENDINGS if name.strip().lower().endswith(end)), "")


def name_remarks(name: str) -> list[Finding]:
    """Say that a file's name is shown in another form than its uploader gave it."""
    shown = shown_name(name)
    if shown == name:
        return []
    return [remark(
        "note", "upload_name",
        f"文件名含路径、特殊字符或过长，只显示为“{shown}”；文件以随机的名字保存，内容不受影响。",
        f"The file's name holds a path or odd characters, or is too long; it is shown as "
        f"{shown!r} only. The file is kept under a random name; its content is not affected.",
    )]  # fmt: skip


def _is_harmless(character: str) -> bool:
    return character in _SIGNS or unicodedata.category(character)[0] in _CLASSES
