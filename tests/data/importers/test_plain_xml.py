"""Words of eight signs: numbers, equal slices, escapes, tags."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers.plain_strings import plain_strings
from data.importers.plain_xml import (
    NotPlainError,
    Piece,
    numbers_of,
    unescaped,
    word_of,
)


@given(st.lists(st.from_regex(r"[0-9]{1,8}", fullmatch=True), min_size=1))
def test_digits_are_read_as_numbers(texts: list[str]) -> None:
    words = np.array([word_of(text.encode()[:8]) for text in texts], dtype=np.uint64)
    length = np.array([len(text) for text in texts])
    assert numbers_of(words, length).tolist() == [int(text) for text in texts]


@given(st.binary(min_size=1, max_size=8))
def test_anything_but_digits_is_no_number(signs: bytes) -> None:
    words, length = np.array([word_of(signs)], dtype=np.uint64), np.array([len(signs)])
    if signs.isdigit():
        assert numbers_of(words, length).tolist() == [int(signs)]
    else:
        with pytest.raises(NotPlainError):
            numbers_of(words, length)


@pytest.mark.parametrize("length", [0, 9])
def test_no_digit_or_too_many_are_no_number(length: int) -> None:
    with pytest.raises(NotPlainError):
        numbers_of(np.array([word_of(b"12345678")]), np.array([length]))


@given(st.lists(st.binary(min_size=1, max_size=24), min_size=1, max_size=60))
def test_equal_slices_are_found_together(slices: list[bytes]) -> None:
    parts = [part.hex().encode()[:24] for part in slices]
    piece = Piece.of(b"".join(parts))
    length = np.array([len(part) for part in parts])
    start = np.cumsum(length) - length
    first, which = piece.distinct(start, length, width=24)
    assert sorted({parts[i] for i in first}) == sorted(set(parts))
    assert [parts[first[k]] for k in which] == parts


def test_many_different_slices_share_slots_and_stay_apart() -> None:
    parts = [f"{i:07d}".encode() for i in range(90_000)]
    piece = Piece.of(b"".join(parts))
    start = np.arange(len(parts)) * 7
    first, which = piece.distinct(start, np.full(len(parts), 7), width=8)
    assert first.size == len(parts)
    assert (first[which] == np.arange(len(parts))).all()


@pytest.mark.parametrize("sign", [b"\x00", b"\x0b", b"\x1f"])
def test_signs_that_no_xml_may_hold_are_not_plain(sign: bytes) -> None:
    with pytest.raises(NotPlainError):
        Piece.of(b"<v>" + sign + b"</v>")


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a&amp;lt;b", "a&lt;b"), ("&lt;&gt;&quot;&apos;", "<>\"'"), ("甲", "甲")],
)
def test_the_five_names_are_read(text: str, plain: str) -> None:
    assert unescaped(text) == plain


@pytest.mark.parametrize("text", ["&#65;", "&nbsp;", "a & b", "_x000D_", "a\rb"])
def test_other_escapes_are_not_plain(text: str) -> None:
    with pytest.raises(NotPlainError):
        unescaped(text)


def sst(*items: str) -> bytes:
    return ('<?xml version="1.0"?><sst count="1">' + "".join(items) + "</sst>").encode()


def test_strings_are_read_with_blanks_told() -> None:
    strings = plain_strings(
        sst(
            "<si><t>甲</t></si>", '<si><t xml:space="preserve"> a </t></si>', "<si><t></t></si>"
        )
    )
    assert (list(strings.texts), strings.blank.tolist()) == (
        ["甲", " a ", ""], [False, False, True],
    )  # fmt: skip


@pytest.mark.parametrize(
    "part",
    [
        sst("<si><r><t>甲</t></r></si>"),
        sst("<si><t>甲</t><rPh><t>x</t></rPh></si>"),
        sst("<si><t> 甲</t></si>"),
        sst("<si><t>甲\n</t></si>"),
        sst("<si><t/></si><si><t>甲</t></si>"),
        sst("<si><t>甲</t></si><extLst/>"),
        sst("<!-- x --><si><t>甲</t></si>"),
        sst(),
        b"<si><t>\xff</t></si></sst>",
    ],
)
def test_other_strings_are_left_to_careful_reading(part: bytes) -> None:
    with pytest.raises(NotPlainError):
        plain_strings(part)
