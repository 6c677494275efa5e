"""Names of items: one code for 第21题(2), 21-2, 21.2 and 21②; and full marks in a header."""

import re
import unicodedata
from dataclasses import dataclass

from core.errors import DataError
from data.importers.full_mark import full_mark_hundredths

_CIRCLED = {ord("①") + i: f"({i + 1})" for i in range(20)}
_FULL_MARK = re.compile(r"\((?:满分|共|full|max)?:?([0-9]{1,3}(?:\.[0-9]{1,2})?)(?:分|points)\)"
                        r"|\((?:满分|full|max):?([0-9]{1,3}(?:\.[0-9]{1,2})?)\)")  # fmt: skip
_PART = r"(?:\(([0-9]{1,2}|[a-z]|[ivx]{2,4})\)|[-._]([0-9]{1,2}))"
_ITEM = re.compile(
    rf"(?:第|题号?|小题|item|no\.?|t|q)?([0-9]{{1,3}})(?:小?题)?((?:{_PART}(?:小?题|小?问)?)*)"
)
_PARTS = re.compile(_PART)
_RANGE = re.compile(r"([0-9]{1,3})[-~至到]([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class ItemHeader:
    """An item as a header names it; ``full_mark`` in hundredths where it is stated."""

    item: str
    full_mark: int | None = None


def item_header(text: str) -> ItemHeader | None:
    """Return the item that a header names; None where it names none, or several.

    Examples
    --------
    >>> item_header("第21题（2）(6分)"), item_header("1~10")
    (ItemHeader(item='21(2)', full_mark=600), None)
    >>> [item_header(text).item for text in ("21-2", "21.2", "21②", "T5")]
    ['21(2)', '21(2)', '21(2)', '5']
    """
    plain = "".join(unicodedata.normalize("NFKC", text.translate(_CIRCLED)).casefold().split())
    stated = _FULL_MARK.search(plain)
    bare = _FULL_MARK.sub("", plain).strip("*:,.#")
    span = _RANGE.fullmatch(bare)
    match = _ITEM.fullmatch(bare)
    if match is None or (span is not None and int(span[2]) > int(span[1])):
        return None
    parts = [bracketed or dotted for bracketed, dotted in _PARTS.findall(match[2])]
    item = str(int(match[1])) + "".join(f"({part})" for part in parts)
    return ItemHeader(item, _mark(stated[1] or stated[2]) if stated else None)


def _mark(text: str) -> int | None:
    try:
        return full_mark_hundredths(text)
    except DataError:
        return None
