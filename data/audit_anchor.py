"""The anchor of the audit trail: its newest digest, kept outside the database.

The file ``keys/audit.head`` is replaced after each commit. A crash between the two leaves an
older head, which is still a member of the chain; a trail whose end was cut off, or a database
that was set back to an older copy, does not hold the anchored digest any more.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from core.errors import DataError
from data.home import Home
from data.locks import file_lock
from data.storage_faults import told

FILE_NAME = "audit.head"
_LOCK = ".audit.lock"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The number and digest of an event; number 0 stands for the start of a chain."""

    id: int
    digest: str


START = Anchor(0, "")


def anchor_path(home: Home) -> Path:
    """Return where a store keeps its anchor."""
    return home.keys / FILE_NAME


def read_anchor(path: Path) -> Anchor | None:
    """Return the anchor in a file; None when there is no file.

    Raises
    ------
    DataError
        When it is no anchor.
    """
    if not path.exists():
        return None
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Anchor(int(values["id"]), str(values["digest"]))
    except (ValueError, KeyError, TypeError) as damage:
        raise DataError(
            f"The anchor {path.name} of the audit trail cannot be read. Restore it from the "
            "backup of keys/, or compare the trail with a copy: verify --anchor FILE.",
            f"审计链锚点文件 {path.name} 无法读取。请从 keys/ 的备份恢复，"
            "或用另存的副本核对：verify --anchor 文件。",
        ) from damage


def begin(home: Home) -> None:
    """Anchor the start of a chain, unless an anchor stands already."""
    with file_lock(home.keys / _LOCK):
        if not anchor_path(home).exists():
            _replace(home, START)


def advance(home: Home, anchor: Anchor) -> None:
    """Move the anchor forward; the later of two commits wins, whoever comes last."""
    with file_lock(home.keys / _LOCK):
        before = read_anchor(anchor_path(home))
        if before is not None and before.id < anchor.id:
            _replace(home, anchor)


def replace(home: Home, anchor: Anchor) -> None:
    """Set the anchor whatever stood there, after a person accepted another trail."""
    with file_lock(home.keys / _LOCK):
        _replace(home, anchor)


@told()
def _replace(home: Home, anchor: Anchor) -> None:
    # One name for the draft: what a crash leaves is overwritten by the next, under the lock.
    draft = home.keys / f".{FILE_NAME}.draft"
    try:
        draft.touch(mode=0o600)
        with draft.open("w", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(anchor)) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(anchor_path(home))
    finally:
        draft.unlink(missing_ok=True)
