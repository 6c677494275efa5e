"""The first build of the store, shared by all sessions that wait for it."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import streamlit as st

from pipeline.demo import build_demonstration, needs_demonstration
from ui.state.answers import store


@dataclass
class Construction:
    """The building of the demonstration store, shared by all sessions that wait for it.

    It runs beside the sessions, because a reader who reloads the page must not break it off.
    """

    share: float = 0.0
    step: str = ""
    done: Future[None] = field(default_factory=Future)

    def report(self, share: float, step: str) -> None:
        """Note how far the building has come."""
        self.share, self.step = share, step


def needs_construction() -> bool:
    """Whether the store holds nothing yet, so that the demonstration must be built."""
    return needs_demonstration(store())


def construction() -> Construction:
    """Return the running construction, started by the first session that asks."""
    return _construction()


def forget_construction() -> None:
    """Let the next session start anew, after a construction that failed."""
    _construction.clear()


@st.cache_resource(show_spinner=False)
def _construction() -> Construction:
    shared = Construction()
    builder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="construction")
    shared.done = builder.submit(build_demonstration, store(), shared.report)
    builder.shutdown(wait=False)
    return shared
