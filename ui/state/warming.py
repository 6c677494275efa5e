"""Ask beforehand what the next readers will ask, so that they need not wait for it.

After the start and after each publication a thread goes through the pages with the selection
that they open with, then through the other subjects. What it asks is kept where readers' own
answers are, so nothing is computed twice: who asks the same meanwhile waits for the rest of it.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Thread
from typing import Any

from data.scope import Scope
from pipeline.views import ExamChoice, Query
from ui.state import views
from ui.state.answers import store
from ui.state.scopes import current_scope

_LOG = logging.getLogger(__name__)
_LOOK_SECONDS, _AFTER_ERROR_SECONDS = 5.0, 60.0
_REST, _MOST_REST = 0.5, 2.0
"""Pause after a question, as a share of the time that it took, and the longest in seconds."""

Question = partial[Any]


@dataclass
class Warmer:
    """The thread that asks, until it is stopped; it ends with the server.

    Attributes
    ----------
    look_seconds : float
        Pause between two looks at whether the store has changed.
    """

    look_seconds: float = _LOOK_SECONDS
    _stopped: Event = field(default_factory=Event)

    def start(self) -> Thread:
        """Start asking and return at once."""
        thread = Thread(target=self._run, name="warming", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Ask nothing more; a question that is being answered is not waited for."""
        self._stopped.set()

    def _run(self) -> None:
        warmed = None
        wait = 0.0
        while not self._stopped.wait(wait):
            wait = self.look_seconds
            try:
                version = store().version()
                # A store that is still changing, such as one being built, is left in peace.
                if version == warmed or self._stopped.wait(wait) or is_other(version):
                    continue
                self._ask_all(version)
                warmed = version
            except Exception:  # noqa: BLE001  whatever it is, readers go on and so must this
                _LOG.exception("The store could not be asked beforehand")
                wait = _AFTER_ERROR_SECONDS

    def _ask_all(self, version: int) -> None:
        for question in questions(current_scope()):
            if self._stopped.is_set() or is_other(version):
                return
            start = time.monotonic()
            try:
                question()
            except Exception:  # noqa: BLE001
                # The reader who asks it is told what is wrong; here it must stop no other.
                _LOG.exception("A question asked beforehand has no answer: %s", question)
            self._stopped.wait(min(_REST * (time.monotonic() - start), _MOST_REST))


def is_other(version: int) -> bool:
    """Whether the store has changed since it had this version."""
    return store().version() != version


def questions(scope: Scope) -> Iterator[Question]:
    """Return what the pages ask about the newest exam, the selection they open with first."""
    for exam in views.exams(scope)[:1]:
        for query in queries(exam):
            yield from _of_county(scope, query)
            yield from _of_units(scope, query)


def queries(exam: ExamChoice) -> list[Query]:
    """Return the queries of an exam, that of an address without a selection first."""
    baseline = exam.baselines[0] if exam.baselines else None
    codes = [subject.code for subject in exam.subjects]
    ordered = sorted(codes, key=lambda code: code != "total")
    return [Query(exam.name, code, baseline, "random_intercept") for code in ordered]


def _of_county(scope: Scope, query: Query) -> Iterator[Question]:
    for ask in (
        views.briefing_view,
        views.leadership_view,
        views.warning_board_view,
        views.weak_schools_view,
        views.items_view,
    ):
        yield partial(ask, scope, query)
    if query.subject != "total":
        yield partial(views.subject_view, scope, query, "z")


def _of_units(scope: Scope, query: Query) -> Iterator[Question]:
    townships = views.townships(scope, query.exam)["township"].tolist()
    for township in townships[:1]:
        yield partial(views.township_view, scope, township, query, pooled=False)
    for school in views.schools(scope, query.exam)["school"].tolist()[:1]:
        for ask in (
            views.school_view,
            views.school_past_view,
            views.grade_class_view,
            views.warning_reasons_view,
        ):
            yield partial(ask, scope, school, query)
        if query.subject != "total":
            yield partial(views.visits_view, scope, school, query, "z")
