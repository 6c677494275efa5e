"""Four threads that write to one store for some seconds: a process of the many-writers test.

Each write that was acknowledged, and each error, is said as one mapping.
"""

import itertools
import threading
import time
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection
from typing import Any
from zlib import crc32

import pyarrow as pa

from core.errors import SettingsError
from data.catalogue import ExamRelease
from data.decisions import NewDecision, add_decision, list_decisions
from data.home import Home
from data.scope import OPERATOR
from data.store import Store, open_store_at
from pipeline.kept_statistics import StatisticKey, kept_statistic
from pipeline.organisation import LOCAL_COUNTY
from pipeline.publish import publish
from tests.builders import make_submission

THREADS, SHARED_EXAMS, SHARED_MATTERS = 4, 3, 2


class Writer:
    """One thread's writes, and what it says of them."""

    def __init__(self, store: Store, tag: str, tell: Callable[[dict[str, Any]], None]) -> None:
        self.store, self.tag, self.tell = store, tag, tell

    def write(self, until: float) -> None:
        """Write one thing after the other until the time is over."""
        for i in itertools.count():
            if time.monotonic() > until:
                return
            try:
                release = self.publish_one(i)
                self.keep_statistic(release, "shared" if i % 2 else f"{self.tag}-{i}")
                self.decide(i)
            except Exception as error:  # noqa: BLE001  each is judged by the test
                self.tell({"error": type(error).__name__, "text": str(error)})

    def publish_one(self, i: int) -> ExamRelease:
        """Publish content of its own, as an exam of its own or one that others publish too."""
        name = f"{self.tag}-{i}" if i % 2 else f"shared-{i // 2 % SHARED_EXAMS}"
        seed = crc32(f"{self.tag}-{i}".encode())
        submission = make_submission(name, day=date(2026, 6, 28), seed=seed)
        release = publish(self.store, submission, actor=self.tag)
        sha256 = release.scores_sha256
        self.tell({"exam": name, "number": release.number, "sha256": sha256})
        return release

    def keep_statistic(self, release: ExamRelease, kind: str) -> None:
        """Keep a statistic of the release, also one that others keep."""
        key = StatisticKey(kind, release)
        kept = kept_statistic(OPERATOR, self.store, key, lambda: {kind: pa.table({"n": [1]})})
        assert kept is not None
        self.tell({"kind": kind, "release": release.release_id})

    def decide(self, i: int) -> None:
        """Supersede the newest decision on a matter that all writers decide on.

        Whoever decides on what is no longer the newest is refused: that is no loss.
        """
        rule = f"rule {i % SHARED_MATTERS}"
        lines = list_decisions(OPERATOR, self.store, LOCAL_COUNTY)
        seen = [decision.id for decision in lines if decision.rule == rule]
        new = NewDecision(
            county=LOCAL_COUNTY,
            unit="S01",
            rule=rule,
            rule_version="1",
            judgement="warning",
            decision="confirmed",
            reason=f"{self.tag}-{i}",
            supersedes=seen[0] if seen else None,
        )
        try:
            number = add_decision(self.store, new, actor=self.tag)
        except SettingsError:
            self.tell({"refused": new.reason})
        else:
            self.tell({"decision": number, "reason": new.reason})


def write_for_a_while(home: Home, tag: str, seconds: float, said: Connection) -> None:
    """Let the threads of this process write, and say what was acknowledged."""
    store, alone = open_store_at(home), threading.Lock()

    def tell(line: dict[str, Any]) -> None:
        with alone:
            said.send(line)

    until = time.monotonic() + seconds
    writers = [Writer(store, f"{tag}.{number}", tell) for number in range(THREADS)]
    threads = [threading.Thread(target=writer.write, args=(until,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
