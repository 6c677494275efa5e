"""Pseudonyms: pupil numbers become keyed hashes; the key never enters the lake.

A pseudonym is the first 63 bits of HMAC-SHA256(key, number). With ten million pupils the chance
that any two share one is about 5 in a million; inside one release it is checked and refused.
"""

import hmac
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from core.errors import DataError, SettingsError
from data.home import Home

KEY_BYTES = 32
AUDIT_KEY = "audit"
PUPIL_KEYS = ("pseudonym", "roster")
KEY_NAMES = (*PUPIL_KEYS, AUDIT_KEY)


def make_keys(home: Home, names: Iterable[str] = KEY_NAMES) -> None:
    """Make the keys ``names`` of a store that has none yet; what stands is never replaced."""
    for name in names:
        if not _path(home, name).exists():
            _write_once(home, name, secrets.token_bytes(KEY_BYTES))


def read_key(home: Home, name: str) -> bytes:
    """Return the key ``name``.

    Raises
    ------
    SettingsError
        When it is missing or has not its length: another key would break every link.
    """
    path = _path(home, name)
    if not path.exists():
        raise SettingsError(
            f"The key file keys/{name}.key is missing. Restore it from the backup of keys/; "
            "another key fits nothing that is stored.",
            f"缺少密钥文件 keys/{name}.key。"
            "请从 keys/ 的备份恢复；换用其他密钥，将与库中已有内容不符。",
        )
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise SettingsError(
            f"The key file keys/{name}.key has {len(key)} bytes, {KEY_BYTES} are required. "
            "Restore it from the backup of keys/; another key fits nothing that is stored.",
            f"密钥文件 keys/{name}.key 有 {len(key)} 字节，应为 {KEY_BYTES} 字节。"
            "请从 keys/ 的备份恢复；换用其他密钥，将与库中已有内容不符。",
        )
    return key


def pseudonyms(numbers: Sequence[str], *, key: bytes) -> pd.Series:
    """Return one 63-bit integer per pupil number.

    Raises
    ------
    DataError
        When two different numbers would share a pseudonym.
    """
    hashes = (hmac.digest(key, number.encode(), "sha256")[:8] for number in numbers)
    values = np.frombuffer(b"".join(hashes), dtype=">u8").astype(np.uint64) >> np.uint64(1)
    result = pd.Series(values.astype(np.int64))
    shared = int(len(set(numbers)) - result.nunique())
    if shared:
        raise DataError(
            f"Pupil numbers that share a pseudonym: {shared}. Nothing was published. "
            "Make a new pseudonym key in an empty store and import again.",
            f"有 {shared} 个学籍号得到相同的假名，未发布任何内容。"
            "请在空库中更换假名密钥后重新导入。",
        )
    return result


def _path(home: Home, name: str) -> Path:
    return home.keys / f"{name}.key"


def _write_once(home: Home, name: str, key: bytes) -> None:
    """Write the key unless another process was first; a half-written key cannot be seen."""
    draft = home.keys / f".{name}.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    draft.write_bytes(key)
    try:
        _path(home, name).hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
