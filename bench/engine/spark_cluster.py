"""An Apache Spark standalone cluster on loopback: a master, two workers, a Connect server.

    python -m bench.engine.spark_cluster --spark-home VENV

VENV is a virtual environment that holds Spark itself, apart from the project's own, because the
full ``pyspark`` and the thin ``pyspark-client`` do not live in one:

    python3.11 -m venv VENV && VENV/bin/pip install pyspark==4.3.0        # 450 MB, Java 17

Every part is a process of its own; each worker offers one core and starts one executor. The
address of the Connect server is printed; Ctrl-C ends the cluster. Nothing listens beyond
loopback.
"""

import argparse
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.engine.sail_server import HOST, free_port

WORKER_MEMORY = "3g"
EXECUTOR_MEMORY = "2g"
DRIVER_MEMORY = "3g"
DEADLINE_SECONDS = 120
_EXECUTOR = b"CoarseGrainedExecutorBackend"
_CONNECT = "org.apache.spark.sql.connect.service.SparkConnectServer"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: the address of its Connect server and its processes."""

    url: str
    processes: tuple[subprocess.Popen[bytes], ...]

    def pids(self) -> list[int]:
        """Return the processes of the cluster, executors among them."""
        found = [process.pid for process in self.processes]
        for pid in found:
            found += _children(pid)
        return found

    def executors(self) -> list[int]:
        """Return the processes that run the tasks."""
        return [pid for pid in self.pids() if _EXECUTOR in _command(pid)]

    def kill_an_executor(self) -> int:
        """End one executor as a failing machine would, and return its process id."""
        pid = self.executors()[0]
        os.kill(pid, signal.SIGKILL)
        return pid


@contextmanager
def spark_cluster(venv: Path, *, logs: Path) -> Iterator[Cluster]:
    """Start master, two workers and a Connect server; end them when the block ends."""
    spark_home = next(venv.glob("lib/python3*/site-packages/pyspark"))
    master_port, connect_port = free_port(), free_port()
    master = f"spark://{HOST}:{master_port}"
    processes: list[subprocess.Popen[bytes]] = []

    def launch(name: str, command: Sequence[str], *, ready: str) -> None:
        log = logs / f"{name}.log"
        with log.open("wb") as stream:
            processes.append(
                subprocess.Popen(
                    [str(spark_home / "bin" / command[0]), *command[1:]],
                    stdout=stream,
                    stderr=subprocess.STDOUT,
                    env=_environment(spark_home, venv, logs),
                )
            )
        _wait_for(ready, log=log, process=processes[-1])

    try:
        launch("master", _master(master_port), ready="elected leader")
        for k in (1, 2):
            launch(f"worker{k}", _worker(master, logs / f"work{k}"), ready="registered with")
        launch("connect", _connect(master, connect_port), ready="server started at")
        yield Cluster(f"sc://{HOST}:{connect_port}", tuple(processes))
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(timeout=30)


def _master(port: int) -> list[str]:
    name = "org.apache.spark.deploy.master.Master"
    return ["spark-class", name, "--host", HOST, "--port", str(port), "--webui-port", "0"]


def _worker(master: str, folder: Path) -> list[str]:
    name = "org.apache.spark.deploy.worker.Worker"
    size = ["-c", "1", "-m", WORKER_MEMORY, "-d", str(folder)]
    return ["spark-class", name, "--host", HOST, "--webui-port", "0", *size, master]


def _connect(master: str, port: int) -> list[str]:
    settings = {
        "spark.connect.grpc.binding.address": HOST,
        "spark.connect.grpc.binding.port": port,
        "spark.driver.host": HOST,
        "spark.driver.memory": DRIVER_MEMORY,
        "spark.driver.maxResultSize": "0",
        "spark.executor.memory": EXECUTOR_MEMORY,
        "spark.executor.cores": 1,
        "spark.sql.shuffle.partitions": 8,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    pairs = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    return ["spark-submit", "--master", master, *pairs, "--class", _CONNECT, "spark-internal"]


def _environment(spark_home: Path, venv: Path, logs: Path) -> dict[str, str]:
    return os.environ | {
        "SPARK_HOME": str(spark_home),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_LOCAL_DIRS": str(logs),
        "PYSPARK_PYTHON": str(venv / "bin" / "python"),
    }


def _wait_for(text: str, *, log: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + DEADLINE_SECONDS
    while text not in log.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"Spark did not start; see {log}: {log.read_text()[-2000:]}")
        time.sleep(0.2)


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(text) for listed in tasks for text in listed.read_text().split()]
    return [*children, *(below for child in children for below in _children(child))]


def _command(pid: int) -> bytes:
    path = Path(f"/proc/{pid}/cmdline")
    return path.read_bytes() if path.exists() else b""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--spark-home", type=Path, required=True, metavar="VENV")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as logs,
        spark_cluster(given.spark_home, logs=Path(logs)) as cluster,
    ):
        print(cluster.url, flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
