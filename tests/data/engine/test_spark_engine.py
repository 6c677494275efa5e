"""Over Spark Connect the same statistics are the same tables, to the last digit."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import given, settings

from bench.engine.generate import N_SUBJECTS, write_exams
from bench.engine.sail_server import SailServer, free_port, sail_server
from core.errors import StorageError
from data.engine import statistics
from data.engine.duckdb_engine import DuckDBEngine
from data.engine.engine import Engine, Statistic
from data.engine.spark_engine import SparkConnectEngine
from data.engine.statistics import LinkedSubject
from tests.data.engine.small_exams import (
    OF_A_PAIR,
    OF_ONE_EXAM,
    Row,
    rows,
    sorted_rows,
    write_exam,
)

DUCKDB = DuckDBEngine()
HISTOGRAM = OF_ONE_EXAM["score_histogram"]
GONE = "ignore:.*RETRIES_EXCEEDED:UserWarning"


@pytest.fixture(scope="module")
def cluster(sail: SailServer) -> Iterator[SparkConnectEngine]:
    """Give an engine that sees every folder, as the server does."""
    engine = SparkConnectEngine(sail.url, root=Path("/"))
    yield engine
    engine.close()


def fingerprint(table: pa.Table) -> str:
    """Identify a table by its schema and all its bytes, rows in the order of all columns."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(sorted_rows(table))
    return hashlib.sha256(sink.getvalue()).hexdigest()


def assert_equal_results(
    statistic: Statistic, tables: dict[str, Path], *, cluster: Engine
) -> None:
    here, there = DUCKDB.run(statistic, tables), cluster.run(statistic, tables)
    assert there.schema.equals(here.schema, check_metadata=True)
    assert fingerprint(there) == fingerprint(here)


@settings(deadline=None, max_examples=5)
@given(rows, rows)
def test_small_exams_give_the_same_tables_on_both_engines(
    cluster: SparkConnectEngine, current: list[Row], baseline: list[Row]
) -> None:
    with TemporaryDirectory() as folder:
        now = write_exam(Path(folder) / "current.parquet", current)
        before = write_exam(Path(folder) / "baseline.parquet", baseline)
        for statistic in OF_ONE_EXAM.values():
            assert_equal_results(statistic, {"scores": now}, cluster=cluster)
        for statistic in OF_A_PAIR.values():
            assert_equal_results(
                statistic, {"current": now, "baseline": before}, cluster=cluster
            )


def test_exams_of_20000_pupils_give_the_same_tables_on_both_engines(
    cluster: SparkConnectEngine, tmp_path: Path
) -> None:
    write_exams(tmp_path, 20_000, row_group=5_000)
    positions = range(1, N_SUBJECTS + 1)
    own = [LinkedSubject(k, (k,)) for k in positions]
    lines = {k: {"excellent": 8500, "pass": 6000, "low": 4000} for k in positions}
    current = tmp_path / "current.parquet"
    pair = {"current": current, "baseline": tmp_path / "baseline.parquet"}
    of_one: list[Statistic] = [
        statistics.score_histogram(positions),
        statistics.state_count(positions),
        statistics.class_moments(lines),
    ]
    of_pair: list[Statistic] = [
        statistics.moments(own),
        statistics.joint_histogram(own),
        statistics.linked_class_moments(own),
    ]
    for statistic in of_one:
        assert_equal_results(statistic, {"scores": current}, cluster=cluster)
    for statistic in of_pair:
        assert_equal_results(statistic, pair, cluster=cluster)


def test_eight_threads_share_a_session_and_leave_no_view(
    cluster: SparkConnectEngine, tmp_path: Path
) -> None:
    exams = [
        write_exam(
            tmp_path / f"{k}.parquet", [(i, "a", "1班", (50 * k, None)) for i in range(3)]
        )
        for k in range(8)
    ]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda exam: cluster.run(HISTOGRAM, {"scores": exam}), exams))
    assert [table["score"].to_pylist() for table in found] == [[50 * k] for k in range(8)]
    assert cluster.run("SHOW VIEWS", {}).num_rows == 0


def test_the_cluster_reads_the_store_under_its_own_address(
    sail: SailServer, tmp_path: Path
) -> None:
    for folder in ("here", "there"):
        (tmp_path / folder / "lake").mkdir(parents=True)
    seen = write_exam(tmp_path / "there" / "lake" / "s.parquet", [(1, "a", None, (50, None))])
    engine = SparkConnectEngine(
        sail.url, root=tmp_path / "here", visible_root=f"file://{tmp_path / 'there'}/"
    )
    found = engine.run(HISTOGRAM, {"scores": tmp_path / "here" / "lake" / seen.name})
    engine.close()
    assert found.num_rows == 1


def test_a_file_that_the_cluster_does_not_see_is_told_and_the_next_run_works(
    cluster: SparkConnectEngine, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match="ZHUNSHENG_LAKE_URL") as caught:
        cluster.run(HISTOGRAM, {"scores": tmp_path / "nowhere.parquet"})
    assert "ZHUNSHENG_LAKE_URL" in caught.value.message_zh
    path = write_exam(tmp_path / "s.parquet", [(1, "a", None, (50, 100))])
    assert cluster.run(HISTOGRAM, {"scores": path}).num_rows == 2


@pytest.mark.filterwarnings(GONE)
def test_a_lost_server_is_told_without_its_token_and_found_again(tmp_path: Path) -> None:
    path = write_exam(tmp_path / "s.parquet", [(1, "a", None, (50, None))])
    port = free_port()
    engine = SparkConnectEngine(f"sc://127.0.0.1:{port}/;user_id=bureau-secret", root=tmp_path)
    with sail_server(port):
        assert engine.run(HISTOGRAM, {"scores": path}).num_rows == 1
    with pytest.raises(StorageError, match=f"sc://127.0.0.1:{port}") as caught:
        engine.run(HISTOGRAM, {"scores": path})
    assert "secret" not in str(caught.value)
    with sail_server(port):
        assert engine.run(HISTOGRAM, {"scores": path}).num_rows == 1
        engine.close()
