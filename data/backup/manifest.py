"""What a backup says of itself, so that a restore can tell whether it is whole."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from core.errors import DataError
from data.home import Home
from data.pseudonym import KEY_NAMES, read_key

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """Contents of a backup.

    Attributes
    ----------
    format : int
        Version of the layout of the file.
    revision : str
        Schema of the catalogue.
    made_at : str
        UTC.
    rows : Mapping of str to int
        Rows by table.
    files : Mapping of str to str
        SHA-256 by name of every file but this one.
    keys : Mapping of str to str
        Fingerprints of the keys that belong to it; the keys themselves are not in it.
    anchor : Mapping
        Newest event of the audit trail: id and digest; empty when there was none.
    """

    format: int
    revision: str
    made_at: str
    rows: Mapping[str, int]
    files: Mapping[str, str]
    keys: Mapping[str, str]
    anchor: Mapping[str, int | str]

    def written(self) -> bytes:
        """Return the manifest as it stands in the backup."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest of a backup.

    Raises
    ------
    DataError
        When it is none, or of a newer format.
    """
    try:
        values = json.loads(content)
        manifest = Manifest(**values)
    except (ValueError, TypeError) as damage:
        raise DataError(
            "The backup has no readable manifest.json: it is damaged or none. Use another.",
            "备份中的 manifest.json 无法读取：文件已损坏或不是备份。请换用另一份备份。",
        ) from damage
    if manifest.format != FORMAT:
        raise DataError(
            f"The backup has format {manifest.format}, this program reads format {FORMAT}. "
            "Restore it with the program that made it.",
            f"备份的格式版本是 {manifest.format}，本程序只能读取版本 {FORMAT}。"
            "请用生成它的程序恢复。",
        )
    return manifest


def key_fingerprints(home: Home) -> dict[str, str]:
    """Return a fingerprint of each key, which tells nothing about the key."""
    return {
        name: hmac.new(read_key(home, name), b"fingerprint", hashlib.sha256).hexdigest()[:32]
        for name in KEY_NAMES
    }
