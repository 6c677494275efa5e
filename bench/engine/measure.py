"""What a piece of work costs: wall clock, processor, memory; each in a process of its own."""

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow as pa

from data.engine.ordered import ordered

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """The best of some rounds; ``peak_mb`` is of the process, or of all of a server's."""

    wall: float
    cpu: float
    peak_mb: float
    n_rows: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is repeated: what makes it, and the key of its rows where it is identified."""

    make: Callable[[], Callable[[], pa.Table]]
    rounds: int
    key: Sequence[str] = ()


def measure_in_child(job: Job) -> Cost:
    """Measure a job in a fresh process, which ends with it."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send_cost, args=(job, sender))
    process.start()
    sender.close()
    cost: Cost = receiver.recv()
    process.join()
    return cost


def measure_server(job: Job, *, pids: Callable[[], Sequence[int]]) -> Cost:
    """Measure a job that other processes do: their seconds and their memory count."""
    work, best = job.make(), []
    for _ in range(job.rounds):
        before, start = sum(map(_cpu_of, pids())), time.perf_counter()
        table = work()
        wall = time.perf_counter() - start
        best.append((wall, sum(map(_cpu_of, pids())) - before))
    peak = sum(map(_peak_mb_of, pids()))
    walls, cpus = zip(*best, strict=True)
    return Cost(min(walls), min(cpus), peak, table.num_rows, identity(table, job.key))


def identity(table: pa.Table, key: Sequence[str]) -> str:
    """Return the SHA-256 of the rows in the order of their key; nothing without a key."""
    if not key:
        return ""
    sink = pa.BufferOutputStream()
    rows = ordered(table, key).combine_chunks()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows)
    return hashlib.sha256(sink.getvalue()).hexdigest()


def _send_cost(job: Job, sender: Connection) -> None:
    pa.set_cpu_count(2)
    work, best, table = job.make(), [], pa.table({})
    for _ in range(job.rounds):
        del table  # else the peak would hold two results
        before, start = time.process_time(), time.perf_counter()
        table = work()
        best.append((time.perf_counter() - start, time.process_time() - before))
    peak = _peak_mb_of(os.getpid())
    walls, cpus = zip(*best, strict=True)
    sha256 = identity(table, job.key)
    sender.send(Cost(min(walls), min(cpus), peak, table.num_rows, sha256))


def _cpu_of(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _peak_mb_of(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
