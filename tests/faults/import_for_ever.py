"""Import exam files one after the other until killed: the process that the kill tests kill.

It may kill itself at a point of its second import, so that every stage of the work is met.
"""

import itertools
import os
import signal
import time
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path

from data.decisions import NewDecision, add_decision
from data.home import Home
from data.store import open_store_at
from pipeline.import_scores import import_scores
from pipeline.organisation import LOCAL_COUNTY
from tests.faults.exam_files import request_for, write_exam
from tests.faults.points import watched


def decision_on(what: str) -> NewDecision:
    """Return a decision on a unit and a matter of its own."""
    return NewDecision(
        county=LOCAL_COUNTY,
        unit="3301",
        rule=f"rule {what} {time.time_ns()}",
        rule_version="1",
        judgement="warning",
        decision="confirmed",
        reason="seen at the school",
    )


class Trap:
    """Kills this process at its n-th point, or at the first of a name."""

    def __init__(self, point: str, said: Connection) -> None:
        self.point, self.said, self.n = point, said, 0

    def __call__(self, name: str) -> None:
        """Count a point."""
        self.n += 1
        if self.point in (name, str(self.n)):
            self.said.send(("at", name))
            os.kill(os.getpid(), signal.SIGKILL)


def import_for_ever(
    home: Home, folder: Path, tag: str, said: Connection, point: str | None
) -> None:
    """Import exams named by the tag, CSV and XLSX in turn, and decide something after each.

    Every third import corrects the exam before it. What was acknowledged is said.

    Parameters
    ----------
    point : str or None
        Number or name of the point at which it kills itself.
    """
    store = open_store_at(home)
    said.send(("ready", ""))
    with ExitStack() as stack:
        for i in itertools.count():
            if i == 1 and point is not None:
                stack.enter_context(watched(home.root, Trap(point, said)))
            number = i - 1 if i % 3 == 2 else i
            exam = f"{tag}-{number}"
            ending = ("csv", "xlsx")[i % 2]
            path = write_exam(folder / f"{tag}-{i}.{ending}", seed=i)
            request = request_for(path, exam=exam, day=number)
            report = import_scores(store, request, is_dry_run=False, actor="test")
            said.send(("done", (exam, report.release)))
            said.send(("decided", add_decision(store, decision_on(exam), actor="test")))
