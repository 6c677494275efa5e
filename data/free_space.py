"""Room on the store's disk: asked for before an import starts, and shown where it is missing.

An import needs its files in the lake, their rows in the catalogue and the catalogue's log. It
is refused before it starts where they would not fit: a disk that fills up half-way leaves the
store whole, but also leaves nobody else any room.
"""

import os
import shutil
from dataclasses import dataclass
from typing import Literal

from core.errors import StorageError
from data.home import Home

MIB = 1 << 20
RESERVED = 16 * MIB
"""Room for the catalogue's log and its growth by 20,000 pupils, bytes."""

TIMES_FILE = 3
"""What an import adds to lake and catalogue, in sizes of the imported file."""

Condition = Literal["writable", "full", "read_only"]


@dataclass(frozen=True, slots=True)
class Room:
    """Whether the store's folders can be written, and how much fits into them.

    Attributes
    ----------
    free : int
        Bytes that this program may still use on the disk of the store.
    """

    condition: Condition
    free: int


def room_of(home: Home) -> Room:
    """Return the room of a store that has been opened before.

    Raises
    ------
    OSError
        When the disk does not answer.
    """
    free = shutil.disk_usage(home.root).free
    places = [home.root, home.lake, home.staging]
    if home.database_url is None:
        places.append(home.database)
    if not all(os.access(place, os.W_OK) for place in places):
        return Room("read_only", free)
    return Room("writable" if free >= RESERVED else "full", free)


def require_space(home: Home, *, file_bytes: int) -> None:
    """Refuse an import that the disk of the store has no room for.

    Parameters
    ----------
    file_bytes : int
        Size of the file to be imported.

    Raises
    ------
    StorageError
        With the room that was found and the room that is required.
    """
    found = shutil.disk_usage(home.root).free
    required = RESERVED + TIMES_FILE * file_bytes
    if found >= required:
        return
    raise StorageError(
        f"The disk of the store has {found / MIB:.1f} MB free; importing this file needs "
        f"{required / MIB:.1f} MB. Nothing was changed, and what is published can still be "
        "read. Free space on it and import the file again.",
        f"库所在的磁盘剩余 {found / MIB:.1f} MB，导入该文件需要 {required / MIB:.1f} MB。"
        "未作任何改动，已发布的内容仍可查看。请腾出空间后重新导入。",
    )
