"""Shared strings of a workbook where each is one run of text; rich text is left to others."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.importers.container import DAMAGE
from data.importers.grid import MAX_TEXT
from data.importers.plain_xml import Mask, NotPlainError, is_escaped, unescaped

_ITEM = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_TAGS = 4  # of each item; any other tag is not understood
# Readers disagree on spaces around a text that were not marked to be kept.
_TRIMMED = re.compile(r"<t>(?:[ \t\n\r]|[^<]*[ \t\n\r]</t>)")
_PART = "xl/sharedStrings.xml"


@dataclass(frozen=True, slots=True, eq=False)
class PlainStrings:
    """Strings that cells point to.

    Attributes
    ----------
    texts : sequence of str
    blank : ndarray of bool, shape (n_texts,)
        Those that show nothing.
    """

    texts: Sequence[str]
    blank: Mask


def read_plain_strings(archive: zipfile.ZipFile) -> PlainStrings | None:
    """Return a workbook's shared strings, or None where they are not of the plain form."""
    if _PART not in archive.namelist():
        return PlainStrings([], np.zeros(0, dtype=bool))
    try:
        return plain_strings(archive.read(_PART))
    except (NotPlainError, *DAMAGE):
        return None


def plain_strings(part: bytes) -> PlainStrings:
    """Return the strings of the part sharedStrings.

    Raises
    ------
    NotPlainError
        Where a string has runs, phonetic signs or unusual escapes.
    """
    try:
        xml = part.decode("utf-8")
    except UnicodeDecodeError:
        raise NotPlainError from None
    start, end = xml.find("<si>"), xml.rfind("</si>") + len("</si>")
    if start < 0 or "<!" in xml or xml[end:].strip() != "</sst>":
        raise NotPlainError
    texts = _ITEM.findall(xml, start, end)
    if xml.count("<", start, end) != _TAGS * len(texts) or _TRIMMED.search(xml, start, end):
        raise NotPlainError
    if is_escaped(xml):
        texts = [unescaped(text) for text in texts]
    if max(map(len, texts), default=0) > MAX_TEXT:
        texts = [text[:MAX_TEXT] for text in texts]
    return PlainStrings(texts, np.array([not text.strip() for text in texts], dtype=bool))
