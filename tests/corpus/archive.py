"""Zip archives written byte by byte, so that each header can lie."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

_DATE = 0x5C21  # 2026-01-01; a fixed day keeps the files the same
_STORED, _DEFLATED = 0, 8
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of an archive as its headers describe it.

    Attributes
    ----------
    size : int
        Unpacked size that the headers state.
    at : int or None
        Where the directory says that the part starts; None for the truth.
    """

    name: str
    packed: bytes
    size: int
    crc: int
    method: int = _DEFLATED
    at: int | None = None


def entry(name: str, data: bytes) -> Entry:
    """Return an honest part."""
    return Entry(name, _deflated(data), len(data), zlib.crc32(data))


def repeated(name: str, chunk: bytes, times: int, *, head: bytes, tail: bytes) -> Entry:
    """Return a part of one chunk many times over, packed without unpacking it anywhere.

    A full flush ends the chunk on a byte and forgets what came before, so its packed form may
    be repeated like the chunk itself.
    """
    packed = _flushed(head) + _flushed(chunk) * times + _deflated(tail)
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(chunk, crc)
    size = len(head) + len(chunk) * times + len(tail)
    return Entry(name, packed, size, zlib.crc32(tail, crc))


def archive(entries: Sequence[Entry]) -> bytes:
    """Return the archive of these parts."""
    body, directory = b"", b""
    for part in entries:
        start = len(body)
        name = part.name.encode()
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0x800, part.method, 0, _DATE, part.crc, len(part.packed),
            part.size, len(name), 0,
        )  # fmt: skip
        body += struct.pack("<I", 0x04034B50) + common + name + part.packed
        where = start if part.at is None else part.at
        directory += struct.pack("<IH", 0x02014B50, 20) + common
        directory += struct.pack("<HHHII", 0, 0, 0, 0, where) + name
    n = len(entries)
    end = struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, n, n, len(directory), len(body), 0
    )  # fmt: skip
    return body + directory + end


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def _flushed(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
