"""The engine's benchmark measures what it says, on a cohort small enough for a test."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from bench.bench_engine import Options, run
from bench.engine.generate import schema, write_exams
from bench.engine.measure import identity
from bench.engine.tasks import TASKS
from data.engine.duckdb_engine import DuckDBEngine

N_PUPILS = 1_000


def test_the_invented_exams_are_files_of_a_release_sorted_by_school(tmp_path: Path) -> None:
    write_exams(tmp_path, N_PUPILS, row_group=300)
    for name in ("baseline", "current"):
        table = pq.read_table(tmp_path / f"{name}.parquet")
        assert table.schema.equals(schema())
        place = [("school", "ascending"), ("class_name", "ascending")]
        assert table["school"].to_pylist() == sorted(table["school"].to_pylist())
        assert len(set(table["pupil"].to_pylist())) == table.num_rows
        assert table.group_by([name for name, _ in place]).aggregate([]).num_rows > 20
        assert pq.read_metadata(tmp_path / f"{name}.parquet").num_row_groups == 4


def test_the_size_of_a_school_can_be_chosen(tmp_path: Path) -> None:
    write_exams(tmp_path, N_PUPILS, pupils_per_school=10)
    schools = pq.read_table(tmp_path / "current.parquet", columns=["school"])["school"]
    assert N_PUPILS / 15 < len(schools.unique()) <= N_PUPILS / 10


def test_every_statistic_is_measured_and_identified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Options(
        pupils=[N_PUPILS],
        engines=["duckdb"],
        tasks=["moments", "joint_histogram"],
        rounds=2,
        check=True,
        kill=False,
        memory_mb=None,
        spark_home=None,
    )
    run(options, tmp_path)
    printed = capsys.readouterr().out
    for name in options.tasks:
        task = TASKS[name]
        table = task.run(DuckDBEngine(), options.exams(tmp_path, N_PUPILS))
        expected = identity(table, task.key)
        assert f"| {N_PUPILS:,} | {name} | duckdb | {table.num_rows:,} |" in printed
        assert f"equal: {N_PUPILS} {name} {expected}" in printed
