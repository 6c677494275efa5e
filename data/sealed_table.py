"""Tables that name pupils, encrypted at rest: Parquet inside a Fernet token."""

import base64
import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.fernet import Fernet, MultiFernet

from data.home import Home
from data.roster_keys import roster_keys


def seal_table(home: Home, table: pd.DataFrame) -> bytes:
    """Return a table as encrypted Parquet (Fernet: AES-128-CBC with HMAC-SHA256)."""
    content = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), content)
    return _cipher(home).encrypt(content.getvalue())


def open_table(home: Home, token: bytes) -> pd.DataFrame:
    """Return the table of a token.

    Raises
    ------
    cryptography.fernet.InvalidToken
        When it was changed, or sealed with another key.
    """
    frame: pd.DataFrame = pq.read_table(io.BytesIO(_cipher(home).decrypt(token))).to_pandas()
    return frame


def sealed_anew(home: Home, token: bytes) -> bytes:
    """Return a token with the same content, sealed with the present key."""
    return _cipher(home).rotate(token)


def _cipher(home: Home) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in roster_keys(home)])
