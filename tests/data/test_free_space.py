"""Room on the disk: an import that would not fit is refused with both numbers."""

import shutil

import pytest

from core.errors import StorageError
from data.free_space import MIB, RESERVED, TIMES_FILE, require_space, room_of
from data.home import Home
from data.store import Store


def set_free(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """Let the disk have so many bytes free."""
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr("data.free_space.shutil.disk_usage", lambda _path: usage)


def test_an_import_that_fits_to_the_byte_is_let_through(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_free(monkeypatch, RESERVED + TIMES_FILE * 5 * MIB)
    require_space(home, file_bytes=5 * MIB)


def test_an_import_a_byte_too_large_is_refused_with_found_and_required(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_free(monkeypatch, RESERVED + TIMES_FILE * 5 * MIB - 1)
    with pytest.raises(StorageError, match=r"31\.0 MB free; .* needs 31\.0 MB") as refused:
        require_space(home, file_bytes=5 * MIB)
    assert "剩余 31.0 MB，导入该文件需要 31.0 MB" in refused.value.message_zh


@pytest.mark.parametrize(
    ("free", "condition"), [(RESERVED, "writable"), (RESERVED - 1, "full")]
)
def test_a_store_is_full_when_no_import_fits(
    store: Store, monkeypatch: pytest.MonkeyPatch, free: int, condition: str
) -> None:
    set_free(monkeypatch, free)
    assert (room_of(store.home).condition, room_of(store.home).free) == (condition, free)


@pytest.mark.parametrize("place", ["lake", "staging", "database"])
def test_a_store_with_one_place_that_cannot_be_written_is_read_only(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    closed = getattr(sqlite_store.home, place)
    monkeypatch.setattr("data.free_space.os.access", lambda path, _mode: path != closed)
    assert room_of(sqlite_store.home).condition == "read_only"
