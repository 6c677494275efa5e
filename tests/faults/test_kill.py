"""kill -9 of an import, at random moments and at every stage of its work.

What was acknowledged is there and whole, nothing else can be seen, and the next import works.
"""

import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from data.home import Home
from data.records import Decision
from data.store import Store, open_store_at
from pipeline.import_scores import import_scores
from tests.faults.exam_files import request_for, write_exam
from tests.faults.import_for_ever import import_for_ever
from tests.faults.processes import PROCESSES
from tests.faults.wholeness import faults_of, published

KILLS, FEW_KILLS = 200, 4
STAGES, FEW_STAGES = range(1, 96), (14, 41, 46)
PER_STORE = 20


@dataclass(frozen=True, slots=True)
class Killed:
    """What a killed importer had said: acknowledged releases and decisions, where it died."""

    done: list[tuple[str, int]] = field(default_factory=list)
    decided: list[int] = field(default_factory=list)
    point: str = ""


def import_and_kill(
    home: Home, folder: Path, tag: str, *, moment: float = 0, point: str | None = None
) -> Killed:
    """Kill an importer at a point of its own, or ``moment`` imports after its first one.

    The moment counts in imports, so that a slow machine is killed at the same stages of the
    work as a fast one.
    """
    said, saying = PROCESSES.Pipe(duplex=False)
    arguments = (home, folder, tag, saying, point)
    process = PROCESSES.Process(target=import_for_ever, args=arguments)
    process.start()
    saying.close()
    assert said.recv() == ("ready", "")
    start = time.monotonic()
    lines = [said.recv()]
    if point is None:
        time.sleep(moment * (time.monotonic() - start))
        process.kill()
    with suppress(EOFError):
        while True:
            lines.append(said.recv())
    process.join()
    assert process.exitcode == -signal.SIGKILL, "the importer ended before it was killed"
    told = {key: [what for k, what in lines if k == key] for key in ("done", "decided", "at")}
    return Killed(told["done"], told["decided"], "".join(told["at"]))


def check_after(home: Home, folder: Path, killed: Killed, tag: str) -> Store:
    """Check the reopened store against what was acknowledged, then import once more."""
    store = open_store_at(home)
    found = published(store)
    assert faults_of(store) == [], killed
    assert killed.done, "the importer was killed before it got to work"
    for exam, number in killed.done:
        assert found[exam].count(number) == 1, (killed, exam)
    with store.read() as session:
        assert set(killed.decided) <= set(session.scalars(select(Decision.id)))
    extra = sum(len(numbers) for exam, numbers in found.items() if exam.startswith(f"{tag}-"))
    assert extra - len(killed.done) in (0, 1)  # one may stand that could not be said any more
    request = request_for(write_exam(folder / f"{tag}.csv", seed=7), exam=f"after {tag}")
    assert import_scores(store, request, is_dry_run=False, actor="test").release == 1
    return store


def homes(tmp_path: Path) -> Iterator[Home]:
    """Yield a new store after every few kills, so that the checks stay quick."""
    for i in range(KILLS):
        home = Home(tmp_path / f"store-{i // PER_STORE}")
        home.make_folders()
        yield home


def kill_at_random(tmp_path: Path, *, kills: int) -> None:
    chance = random.Random(20261121)  # noqa: S311
    for kill, home in zip(range(kills), homes(tmp_path), strict=False):
        tag = f"r{kill}"
        killed = import_and_kill(home, tmp_path, tag, moment=chance.uniform(0, 2))
        check_after(home, tmp_path, killed, tag)


def kill_at_stages(tmp_path: Path, stages: range | tuple[int, ...]) -> list[str]:
    """Kill an import at each of the stages; return where it died."""
    died = []
    for stage, home in zip(stages, homes(tmp_path), strict=False):
        tag = f"s{stage}"
        killed = import_and_kill(home, tmp_path, tag, point=str(stage))
        check_after(home, tmp_path, killed, tag)
        died.append(killed.point)
    return died


def test_a_few_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    kill_at_random(tmp_path, kills=FEW_KILLS)


def test_a_few_kills_at_stages_of_the_work_lose_nothing(tmp_path: Path) -> None:
    assert len(set(kill_at_stages(tmp_path, FEW_STAGES))) == len(FEW_STAGES)


def test_what_a_death_between_rename_and_transaction_leaves_is_swept(tmp_path: Path) -> None:
    home = Home(tmp_path / "store")
    killed = import_and_kill(home, tmp_path, "t", point="fsync lake")
    left = {path.name.split(".")[0] for path in home.staging.iterdir()}
    assert len(left) == 1
    assert left < {folder.name for folder in home.lake.iterdir()}
    store = check_after(home, tmp_path, killed, "t")
    assert not left & {folder.name for folder in home.lake.iterdir()}
    assert published(store).keys() == {"t-0", "after t"}


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    kill_at_random(tmp_path, kills=KILLS)


@pytest.mark.slow
def test_a_kill_at_every_stage_loses_nothing(tmp_path: Path) -> None:
    died = kill_at_stages(tmp_path, STAGES)
    assert {
        "commit",
        "rename staging/bundle",
        "fsync lake",
        "unlink staging/bundle.waiting",
    } <= {*died}
