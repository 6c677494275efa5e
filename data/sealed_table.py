"""Tables that name pupils, encrypted at rest: Parquet inside a Fernet token."""

import base64
import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.fernet import Fernet

from data.home import Home
from data.pseudonym import read_key


def seal_table(home: Home, table: pd.DataFrame) -> bytes:
    """Return a table as encrypted Parquet (Fernet: AES-128-CBC with HMAC-SHA256)."""
    content = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), content)
    return cipher(home).encrypt(content.getvalue())


def open_table(home: Home, token: bytes) -> pd.DataFrame:
    """Return the table of a token.

    Raises
    ------
    cryptography.fernet.InvalidToken
        When it was changed, or sealed with another key.
    """
    frame: pd.DataFrame = pq.read_table(io.BytesIO(cipher(home).decrypt(token))).to_pandas()
    return frame


def cipher(home: Home) -> Fernet:
    """Return the cipher of what names pupils."""
    return Fernet(base64.urlsafe_b64encode(read_key(home, "roster")))
