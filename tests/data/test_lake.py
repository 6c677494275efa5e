"""The lake: sealed bundles stay, unsealed and unknown ones go, one publisher at a time."""

import errno
import hashlib
import threading
from contextlib import suppress

import pyarrow as pa
import pytest

from core.errors import DataError, StorageError
from data import lake
from data.home import Home
from data.lake import StoredFile

TABLE = pa.table({"school": ["a", "b"], "n": [1, 2]})


def test_a_sealed_bundle_is_read_back_and_its_hash_is_that_of_the_file(home: Home) -> None:
    with lake.new_bundle(home) as bundle:
        stored = bundle.add_table("t.parquet", TABLE)
        bundle.seal(home)
    read = lake.read_table(home, stored.path, sha256=stored.sha256)
    assert read.to_dict("list") == TABLE.to_pydict()
    content = (home.lake / stored.path).read_bytes()
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.n_rows == 2


def test_a_bundle_that_fails_before_the_seal_leaves_nothing(home: Home) -> None:
    def fail_half_way() -> None:
        with lake.new_bundle(home) as bundle:
            bundle.add_table("t.parquet", TABLE)
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        fail_half_way()
    assert list(home.lake.iterdir()) == []
    assert list(home.staging.iterdir()) == []


def sealed(home: Home) -> StoredFile:
    """Seal a bundle with one table, as a publication that was completed."""
    with lake.new_bundle(home) as bundle:
        stored = bundle.add_table("t.parquet", TABLE)
        bundle.seal(home)
    return stored


def sealed_but_not_named(home: Home) -> str:
    """Seal a bundle and fail before the catalogue names it."""
    with suppress(RuntimeError), lake.new_bundle(home) as bundle:
        bundle.add_table("t.parquet", TABLE)
        bundle.seal(home)
        raise RuntimeError("the catalogue is gone")
    return bundle.name


def test_the_sweep_takes_a_bundle_that_was_sealed_and_never_named(home: Home) -> None:
    orphan = sealed_but_not_named(home)
    assert (home.lake / orphan).is_dir()
    assert lake.sweep(home, known=set()) == [orphan]
    assert list(home.lake.iterdir()) == list(home.staging.iterdir()) == []


def test_the_sweep_keeps_what_an_older_catalogue_does_not_know(home: Home) -> None:
    """After a restore the catalogue may be older than the lake, or empty."""
    stored = sealed(home)
    assert lake.sweep(home, known=set()) == []
    assert lake.read_table(home, stored.path, sha256=stored.sha256)["n"].sum() == 3


def test_the_sweep_leaves_files_that_are_not_its_own(home: Home) -> None:
    (home.lake / ".DS_Store").touch()
    (home.staging / "notes").mkdir()
    assert lake.sweep(home, known=set()) == []
    assert (home.lake / ".DS_Store").exists()
    assert (home.staging / "notes").exists()


def test_a_named_bundle_is_kept_although_its_marker_is_still_there(home: Home) -> None:
    name = sealed_but_not_named(home)
    assert lake.sweep(home, known={name}) == []
    assert (home.lake / name).is_dir()
    assert lake.sweep(home, known=set()) == []


def test_a_changed_or_missing_file_is_refused_before_it_is_read(home: Home) -> None:
    stored = sealed(home)
    file = home.lake / stored.path
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(DataError, match="was changed after it was published"):
        lake.read_table(home, stored.path, sha256=stored.sha256)
    file.unlink()
    with pytest.raises(DataError, match="is missing"):
        lake.read_table(home, stored.path, sha256=stored.sha256)


def test_a_second_publisher_waits_for_the_first(home: Home) -> None:
    order: list[str] = []
    inside = threading.Event()

    def first() -> None:
        with lake.publishing(home):
            inside.set()
            release.wait(5)
            order.append("first")

    release = threading.Event()
    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(5)
    threading.Timer(0.05, release.set).start()
    with lake.publishing(home):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_a_full_disk_is_told_before_anything_is_removed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = sealed(home)

    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("pathlib.Path.touch", full)
    with (
        pytest.raises(StorageError, match=r"full .ENOSPC.\. Nothing was changed"),
        lake.removing(home, [stored.path.split("/")[0]]),
    ):
        pytest.fail("the block must not be entered")
    assert (home.lake / stored.path).is_file()


def test_a_bundle_that_cannot_be_removed_now_is_left_to_the_sweep(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = sealed(home).path.split("/")[0]
    with monkeypatch.context() as stuck:
        stuck.setattr("shutil.rmtree", lambda *_arguments, **_options: None)
        with lake.removing(home, [name]):
            pass
    assert (home.lake / name).is_dir()
    assert lake.sweep(home, known=()) == [name]
    assert not (home.lake / name).exists()
    assert list(home.staging.iterdir()) == []
