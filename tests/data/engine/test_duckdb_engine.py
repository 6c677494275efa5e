"""The default engine: shared by threads, shut in its folders, within its memory."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.errors import StorageError
from data.engine.duckdb_engine import DuckDBEngine
from data.engine.engine import Statistic
from tests.data.engine.small_exams import OF_A_PAIR, OF_ONE_EXAM, sorted_rows, write_exam

N_THREADS = 8
WIDE_JOIN = "SELECT a.x, b.x AS y, COUNT(*) AS n FROM t a CROSS JOIN t b GROUP BY a.x, b.x"
TOTALS = "SELECT COUNT(*) AS n, CAST(SUM(n) AS BIGINT) AS total FROM "


def numbers(path: Path, *, n: int) -> Path:
    pq.write_table(pa.table({"x": pa.array(np.arange(n), pa.int64())}), path)
    return path


def test_eight_threads_each_get_the_result_of_their_own_files(tmp_path: Path) -> None:
    engine = DuckDBEngine()
    exams = [
        write_exam(
            tmp_path / f"{k}.parquet", [(i, "a", "1班", (50 * k, 0)) for i in range(k + 1)]
        )
        for k in range(N_THREADS)
    ]

    def histogram_often(k: int) -> list[dict[str, object]]:
        histogram, tables = OF_ONE_EXAM["score_histogram"], {"scores": exams[k]}
        return [
            row
            for _ in range(5)
            for row in engine.run(histogram, tables).to_pylist()
            if row["position"] == 1
        ]

    with ThreadPoolExecutor(N_THREADS) as threads:
        found = list(threads.map(histogram_often, range(N_THREADS)))
    for k, counted in enumerate(found):
        row = {"position": 1, "school": "a", "score": 50 * k, "n": k + 1}
        assert counted == [row] * 5


@pytest.mark.parametrize("statistic", OF_A_PAIR.values(), ids=list(OF_A_PAIR))
def test_threads_and_a_small_memory_change_no_digit(
    statistic: Statistic, tmp_path: Path
) -> None:
    rng = np.random.default_rng(1)
    exams = {
        name: write_exam(
            tmp_path / f"{name}.parquet",
            [
                (i, "ab"[i % 2], f"{i % 3}班", (50 * int(rng.integers(9)), 50))
                for i in range(2000)
            ],
        )
        for name in ("current", "baseline")
    }
    small = DuckDBEngine(memory_mb=256, spill=tmp_path / "spill", folders=[tmp_path])
    assert sorted_rows(small.run(statistic, exams)).equals(
        sorted_rows(DuckDBEngine().run(statistic, exams))
    )


def test_only_files_of_its_folders_are_read_and_none_is_written(tmp_path: Path) -> None:
    for name in ("lake", "keys"):
        (tmp_path / name).mkdir()
        numbers(tmp_path / name / "t.parquet", n=3)
    engine = DuckDBEngine(folders=[tmp_path / "lake"])
    text = "SELECT COUNT(*) AS n FROM t"
    found = engine.run(text, {"t": tmp_path / "lake" / "t.parquet"})
    assert found["n"].to_pylist() == [3]
    for refused in (
        {"t": tmp_path / "keys" / "t.parquet"},
        {"t": tmp_path / "lake" / ".." / "keys" / "t.parquet"},
    ):
        with pytest.raises(duckdb.PermissionException):
            engine.run(text, refused)
    with pytest.raises(duckdb.PermissionException):
        engine.run("SELECT * FROM read_text('/etc/passwd')", {})
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        engine.run("SET enable_external_access = true", {})


def test_a_path_with_a_quote_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "o'clock 学校"
    folder.mkdir()
    path = numbers(folder / "t.parquet", n=2)
    engine = DuckDBEngine(folders=[folder])
    assert engine.run("SELECT x FROM t", {"t": path})["x"].to_pylist() == [0, 1]


def test_what_memory_cannot_hold_is_spilled_and_swept(tmp_path: Path) -> None:
    path = numbers(tmp_path / "t.parquet", n=1500)
    spill = tmp_path / "spill"
    engine = DuckDBEngine(memory_mb=64, spill=spill, folders=[tmp_path])
    found = engine.run(f"{TOTALS} ({WIDE_JOIN}) r", {"t": path})
    assert found.to_pylist() == [{"n": 1500**2, "total": 1500**2}]
    del engine
    assert not spill.exists() or not any(spill.iterdir())


def test_too_small_a_memory_says_which_setting_to_raise(tmp_path: Path) -> None:
    path = numbers(tmp_path / "t.parquet", n=200_000)
    engine = DuckDBEngine(memory_mb=1, spill=tmp_path / "spill", folders=[tmp_path])
    with pytest.raises(StorageError, match="ZHUNSHENG_ENGINE_MEMORY_MB") as caught:
        engine.run("SELECT x, COUNT(*) AS n FROM t GROUP BY x", {"t": path})
    assert "ZHUNSHENG_ENGINE_MEMORY_MB" in caught.value.message_zh


def test_a_disk_that_refuses_is_told_with_the_folder(tmp_path: Path) -> None:
    path = numbers(tmp_path / "t.parquet", n=3000)
    # Nothing can be spilled where a file stands in the place of the folder's parent.
    engine = DuckDBEngine(memory_mb=64, spill=path / "spill", folders=[tmp_path])
    with pytest.raises(StorageError, match="spill folder") as caught:
        engine.run(WIDE_JOIN, {"t": path})
    assert str(path / "spill") in caught.value.message_zh
    with pytest.raises(StorageError, match="stored file"):
        engine.run("SELECT x FROM t", {"t": tmp_path / "nowhere.parquet"})


def test_a_mask_of_cores_limits_the_threads() -> None:
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        engine = DuckDBEngine()
    finally:
        os.sched_setaffinity(0, allowed)
    found = engine.run("SELECT CAST(current_setting('threads') AS BIGINT) AS n", {})
    assert found["n"].to_pylist() == [1]
