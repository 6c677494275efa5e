"""The roster of a release: who stands behind its pseudonyms, opened only for who may know.

Each release carries the encrypted roster of its own pupils in its bundle. The county's roster
stands in the catalogue (``data.pupils``, ``data.identities``).
"""

import hmac
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from data.home import Home
from data.pseudonym import pseudonyms, read_key
from data.scope import Scope
from data.sealed_table import SealedTable, open_table, seal_table

FILE_NAME = "roster.encrypted"
COLUMNS = ["pupil", "pupil_number", "exam_number", "pupil_name"]
_MAY_OPEN = ("administrator", "clerk")
_NOT_COMPARED = str.maketrans("", "", " ·-—.'’")

Hash = Callable[[Sequence[str]], "pd.Series[int]"]


def require_may_open(scope: Scope) -> None:
    """Refuse roles that may not see who stands behind a pseudonym.

    Raises
    ------
    PermissionError
    """
    if scope.role not in _MAY_OPEN:
        raise PermissionError(f"The role {scope.role} may not open a roster.")


def seal_roster(home: Home, roster: pd.DataFrame, *, bundle: str) -> SealedTable:
    """Return the roster of a release, encrypted for its bundle."""
    return seal_table(home, roster[COLUMNS], bundle=bundle)


def open_roster(scope: Scope, home: Home, bundle: str, *, digest: str | None) -> pd.DataFrame:
    """Return the roster of a release.

    Parameters
    ----------
    digest : str or None
        ``roster_digest`` of the release.

    Raises
    ------
    PermissionError
        For roles that may not see who stands behind a pseudonym.
    DataError
        When it is the roster of another release.
    """
    require_may_open(scope)
    token = (home.lake / bundle / FILE_NAME).read_bytes()
    return open_table(home, token, bundle=bundle, digest=digest)


def number_hashes(home: Home) -> Hash:
    """Return what makes pseudonyms of pupil and exam numbers."""
    return partial(pseudonyms, key=read_key(home, "pseudonym"))


def name_hashes(home: Home) -> Hash:
    """Return what makes keyed hashes of names; spaces, dots, width and case do not count."""
    key = hmac.digest(read_key(home, "pseudonym"), b"name", "sha256")
    return lambda names: pseudonyms([_compared(name) for name in names], key=key)


def _compared(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().translate(_NOT_COMPARED)
