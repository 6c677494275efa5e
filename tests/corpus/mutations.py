"""Edits that turn a good workbook or text file into one that nobody wrote on purpose."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.corpus.workbook_xml import Parts

# What stands in an attribute or a text where something else is expected.
_ODD = (
    "", "0", "-1", "1", "7", "1.5", "00", " 3", "99999999999999999999", "1048577", "NaN",
    "1e309", "A0", "a1", "A1", "XFD1", "XFD1048577", "AAAA1", "Z99", "$A$1", "A1:B2", "n", "s",
    "str", "e", "b", "d", "inlineStr", "TRUE", "true", "hidden", "veryHidden", "r0", "r99",
    "../../x", "/xl/workbook.xml", "worksheets/sheet9.xml", "0%", "[$-804]yyyy", "85", "缺考",
    "#N/A", "&#0;", "&#x1F600;", "&amp;", "&nope;", "x" * 70_000, "é", "\u202e", "]]>", "<v>",
    "2026-06-01",
)  # fmt: skip
_ENCODINGS = ("utf-16", "utf-16-be", "gb18030", "latin-1", "utf-32", "utf-7", "x-nothing", "")
_ATTRIBUTE = re.compile(r'\s([\w:]+)="([^"]*)"')
_ELEMENT = re.compile(r"<(\w[\w:]*)\b[^>]*?(?:/>|>[^<]*</\1>)")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r">([^<]+)<")


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: of which part, at which of the places it may touch, with which value."""

    kind: str
    part: int
    place: int
    value: int


def _at(pattern: re.Pattern[str], text: str, edit: Edit) -> tuple[int, int]:
    """Return where a match stands, and nowhere where there is none."""
    found = [match.span() for match in pattern.finditer(text)]
    return found[edit.place % len(found)] if found else (0, 0)


def _replaced(pattern: re.Pattern[str], form: str) -> Callable[[str, Edit], str]:
    def change(text: str, edit: Edit) -> str:
        start, end = _at(pattern, text, edit)
        old = pattern.search(text, start)
        new = form.format(name=old[1] if old else "", odd=_ODD[edit.value % len(_ODD)])
        return text[:start] + new + text[end:] if end else text

    return change


def _deleted(pattern: re.Pattern[str]) -> Callable[[str, Edit], str]:
    def change(text: str, edit: Edit) -> str:
        start, end = _at(pattern, text, edit)
        return text[:start] + text[end:]

    return change


def _doubled(text: str, edit: Edit) -> str:
    start, end = _at(_ELEMENT, text, edit)
    return text[:end] + text[start:end] * (2 + edit.value % 3) + text[end:]


def _swapped(text: str, edit: Edit) -> str:
    start, end = _at(_ELEMENT, text, edit)
    after = _ELEMENT.search(text, end)
    if not after:
        return text
    between = text[end : after.start()]
    return text[:start] + after[0] + between + text[start:end] + text[after.end() :]


def _cut(text: str, edit: Edit) -> str:
    return text[: edit.place % (len(text) + 1)]


def _declared(text: str, edit: Edit) -> str:
    name = _ENCODINGS[edit.value % len(_ENCODINGS)]
    return text.replace('encoding="UTF-8"', f'encoding="{name}"', 1)


def _with_doctype(text: str, _: Edit) -> str:
    return text.replace("?>", "?><!DOCTYPE x>", 1)


def _with_comment(text: str, edit: Edit) -> str:
    _, end = _at(_TAG, text, edit)
    inserted = ("<!-- x -->", "<![CDATA[85]]>", "<?x y?>", "\0", "\x0b", "\ufeff", "<x:y/>")
    return text[:end] + inserted[edit.value % len(inserted)] + text[end:]


_TEXT_EDITS: dict[str, Callable[[str, Edit], str]] = {
    "attribute": _replaced(_ATTRIBUTE, ' {name}="{odd}"'),
    "attribute gone": _deleted(_ATTRIBUTE),
    "word": _replaced(_WORD, ">{odd}<"),
    "element gone": _deleted(_ELEMENT),
    "tag gone": _deleted(_TAG),
    "element doubled": _doubled,
    "elements swapped": _swapped,
    "cut": _cut,
    "declared encoding": _declared,
    "doctype": _with_doctype,
    "comment": _with_comment,
}
_PART_EDITS = ("part gone", "part moved", "part doubled", "part recoded")

EDITS = st.lists(
    st.builds(
        Edit,
        kind=st.sampled_from([*_TEXT_EDITS, "attribute", "word", *_PART_EDITS]),
        part=st.integers(0, 40),
        place=st.integers(0, 5000),
        value=st.integers(0, 1000),
    ),
    min_size=1,
    max_size=4,
)
FLIPS = st.lists(
    st.tuples(st.integers(0, 1 << 20), st.integers(1, 255)), min_size=1, max_size=8
)
CUTS = st.integers(0, 1 << 20)


def edited(parts: Parts, edits: list[Edit]) -> Parts:
    """Return the parts of a workbook after these edits."""
    changed = dict(parts)
    for edit in edits:
        if not changed:
            break
        name = sorted(changed)[edit.part % len(changed)]
        if edit.kind == "part gone":
            del changed[name]
        elif edit.kind == "part moved":
            changed[f"xl/{edit.value}.xml"] = changed.pop(name)
        elif edit.kind == "part doubled":
            changed[name.upper() if edit.value % 2 else f"{name}.xml"] = changed[name]
        elif edit.kind == "part recoded":
            codec = ("utf-16", "gb18030", "utf-8-sig", "utf-32")[edit.value % 4]
            changed[name] = _text(changed[name]).encode(codec, "replace")
        else:
            change = _TEXT_EDITS[edit.kind]
            changed[name] = change(_text(changed[name]), edit).encode("utf-8", "replace")
    return changed


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def flipped(data: bytes, flips: list[tuple[int, int]]) -> bytes:
    """Return the bytes with some of them changed."""
    changed = bytearray(data)
    for position, value in flips:
        changed[position % len(changed)] ^= value
    return bytes(changed)
