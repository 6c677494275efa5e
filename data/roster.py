"""The roster: who stands behind a pseudonym; encrypted, in the bundle of its release."""

import base64
import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.fernet import Fernet

from data.home import Home
from data.pseudonym import read_key
from data.scope import Scope

FILE_NAME = "roster.encrypted"
COLUMNS = ["pupil", "pupil_number", "exam_number", "pupil_name"]
_MAY_OPEN = ("administrator", "clerk")


def seal_roster(home: Home, roster: pd.DataFrame) -> bytes:
    """Return the roster as encrypted Parquet (Fernet: AES-128-CBC with HMAC-SHA256)."""
    content = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(roster[COLUMNS], preserve_index=False), content)
    return _cipher(home).encrypt(content.getvalue())


def open_roster(scope: Scope, home: Home, bundle: str) -> pd.DataFrame:
    """Return the roster of a release.

    Raises
    ------
    PermissionError
        For roles that may not see who stands behind a pseudonym.
    """
    if scope.role not in _MAY_OPEN:
        raise PermissionError(f"The role {scope.role} may not open a roster.")
    token = (home.lake / bundle / FILE_NAME).read_bytes()
    frame: pd.DataFrame = pq.read_table(io.BytesIO(_cipher(home).decrypt(token))).to_pandas()
    return frame


def _cipher(home: Home) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(read_key(home, "roster")))
