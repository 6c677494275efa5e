"""The lake: sealed bundles stay, unsealed and unknown ones go, one publisher at a time."""

import hashlib
import threading

import pyarrow as pa
import pytest

from data import lake
from data.home import Home

TABLE = pa.table({"school": ["a", "b"], "n": [1, 2]})


def test_a_sealed_bundle_is_read_back_and_its_hash_is_that_of_the_file(home: Home) -> None:
    with lake.new_bundle(home) as bundle:
        stored = bundle.add_table("t.parquet", TABLE)
        bundle.seal(home)
    assert lake.read_table(home, stored.path).to_dict("list") == TABLE.to_pydict()
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


def test_the_sweep_takes_what_the_catalogue_does_not_know(home: Home) -> None:
    for name in ("known", "orphan"):
        (home.lake / name).mkdir()
    (home.staging / "half").mkdir()
    assert lake.sweep(home, known={"known"}) == ["half", "orphan"]
    assert [folder.name for folder in home.lake.iterdir()] == ["known"]


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
