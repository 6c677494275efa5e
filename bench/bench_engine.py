"""The statistics of two exams of 9 subjects on each engine, beside decoding their columns.

    python -m bench.bench_engine [--pupils 100000 1000000] [--engine duckdb|sail|spark|all]
        [--pupils-per-school N] [--check] [--kill-executor] [--spark-home VENV]
        [--memory-mb N] [--folder F]

Printed are wall and processor seconds (best of the rounds), marks per second, peak memory and
the ratio to decoding exactly the needed columns with pyarrow on two threads in the same run.
DuckDB and the decoding each run in a fresh process; of a server its own processes are counted.

``--check`` compares the SHA-256 of the sorted results across engines. ``--kill-executor`` ends
one executor of the Spark cluster in the middle of a query and compares the result. A cluster
needs ``--spark-home``, see ``bench/engine/spark_cluster.py``.
"""

import argparse
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from bench.engine.generate import N_SUBJECTS, PUPILS_PER_SCHOOL, write_exams
from bench.engine.measure import Cost, Job, identity, measure_in_child, measure_server
from bench.engine.sail_server import sail_server
from bench.engine.spark_cluster import Cluster, spark_cluster
from bench.engine.tasks import TASKS, Task
from data.engine.duckdb_engine import DuckDBEngine
from data.engine.spark_engine import SparkConnectEngine

Measure = Callable[[Task, Path], Cost]
COLUMNS = (
    "pupils", "statistic", "engine", "rows out", "wall s", "CPU s", "marks/s", "peak MiB",
    "ratio wall", "ratio CPU",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured and how."""

    pupils: Sequence[int]
    engines: Sequence[str]
    tasks: Sequence[str]
    rounds: int
    check: bool
    kill: bool
    memory_mb: int | None
    spark_home: Path | None
    pupils_per_school: int = PUPILS_PER_SCHOOL

    def exams(self, folder: Path, n: int) -> Path:
        """Return where the exams of so many pupils lie."""
        return folder / f"{n}-{self.pupils_per_school}"


def main() -> None:
    # A bench that is ended must end its servers.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    given = _parser().parse_args()
    engines = ["duckdb", "sail", "spark"] if given.engine == "all" else [given.engine]
    options = Options(
        given.pupils, engines, given.tasks or list(TASKS), given.rounds, given.check,
        given.kill_executor, given.memory_mb, given.spark_home, given.pupils_per_school,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        run(options, given.folder or Path(folder))


def run(options: Options, folder: Path) -> None:
    """Make the exams, measure decoding and every engine, print the table."""
    print(f"| {' | '.join(COLUMNS)} |\n" + "|---" * len(COLUMNS) + "|")
    for n in options.pupils:
        _make(options.exams(folder, n), n, options.pupils_per_school)
    floors = {
        (n, name): measure_in_child(
            Job(partial(_decoding, TASKS[name], options.exams(folder, n)), options.rounds)
        )
        for n in options.pupils
        for name in options.tasks
    }
    found: dict[tuple[int, str], set[str]] = {}
    for engine in options.engines:
        with _measuring(engine, options) as measure:
            for (n, name), floor in floors.items():
                cost = measure(TASKS[name], options.exams(folder, n))
                found.setdefault((n, name), set()).add(cost.sha256)
                print(_line(n, name, engine, cost, floor), flush=True)
    if options.check:
        for (n, name), hashes in found.items():
            print(f"{'equal' if len(hashes) == 1 else 'DIFFERENT'}: {n} {name} {min(hashes)}")
    if options.kill:
        _kill_an_executor(options, folder)


def _make(folder: Path, n: int, pupils_per_school: int) -> None:
    if not (folder / "current.parquet").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_exams(folder, n, pupils_per_school=pupils_per_school)


def _decoding(task: Task, folder: Path) -> Callable[[], pa.Table]:
    return partial(task.decode, folder)


def _on_duckdb(task: Task, folder: Path, memory_mb: int | None) -> Callable[[], pa.Table]:
    engine = DuckDBEngine(memory_mb=memory_mb, spill=folder / "spill")
    return partial(task.run, engine, folder)


@contextmanager
def _measuring(engine: str, options: Options) -> Iterator[Measure]:
    """Give what measures a task on an engine, which runs as long as the block does."""

    def job(task: Task, make: Callable[[], Callable[[], pa.Table]]) -> Job:
        return Job(make, options.rounds, task.key if options.check else ())

    if engine == "duckdb":
        yield lambda task, folder: measure_in_child(
            job(task, partial(_on_duckdb, task, folder, options.memory_mb))
        )
    elif engine == "sail":
        with sail_server() as server, _session(server.url) as client:
            yield lambda task, folder: measure_server(
                job(task, lambda: partial(task.run, client, folder)),
                pids=lambda: [server.process.pid],
            )
    else:
        with _cluster(options) as cluster, _session(cluster.url) as client:
            yield lambda task, folder: measure_server(
                job(task, lambda: partial(task.run, client, folder)), pids=cluster.pids
            )


@contextmanager
def _session(url: str) -> Iterator[SparkConnectEngine]:
    engine = SparkConnectEngine(url, root=Path("/"))
    yield engine
    engine.close()


@contextmanager
def _cluster(options: Options) -> Iterator[Cluster]:
    if options.spark_home is None:
        raise SystemExit("Spark needs --spark-home; see bench/engine/spark_cluster.py.")
    with (
        tempfile.TemporaryDirectory() as logs,
        spark_cluster(options.spark_home, logs=Path(logs)) as cluster,
    ):
        yield cluster


def _kill_an_executor(options: Options, folder: Path) -> None:
    """Run a query in peace, then again while one executor is killed half-way."""
    n = max(options.pupils)
    task, place = TASKS["joint_histogram"], options.exams(folder, n)
    expected = identity(task.run(DuckDBEngine(), place), task.key)
    with _cluster(options) as cluster, _session(cluster.url) as client:
        task.run(client, place)
        start = time.perf_counter()
        task.run(client, place)
        in_peace = time.perf_counter() - start
        killer = threading.Timer(in_peace / 2, cluster.kill_an_executor)
        start = time.perf_counter()
        killer.start()
        result = identity(task.run(client, place), task.key)
        disturbed = time.perf_counter() - start
        killer.join()
    print(f"executor killed at {in_peace / 2:.1f} s of {in_peace:.1f} s: finished after "
          f"{disturbed:.1f} s, {'equal' if result == expected else 'DIFFERENT'}")  # fmt: skip


def _line(n: int, name: str, engine: str, cost: Cost, floor: Cost) -> str:
    cells = (
        f"{n:,}", name, engine, f"{cost.n_rows:,}", f"{cost.wall:.2f}", f"{cost.cpu:.2f}",
        f"{n * N_SUBJECTS / cost.wall / 1e6:.1f} M", f"{cost.peak_mb:,.0f}",
        f"{cost.wall / floor.wall:.1f}", f"{cost.cpu / floor.cpu:.1f}",
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--pupils", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument(
        "--engine", choices=["duckdb", "sail", "spark", "all"], default="duckdb"
    )
    parser.add_argument("--tasks", nargs="+", choices=list(TASKS))
    parser.add_argument("--pupils-per-school", type=int, default=PUPILS_PER_SCHOOL)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--kill-executor", action="store_true")
    parser.add_argument("--memory-mb", type=int)
    parser.add_argument("--spark-home", type=Path, metavar="VENV")
    parser.add_argument("--folder", type=Path, help="where the exams are kept for the next run")
    return parser


if __name__ == "__main__":
    main()
