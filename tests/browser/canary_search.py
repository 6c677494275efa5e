"""Search of whatever a server sent for texts and single scores, however they are packed."""

import base64
import binascii
import gzip
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote
from xml.etree import ElementTree as ET

import numpy as np
import pyarrow as pa
from google.protobuf.message import DecodeError, Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.canary_county import Canaries

_PACKED = re.compile(rb"[A-Za-z0-9+/_-]{12,}={0,2}")
_DECIMAL = re.compile(rb"(?<![\d.])\d{2,3}\.\d{2,}(?!\d)")
_ARRAY = re.compile(
    rb'"(?:dtype":"(?P<a>\w\d)","bdata":"(?P<b>[^"]+)|bdata":"(?P<c>[^"]+)","dtype":"(?P<d>\w\d))"'
)
_ESCAPED = re.compile(rb"\\u00([2-7][0-9a-fA-F])")
_BACKSLASHES = re.compile(rb"\\+")
_NEAR = 1e-6


def marks_in(contents: Iterable[bytes], marks: Iterable[str]) -> set[str]:
    """Return the marks that stand in the contents, plain, escaped, encoded or packed."""
    parts = b"\n".join(part.lower() for content in contents for part in unpacked(content))
    # Text within text within text: its backslashes are doubled each time.
    text = _BACKSLASHES.sub(rb"\\", parts)
    return {mark for mark in marks if any(form in text for form in _forms(mark))}


def scores_in(contents: Sequence[bytes], canaries: Canaries) -> set[float]:
    """Return single scores and numbers of pupils that stand in the contents as a number."""
    parts = [part for content in contents for part in unpacked(content)]
    decimals = np.array([float(text) for part in parts for text in _DECIMAL.findall(part)])
    arrays = [numbers for part in parts for numbers in _arrays(part)]
    tables = [numbers for content in contents for numbers in _tables(content)]
    numbers = np.concatenate([decimals, *arrays, *tables])
    return _single(numbers, canaries) | _raw(bytes(8).join(parts), canaries)


def unpacked(content: bytes) -> Iterator[bytes]:
    """Return the content and all that is packed in it: archives, and text as base64.

    Of a drawing only the words count: its lines are full of decimals.
    """
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from unpacked(archive.read(name))
    elif content.startswith(b"\x1f\x8b"):
        yield from unpacked(gzip.decompress(content))
    elif content.lstrip().startswith(b"<svg"):
        yield " ".join(ET.fromstring(content).itertext()).encode()  # noqa: S314  own server's
    else:
        plain = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), content)
        yield plain
        for packed in _PACKED.findall(plain):
            yield from _decoded(packed)


def _decoded(packed: bytes) -> Iterator[bytes]:
    """Return what base64 holds; where the run begins may be lost, so all four starts count."""
    plain = packed.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    for start in range(4):
        whole = plain[start : start + (len(plain) - start) // 4 * 4]
        try:
            yield base64.b64decode(whole + _tail(plain, start, whole))
        except binascii.Error:
            continue


def _tail(plain: bytes, start: int, whole: bytes) -> bytes:
    rest = plain[start + len(whole) :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _forms(mark: str) -> Iterator[bytes]:
    """Return how a text may be written, in small letters."""
    codes = [ord(letter) for letter in mark]
    for form in (
        mark.encode(),
        mark.encode("utf-16-le"),
        mark.encode("utf-16-be"),
        "".join(f"\\u{code:04x}" for code in codes).encode(),
        quote(mark).encode(),
        "".join(f"&#{code};" for code in codes).encode(),
        "".join(f"&#x{code:x};" for code in codes).encode(),
    ):
        yield form.lower()


def _single(numbers: np.ndarray, canaries: Canaries) -> set[float]:
    """Return the numbers that are a score in points or hundredths, or a pupil's number."""
    numbers = numbers[np.isfinite(numbers)]
    hundredths = np.rint(numbers * 100)
    is_score = np.isin(hundredths, canaries.hundredths) & (
        np.abs(numbers * 100 - hundredths) < _NEAR * np.abs(hundredths)
    )
    is_other = np.isin(numbers, canaries.hundredths) | np.isin(numbers, canaries.numbers)
    return set(numbers[is_score | is_other].tolist())


def _raw(part: bytes, canaries: Canaries) -> set[float]:
    """Return doubles at any place; single floats only in pairs, else chance would make some."""
    points = np.sort(np.concatenate([canaries.hundredths / 100, canaries.numbers]))
    found: set[float] = set()
    for start in range(min(8, len(part))):
        doubles = np.frombuffer(part, "<f8", offset=start, count=(len(part) - start) // 8)
        found |= set(doubles[np.isin(doubles, points)].tolist())
    for start in range(min(4, len(part))):
        floats = np.frombuffer(part, "<f4", offset=start, count=(len(part) - start) // 4)
        is_score = np.isin(floats, points.astype(np.float32))
        found |= set(floats[1:][is_score[1:] & is_score[:-1]].tolist())
    return found


def _arrays(part: bytes) -> Iterator[np.ndarray]:
    """Return the numbers of a chart that are sent as bytes."""
    for match in _ARRAY.finditer(part):
        kind, packed = match["a"] or match["d"], match["b"] or match["c"]
        yield np.frombuffer(base64.b64decode(packed), f"<{kind.decode()}").astype(float)


def _tables(content: bytes) -> Iterator[np.ndarray]:
    """Return the numbers of every Arrow table of a message to the browser."""
    message = ForwardMsg()
    try:
        message.ParseFromString(content)
    except DecodeError:
        return
    for packed in _bytes_of(message):
        try:
            table = pa.ipc.open_stream(packed).read_all()
        except pa.ArrowInvalid:
            continue
        for column in table.columns:
            yield from _numbers(column)


def _bytes_of(message: Message) -> Iterator[bytes]:
    for _, value in message.ListFields():
        for part in value if _is_list(value) else (value,):
            if isinstance(part, Message):
                yield from _bytes_of(part)
            elif isinstance(part, bytes):
                yield part


def _is_list(value: object) -> bool:
    return not isinstance(value, (str, bytes, Message)) and hasattr(value, "__len__")


def _numbers(column: pa.ChunkedArray) -> Iterator[np.ndarray]:
    for chunk in column.chunks:
        inner = chunk
        while pa.types.is_list(inner.type) or pa.types.is_large_list(inner.type):
            inner = inner.flatten()
        if pa.types.is_integer(inner.type) or pa.types.is_floating(inner.type):
            yield inner.cast(pa.float64(), safe=False).drop_null().to_numpy()
