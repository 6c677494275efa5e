"""A full disk, and one that can only be read: clear words, nothing partial, reading goes on.

Each test mounts a small disk of its own in memory, which only root may; under continuous
integration as root that is no reason to skip.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from core.errors import StorageError
from data.catalogue import find_exam, list_exams, read_statistic
from data.free_space import room_of
from data.home import HOME_VARIABLE, Home
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store, open_store_at
from pipeline.__main__ import FAILED, main
from pipeline.import_scores import import_scores
from pipeline.kept_statistics import StatisticKey, kept_statistic
from pipeline.publish import publish
from tests.builders import make_submission
from tests.faults.exam_files import request_for, write_exam
from tests.faults.wholeness import contents_of, faults_of, published

DISK_MB = 24
STEP, MOST_STEPS = 8 << 10, 100


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder that is a disk of its own, of a few megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)]
    done = subprocess.run(mount, check=False, capture_output=True, text=True)
    if done.returncode:
        if os.environ.get("CI") == "true" and os.geteuid() == 0:
            pytest.fail(f"root may not mount a disk: {done.stderr}")
        pytest.skip(f"Mounting a disk is not permitted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def store_on_disk(disk: Path) -> Iterator[Store]:
    """Give a store with one exam on a disk of its own."""
    store = open_store_at(Home(disk / "store"))
    publish(store, make_submission("入学", day=date(2023, 9, 4), grade=7), actor="test")
    yield store
    store.close()


@contextmanager
def filled(disk: Path, *, but: int = 0) -> Iterator[None]:
    """Fill the disk but for some bytes; free it again afterwards."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        with suppress(OSError):
            while stream.write(bytes(16 << 10)):
                pass
        stream.truncate(max(stream.tell() - but, 0))
    yield
    ballast.unlink()


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    yield
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


def publish_later(store: Store) -> int:
    return publish(store, make_submission("期末", seed=2), actor="test").number


def check_reading(store: Store) -> None:
    """Read the listing and a statistic as pages do."""
    assert [exam.name for exam in list_exams(LEADERSHIP, store)] == ["入学"]
    exam = find_exam(LEADERSHIP, store, "入学")
    found = read_statistic(OPERATOR, store, exam.release_id, "score_histogram")
    assert found is not None
    assert found["n"].sum() == 3 * 36


def test_a_disk_that_fills_up_at_any_byte_leaves_the_store_as_it_was(
    disk: Path, store_on_disk: Store
) -> None:
    before = contents_of(store_on_disk)
    refused = []
    for step in range(MOST_STEPS):
        store_on_disk.close()  # so that the catalogue's log has to grow anew
        with filled(disk, but=step * STEP):
            try:
                publish_later(store_on_disk)
                break
            except StorageError as error:
                refused.append(f"{error.message} {error.message_zh}")
            check_reading(store_on_disk)
        assert contents_of(open_store_at(store_on_disk.home)) == before
    assert all("is full" in words and "已满" in words for words in refused)
    assert {"ENOSPC", "SQLITE_FULL"} <= {
        code for w in refused for code in re.findall(r"[A-Z_]{4,}", w)
    }
    assert published(store_on_disk) == {"入学": [1], "期末": [1]}
    assert faults_of(open_store_at(store_on_disk.home)) == []


def test_a_store_on_a_full_disk_opens_and_is_read(disk: Path, store_on_disk: Store) -> None:
    store_on_disk.close()
    with filled(disk):
        store = open_store_at(store_on_disk.home)
        assert room_of(store.home).condition == "full"
        check_reading(store)
        with pytest.raises(StorageError, match="is full"):
            publish_later(store)
        store.close()
    assert publish_later(store_on_disk) == 1
    assert faults_of(open_store_at(store_on_disk.home)) == []


def test_a_store_on_a_read_only_disk_opens_and_is_read(
    disk: Path, store_on_disk: Store
) -> None:
    before = contents_of(store_on_disk)
    store_on_disk.close()
    with read_only(disk):
        store = open_store_at(store_on_disk.home)
        assert room_of(store.home).condition == "read_only"
        check_reading(store)
        with pytest.raises(StorageError, match="can only be read"):
            publish_later(store)
        assert contents_of(store) == before
        store.close()
    assert publish_later(store_on_disk) == 1


def test_what_a_crash_left_waits_on_a_read_only_disk_until_it_can_be_swept(
    disk: Path, store_on_disk: Store
) -> None:
    left = store_on_disk.home.staging / ("ab" * 16)
    left.mkdir()
    store_on_disk.close()
    with read_only(disk):
        store = open_store_at(store_on_disk.home)
        check_reading(store)
        store.close()
    assert left.exists()
    open_store_at(store_on_disk.home).close()
    assert not left.exists()


@pytest.mark.parametrize("fault", ["full", "read only"])
def test_a_figure_that_was_not_kept_before_is_made_without_keeping_it(
    disk: Path, store_on_disk: Store, fault: str
) -> None:
    exam = find_exam(LEADERSHIP, store_on_disk, "入学")
    key = StatisticKey("asked_late", exam)
    store_on_disk.close()
    with filled(disk) if fault == "full" else read_only(disk):
        store = open_store_at(store_on_disk.home)
        made = kept_statistic(OPERATOR, store, key, lambda: {key.kind: pa.table({"n": [7]})})
        assert made is not None
        assert list(made["n"]) == [7]
        store.close()


def test_an_import_that_does_not_fit_is_refused_with_both_numbers_before_it_starts(
    disk: Path, store_on_disk: Store, tmp_path: Path
) -> None:
    request = request_for(write_exam(tmp_path / "exam.csv", seed=1), exam="期末")
    before = contents_of(store_on_disk)
    with filled(disk, but=4 << 20), pytest.raises(StorageError, match=r"4\.\d MB free; .* 16"):
        import_scores(store_on_disk, request, is_dry_run=False, actor="test")
    assert contents_of(store_on_disk) == before


def test_a_file_can_be_checked_on_a_disk_that_takes_nothing(
    disk: Path, store_on_disk: Store, tmp_path: Path
) -> None:
    request = request_for(write_exam(tmp_path / "exam.csv", seed=1), exam="期末")
    store_on_disk.close()
    with read_only(disk):
        store = open_store_at(store_on_disk.home)
        report = import_scores(store, request, is_dry_run=True, actor="test")
        assert "absent" in {finding.check for finding in report.findings} or report.n_rows
        store.close()


def test_the_command_line_tells_a_full_disk_by_its_exit_code(
    disk: Path,
    store_on_disk: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(store_on_disk.home.root))
    path = write_exam(tmp_path / "exam.csv", seed=1)
    words = ["--exam", "期末", "--date", "2026-06-28", "--grade", "9"]
    with filled(disk):
        assert main(["import", str(path), *words]) == FAILED
    assert "磁盘" in capsys.readouterr().err
