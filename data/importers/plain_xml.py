"""XML of the usual plain form as arrays: where tags begin, what stands at a place, texts.

For large parts only, in the child process. Eight signs are compared at once, as one number
of 64 bits, first sign lowest. Whoever uses this takes nothing for granted: what is not of the
plain form raises ``NotPlainError``, and the careful reader takes over.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

WORD = 8  # signs
MARGIN = 64  # zero bytes after the text, so that a look ahead stays inside the array
# The lowest n signs of a word, by n from 0 to 8.
FIRST = np.array([(1 << 8 * n) - 1 for n in range(WORD + 1)], dtype=np.uint64)
_LESS, _SPACE = b"< "
_LINE_SIGNS = np.frombuffer(b"\t\n\r", dtype=np.uint8)
_SLOT_BITS = 16
_MIX = np.uint64(0x9E3779B97F4A7C15)  # golden ratio: spreads the bits of a hash
_ESCAPED = re.compile(r"&|_x[0-9A-Fa-f]{4}_|\r")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ODD_REFERENCE = re.compile(rb"&(?!(?:lt|gt|quot|apos|amp);)")
_ENTITY = re.compile("|".join(_ENTITIES))


class NotPlainError(Exception):
    """The part is not of the plain form; that says nothing about whether it is valid."""


def word_of(signs: bytes) -> np.uint64:
    """Return at most eight signs as a word."""
    return np.uint64(int.from_bytes(signs, "little"))


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A piece of XML.

    Attributes
    ----------
    raw : bytes
    text : ndarray of uint8
        The piece with ``MARGIN`` zero bytes after it.
    tags : ndarray of int64, shape (n_tags + 1,)
        Place after each <; one more at the end of the piece.
    """

    raw: bytes
    text: Bytes
    tags: Places

    @classmethod
    def of(cls, raw: bytes) -> "Piece":
        """Return a piece with its tags.

        Raises
        ------
        NotPlainError
            When it holds a sign or a reference that no XML may hold.
        """
        if b"&" in raw and _ODD_REFERENCE.search(raw):
            raise NotPlainError
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            raise NotPlainError from None
        text = np.frombuffer(raw + bytes(MARGIN), dtype=np.uint8)
        if not np.isin(text[: len(raw)][text[: len(raw)] < _SPACE], _LINE_SIGNS).all():
            raise NotPlainError
        tags = np.flatnonzero(text == _LESS) + 1
        return cls(raw, text, np.append(tags, len(raw) + 1))

    def words(self, at: Places) -> Words:
        """Return the eight signs from each place on."""
        shape = (self.text.size - WORD + 1,)
        every = np.ndarray(shape, dtype="<u8", buffer=self.text.data, strides=(1,))
        return np.asarray(every[at])

    def slices(self, start: Places, length: Places) -> list[bytes]:
        """Return slices, one by one."""
        ends = (start + length).tolist()
        return [self.raw[i:j] for i, j in zip(start.tolist(), ends, strict=True)]

    def distinct(self, start: Places, length: Places, *, width: int) -> tuple[Places, Places]:
        """Return where each different slice is first found, and which of these each is.

        Parameters
        ----------
        start, length : ndarray of int64, shape (n_slices,)
        width : int
            Greatest length, a multiple of 8.

        Raises
        ------
        NotPlainError
            In the rare case that two different slices have the same hash.
        """
        parts = [
            self.words(start + offset) & FIRST[np.clip(length - offset, 0, WORD)]
            for offset in range(0, width, WORD)
        ]
        key = parts[0]
        for part in parts[1:]:
            key = key * _MIX ^ (key >> np.uint64(29)) ^ part
        first, which = _distinct(key)
        if len(parts) > 1 and any((part[first][which] != part).any() for part in parts):
            raise NotPlainError
        return first, which


def _distinct(key: Words) -> tuple[Places, Places]:
    """Return where each different key is found, and which of these each is.

    As ``numpy.unique`` without its sorting: a key leads to a slot, the last one there stands
    for all equal ones, and the few others that share a slot are sorted.
    """
    slot = (key * _MIX >> np.uint64(64 - _SLOT_BITS)).astype(np.intp)
    holder = np.empty(1 << _SLOT_BITS, dtype=np.intp)
    holder[slot] = np.arange(key.size)
    stands_for = holder[slot]
    others = np.flatnonzero(key[stands_for] != key)
    if others.size:
        _, first, which = np.unique(key[others], return_index=True, return_inverse=True)
        stands_for[others] = others[first][which]
    first = np.flatnonzero(stands_for == np.arange(key.size))
    number = np.empty(key.size, dtype=np.intp)
    number[first] = np.arange(first.size)
    return first, number[stands_for]


def numbers_of(words: Words, length: Places) -> Places:
    """Return the numbers that the first signs of words write, at most eight digits each.

    The digits are joined in pairs, the pairs in pairs, and so on.

    Raises
    ------
    NotPlainError
        When a sign is no digit or there are none or too many.

    Examples
    --------
    >>> numbers_of(np.array([word_of(b"120<")]), np.array([3])).tolist()
    [120]
    """
    if ((length < 1) | (length > WORD)).any():
        raise NotPlainError
    signs = (words ^ np.uint64(0x3030303030303030)) & FIRST[length]
    if ((signs + np.uint64(0x7676767676767676) | signs) & np.uint64(0x8080808080808080)).any():
        raise NotPlainError
    digits = signs << (8 * (WORD - length)).astype(np.uint64)
    pairs = digits * np.uint64(2561) >> np.uint64(8) & np.uint64(0x00FF00FF00FF00FF)
    fours = pairs * np.uint64(6553601) >> np.uint64(16) & np.uint64(0x0000FFFF0000FFFF)
    return (fours * np.uint64(42949672960001) >> np.uint64(32)).astype(np.int64)


def is_escaped(text: str) -> bool:
    """Say whether a text holds XML's own signs, or other escapes."""
    return _ESCAPED.search(text) is not None


def unescaped(text: str) -> str:
    """Return a text without XML's own signs.

    Raises
    ------
    NotPlainError
        Where it has other escapes than the five names of XML.
    """
    if not is_escaped(text):
        return text
    if is_escaped(_ENTITY.sub("", text)):
        raise NotPlainError
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], text)
