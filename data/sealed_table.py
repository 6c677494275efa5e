"""Tables that name pupils, encrypted at rest: Parquet inside a Fernet token.

The bundle of a table stands inside the token, so that the file of another bundle does not pass
for it. A keyed digest of the content is kept with the bundle's record, which the audit trail
binds: a change of the key does not change it, and it tells nothing about the content.
"""

import base64
import hmac
import io
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.fernet import Fernet, MultiFernet

from core.errors import DataError
from data.home import Home
from data.pseudonym import read_key
from data.roster_keys import roster_keys

_BUNDLE = b"bundle"


@dataclass(frozen=True, slots=True)
class SealedTable:
    """An encrypted table and the keyed digest of its content."""

    token: bytes
    digest: str


def seal_table(home: Home, table: pd.DataFrame, *, bundle: str) -> SealedTable:
    """Return a table as encrypted Parquet (Fernet: AES-128-CBC with HMAC-SHA256)."""
    plain = pa.Table.from_pandas(table, preserve_index=False)
    named = {**(plain.schema.metadata or {}), _BUNDLE: bundle.encode()}
    stream = io.BytesIO()
    pq.write_table(plain.replace_schema_metadata(named), stream)
    content = stream.getvalue()
    return SealedTable(_cipher(home).encrypt(content), _digest(home, content))


def open_table(home: Home, token: bytes, *, bundle: str, digest: str | None) -> pd.DataFrame:
    """Return the table of a token.

    Parameters
    ----------
    bundle : str
        The bundle in which the token was found.
    digest : str or None
        Its content's; None for a table of an older program, which names no bundle either.

    Raises
    ------
    cryptography.fernet.InvalidToken
        When it was changed, or sealed with another key.
    DataError
        When it is whole, but another table than the one that belongs there.
    """
    content = _cipher(home).decrypt(token)
    table = pq.read_table(io.BytesIO(content))
    sealed_for = (table.schema.metadata or {}).get(_BUNDLE)
    is_older = digest is None and sealed_for is None
    if not is_older and (sealed_for != bundle.encode() or digest != _digest(home, content)):
        raise _another(bundle)
    frame: pd.DataFrame = table.to_pandas()
    return frame


def sealed_anew(home: Home, token: bytes) -> bytes:
    """Return a token with the same content, sealed with the present key."""
    return _cipher(home).rotate(token)


def _cipher(home: Home) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in roster_keys(home)])


def _digest(home: Home, content: bytes) -> str:
    key = hmac.digest(read_key(home, "pseudonym"), b"sealed table", "sha256")
    return hmac.digest(key, content, "sha256").hex()


def _another(bundle: str) -> DataError:
    return DataError(
        f"The encrypted table in lake/{bundle} is not the one that was written there: it "
        "belongs to another release or draft, or was exchanged. It is not used. Restore lake/ "
        "and the catalogue from one backup.",
        f"lake/{bundle} 中的加密表不是当初写入的那一份：它属于另一版本或草稿，或已被调换，"
        "不予使用。请用同一份备份恢复 lake/ 与目录库。",
    )
