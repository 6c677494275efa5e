"""The key under which pupils are named, and its change.

The key lies in ``keys/roster.key``. While a new one takes its place, the old one stays beside
it (``keys/roster.old.key``) until nothing is sealed with it any more; whatever opens, opens
with both, whatever seals, seals with the new. A change cut short is taken up again.
"""

import os
import secrets
from pathlib import Path

from data.home import Home
from data.lake import flush_folder
from data.pseudonym import KEY_BYTES, read_key
from data.storage_faults import told

_NAME = "roster"


def roster_keys(home: Home) -> list[bytes]:
    """Return the key that seals, and after it the old one while it is being replaced."""
    old = _old(home)
    return [read_key(home, _NAME), *([old.read_bytes()] if old.exists() else [])]


def is_changing(home: Home) -> bool:
    """Whether a change of the key was begun and not ended."""
    return _old(home).exists()


@told()
def begin_change(home: Home) -> None:
    """Put a new key in place and keep the old one beside it; nothing if that was done before.

    Call it inside a writing transaction and under the publication lock: nobody may be sealing.
    """
    if is_changing(home):
        return
    draft = home.keys / f".{_NAME}.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    with draft.open("wb") as stream:
        stream.write(secrets.token_bytes(KEY_BYTES))
        stream.flush()
        os.fsync(stream.fileno())
    current = home.keys / f"{_NAME}.key"
    _old(home).hardlink_to(current)
    flush_folder(home.keys)
    draft.replace(current)
    flush_folder(home.keys)


@told()
def end_change(home: Home) -> None:
    """Forget the old key; call it when nothing is sealed with it any more."""
    _old(home).unlink()
    flush_folder(home.keys)


def _old(home: Home) -> Path:
    return home.keys / f"{_NAME}.old.key"
