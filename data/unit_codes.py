"""Codes in place of names of units: stable in a store, not to be undone without its key.

The code is made from the unit's own code by a keyed hash, so that a school has the same one in
every figure and every meeting, and a list of the county's schools does not give it away.
"""

import base64
import hmac
from collections.abc import Iterable

from data.home import Home
from data.pseudonym import read_key

_PURPOSE = b"codes in place of names of units"
_LETTERS = 4
_ALPHABET = bytes.maketrans(b"IO", b"89")  # so that no code has a letter that looks like 1 or 0
_PREFIXES = {"township": "T", "centre_school": "Z", "school": "S", "class": "K"}


def codes_in_place_of_names(home: Home, units: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the code that stands for each unit, by the unit's own code.

    Parameters
    ----------
    units : iterable of (code, level)

    Examples
    --------
    A school becomes something like ``S-7K2Q``. Two units that would share four letters both
    have as many as tell them apart.
    """
    key = hmac.digest(read_key(home, "pseudonym"), _PURPOSE, "sha256")
    hashes = {
        code: (_PREFIXES.get(level, "U"), _letters(hmac.digest(key, code.encode(), "sha256")))
        for code, level in units
    }
    length = _LETTERS
    while len({(p, text[:length]) for p, text in hashes.values()}) < len(hashes):
        length += 1
    return {code: f"{prefix}-{text[:length]}" for code, (prefix, text) in hashes.items()}


def _letters(digest: bytes) -> str:
    return base64.b32encode(digest).rstrip(b"=").translate(_ALPHABET).decode()
