"""Sixteen writers at once, threads and processes: every acknowledged write is there once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from multiprocessing.connection import Connection
from typing import Any

import pytest
from sqlalchemy import select

from data.home import Home
from data.records import Decision, Exam, Release, StatisticSet
from data.store import Store, open_store_at
from tests.faults.processes import PROCESSES
from tests.faults.wholeness import faults_of, published
from tests.faults.write_for_a_while import write_for_a_while

N_PROCESSES, SECONDS, FEW_SECONDS = 4, 60, 2
ON_BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


def lines_of_writers(home: Home, *, seconds: float) -> list[dict[str, Any]]:
    """Let the processes write and return all that they said."""
    ends, writers = [], []
    for number in range(N_PROCESSES):
        said, saying = PROCESSES.Pipe(duplex=False)
        arguments = (home, f"p{number}", seconds, saying)
        writers.append(PROCESSES.Process(target=write_for_a_while, args=arguments))
        writers[-1].start()
        saying.close()
        ends.append(said)
    with ThreadPoolExecutor(N_PROCESSES) as pool:
        lines = list(chain.from_iterable(pool.map(lines_until_the_end, ends)))
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * N_PROCESSES
    return lines


def lines_until_the_end(said: Connection) -> list[dict[str, Any]]:
    """Return what a process says until it ends."""
    lines = []
    with suppress(EOFError):
        while True:
            lines.append(said.recv())
    return lines


def check_acknowledged(store: Store, lines: list[dict[str, Any]]) -> None:
    """Compare what was acknowledged with what stands, one for one."""
    with store.read() as session:
        releases = select(Exam.name, Release.number, Release.scores_sha256).join(
            Release, Release.exam_id == Exam.id
        )
        stand = Counter(tuple(row) for row in session.execute(releases))
        statistics = select(StatisticSet.kind, StatisticSet.release_id)
        kept = Counter(tuple(row) for row in session.execute(statistics))
    assert stand == Counter((x["exam"], x["number"], x["sha256"]) for x in lines if "exam" in x)
    told = {(x["kind"], x["release"]) for x in lines if "kind" in x}
    assert {key: kept[key] for key in told} == dict.fromkeys(told, 1)


def check_decisions(store: Store, lines: list[dict[str, Any]]) -> None:
    """Compare acknowledged decisions with those that stand: each line has no fork."""
    with store.read() as session:
        rows = session.scalars(select(Decision)).all()
        lines_of = Counter((row.rule, row.supersedes_id) for row in rows)
        stand = {row.id: row.reason for row in rows}
    assert stand == {x["decision"]: x["reason"] for x in lines if "decision" in x}
    assert set(lines_of.values()) == {1}


def check_many_writers(store: Store, *, seconds: float) -> None:
    lines = lines_of_writers(store.home, seconds=seconds)
    assert [line for line in lines if "error" in line] == []
    check_acknowledged(store, lines)
    check_decisions(store, lines)
    assert len([name for name in published(store) if name.startswith("shared-")]) > 0
    reopened = open_store_at(store.home)
    assert faults_of(reopened) == []
    reopened.close()


@ON_BOTH
def test_sixteen_writers_lose_nothing(store: Store) -> None:
    check_many_writers(store, seconds=FEW_SECONDS)


@ON_BOTH
@pytest.mark.slow
def test_sixteen_writers_lose_nothing_in_a_minute(store: Store) -> None:
    check_many_writers(store, seconds=SECONDS)
