"""kill -9 at twenty random moments of publishing leaves whole releases or none."""

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import select

from data.home import Home
from data.records import Exam, Release, StatisticSet
from data.store import Store, open_store_at
from pipeline.publish import SCORES_FILE

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20


def publish_and_kill(home: Home, *, tag: str, moment: float) -> set[str]:
    """Kill a publisher in mid-work; return the exams that it had reported as published.

    ``moment`` counts in publications after the first one, so that a slow machine is killed at
    the same stages of the work as a fast one.
    """
    command = [sys.executable, "-m", "tests.pipeline.publish_for_ever", str(home.root), tag]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        start = time.monotonic()
        first = process.stdout.readline()
        time.sleep(moment * (time.monotonic() - start))
        process.kill()
        return set((first + process.stdout.read()).split())


def faults_of(store: Store) -> list[str]:
    """Return what is missing or changed of the releases that the catalogue names."""
    with store.read() as session:
        promised = [
            (f"{release.bundle}/{SCORES_FILE}", release.scores_sha256)
            for release in session.scalars(select(Release))
        ]
        promised += [(s.path, s.sha256) for s in session.scalars(select(StatisticSet))]
    faults = []
    for path, sha256 in promised:
        file = store.home.lake / path
        if not file.exists():
            faults.append(f"missing {path}")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            faults.append(f"changed {path}")
    return faults


def test_twenty_kills_leave_whole_releases_and_no_orphans(home: Home) -> None:
    chance = random.Random(20261121)  # noqa: S311
    reported: set[str] = set()
    for kill in range(KILLS):
        reported |= publish_and_kill(home, tag=f"k{kill}", moment=chance.uniform(0, 2))
        store = open_store_at(home)
        assert faults_of(store) == []
        with store.read() as session:
            bundles = set(session.scalars(select(Release.bundle)))
            names = set(session.scalars(select(Exam.name)))
        assert {folder.name for folder in home.lake.iterdir()} == bundles
        assert list(home.staging.iterdir()) == []
        assert reported <= names  # what was reported as published stands
    assert len(reported) >= KILLS  # each kill met a publisher that had got to work
