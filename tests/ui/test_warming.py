"""Asked beforehand: readers find kept answers; nothing that goes wrong there reaches them."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.home import HOME_VARIABLE
from data.scope import LEADERSHIP
from pipeline import load_views
from pipeline.views import Query
from ui import state
from ui.state import warming
from ui.state.answers import store
from ui.state.warming import Warmer, queries, questions

SECONDS = 60.0


@pytest.fixture
def demonstration(demonstration_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the state work on the demonstration, and forget it afterwards."""
    monkeypatch.setenv(HOME_VARIABLE, str(demonstration_home))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def warmer() -> Iterator[Warmer]:
    """Give a warmer that looks often; it is stopped at the end."""
    made = Warmer(look_seconds=0.02)
    yield made
    made.stop()


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, "not within a minute"
        time.sleep(0.02)


def ask_only(monkeypatch: pytest.MonkeyPatch, *asked: Callable[[], object]) -> None:
    monkeypatch.setattr(warming, "questions", lambda _scope: list(asked))


@pytest.mark.usefixtures("demonstration")
def test_a_reader_finds_the_answers_that_were_asked_beforehand(
    monkeypatch: pytest.MonkeyPatch, warmer: Warmer
) -> None:
    exam = state.exams(LEADERSHIP)[0]
    query = queries(exam)[0]
    done = threading.Event()
    ask = partial(state.leadership_view, LEADERSHIP, query)
    offered = [(one.func, one.args) for one in questions(LEADERSHIP)]
    assert offered.count((ask.func, ask.args)) == 1
    ask_only(monkeypatch, ask, done.set)
    warmer.start()
    assert done.wait(SECONDS)

    def load_leadership(*_: object) -> None:
        raise AssertionError("loaded again")

    monkeypatch.setattr(load_views, "load_leadership", load_leadership)
    assert len(state.leadership_view(LEADERSHIP, query).schools) > 0


@pytest.mark.usefixtures("demonstration")
def test_the_selection_that_a_page_opens_with_comes_first() -> None:
    exam = state.exams(LEADERSHIP)[0]
    first = queries(exam)[0]
    assert first == Query(exam.name, "total", exam.baselines[0], "random_intercept")
    assert {query.subject for query in queries(exam)} == {s.code for s in exam.subjects}
    assert first in next(questions(LEADERSHIP)).args


@pytest.mark.usefixtures("demonstration")
def test_an_error_is_logged_and_stops_no_other_question(
    monkeypatch: pytest.MonkeyPatch, warmer: Warmer, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise OSError("disk failed")

    done = threading.Event()
    ask_only(monkeypatch, fail, done.set)
    with caplog.at_level(logging.ERROR):
        warmer.start()
        assert done.wait(SECONDS)
    assert "disk failed" in caplog.text


@pytest.mark.usefixtures("demonstration")
def test_a_store_that_changes_is_asked_anew_from_the_beginning(
    monkeypatch: pytest.MonkeyPatch, warmer: Warmer
) -> None:
    asked: list[str] = []
    version = [1]
    monkeypatch.setattr(type(store()), "version", lambda _: version[0])

    def publish_once() -> None:
        asked.append("first")
        version[0] = 2

    ask_only(monkeypatch, publish_once, lambda: asked.append("second"))
    warmer.start()
    wait_until(lambda: "second" in asked)
    assert asked == ["first", "first", "second"]


@pytest.mark.usefixtures("demonstration")
def test_a_store_that_stays_as_it_is_is_asked_once(
    monkeypatch: pytest.MonkeyPatch, warmer: Warmer
) -> None:
    asked: list[str] = []
    ask_only(monkeypatch, lambda: asked.append("once"))
    warmer.start()
    wait_until(lambda: bool(asked))
    time.sleep(10 * warmer.look_seconds)
    assert asked == ["once"]


@pytest.mark.usefixtures("demonstration")
def test_a_stopped_warmer_asks_nothing_more(
    monkeypatch: pytest.MonkeyPatch, warmer: Warmer
) -> None:
    asked: list[str] = []
    ask_only(monkeypatch, warmer.stop, lambda: asked.append("after the stop"))
    thread = warmer.start()
    thread.join(SECONDS)
    assert not thread.is_alive()
    assert asked == []


def test_a_store_that_cannot_be_opened_is_logged_and_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, warmer: Warmer, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise OSError("no such disk")

    monkeypatch.setattr(warming, "store", fail)
    with caplog.at_level(logging.ERROR):
        thread = warmer.start()
        wait_until(lambda: "no such disk" in caplog.text)
    assert thread.is_alive()


@pytest.mark.usefixtures("demonstration")
def test_a_session_starts_no_warming_itself() -> None:
    AppTest.from_file("../../ui/main.py", default_timeout=60).run()
    assert "warming" not in {thread.name for thread in threading.enumerate()}
