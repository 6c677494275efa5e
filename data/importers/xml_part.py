"""Streaming look at the XML parts of a workbook; any DTD refuses the file."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat  # DTDs stop the parser below, so no entity is ever expanded

from data.importers.container import DAMAGE, MIB, refuse_bomb, refuse_damaged
from data.importers.limits import Limits
from data.importers.remarks import refuse

OnStart = Callable[[str, dict[str, str]], None]
OnText = Callable[[str], None]
_CHUNK = 1 << 16
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "utf-16"}  # ECMA-376 part 2 allows no others
_MARKUP_START = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<", b"<\x00", b"\x00<")


@dataclass(slots=True)
class Budget:
    """Bytes that may still be unpacked; headers lie, so the stream is counted."""

    bytes_left: int

    @classmethod
    def of(cls, limits: Limits) -> "Budget":
        """Return the budget of a whole archive."""
        return cls(limits.max_unpacked_mb * MIB)


def scan_part(
    archive: zipfile.ZipFile,
    name: str,
    *,
    on_start: OnStart | None,
    budget: Budget,
    on_end: OnText | None = None,
    on_rest: OnText | None = None,
) -> None:
    """Parse one part; ``on_start`` gets each element's name and attributes.

    Parameters
    ----------
    on_end : callable, optional
        Gets each element's name at its end.
    on_rest : callable, optional
        Gets texts, references, comments and the like, as the part writes them.

    Raises
    ------
    RefusedError
        For a DTD, for malformed XML, for a part longer than its header says.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.EntityDeclHandler = _refuse_dtd
    parser.XmlDeclHandler = _check_encoding
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.DefaultHandler = on_rest
    lenient = name.lower().endswith(".vml")  # drawings of old are HTML-like and never read
    try:
        _feed(archive, name, parser=parser, budget=budget)
    except (expat.ExpatError, LookupError, ValueError):  # the last: an encoding it cannot read
        if not lenient:
            refuse_damaged()
    except DAMAGE:
        refuse_damaged()


def _feed(
    archive: zipfile.ZipFile, name: str, *, parser: expat.XMLParserType, budget: Budget
) -> None:
    declared = archive.getinfo(name).file_size
    length = 0
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            length += len(chunk)
            budget.bytes_left -= len(chunk)
            if length > declared or budget.bytes_left < 0:
                refuse_bomb("解压后比声明的大", "a part is larger than declared")
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_dtd(*_: object) -> NoReturn:
    refuse(
        "xml_entities",
        "文件内的 XML 含有 DTD 或实体定义，不安全，不能导入。请在 Excel 中另存为新的 .xlsx "
        "后上传。",
        "The XML in the file defines a DTD or entities, which is unsafe. Save it as a new "
        ".xlsx.",
    )


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    """Refuse encodings in which the reader of values might see other characters."""
    if encoding and encoding.lower() not in _ENCODINGS:
        refuse_damaged()


def is_markup(archive: zipfile.ZipFile, name: str) -> bool:
    """Say whether a part is XML, by its name or by its first bytes."""
    if name.lower().endswith((".xml", ".rels", ".vml")):
        return True
    try:
        with archive.open(name) as part:
            return part.read(64).lstrip().startswith(_MARKUP_START)
    except DAMAGE:
        refuse_damaged()


def local(name: str) -> str:
    """Return an element's name without its prefix."""
    return name.rpartition(":")[2]
