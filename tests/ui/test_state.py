"""The door to the pipeline: every cached answer is scoped and versioned; one construction."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from data.home import HOME_VARIABLE, Home
from data.scope import LEADERSHIP
from ui import state
from ui.state import first_start

DOOR = Path(inspect.getfile(state)).parent
UI = DOOR.parent
RESULTS = {"ImportReport", "ImportRequest", "Scheme"}  # what verbs take and return, no verbs


def cached_functions() -> dict[str, ast.FunctionDef]:
    """Return the functions whose results are kept as data, by name."""
    return {
        node.name: node
        for path in DOOR.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any("cache_data" in ast.unparse(decorator) for decorator in node.decorator_list)
    }


def test_every_cached_answer_has_the_scope_first_and_the_version_last() -> None:
    assert list(cached_functions()) == ["_kept"]
    for name, function in cached_functions().items():
        names = [argument.arg for argument in function.args.args]
        assert (names[0], names[-1]) == ("scope", "version"), name
        # Not part of the key is only what the other arguments already name.
        assert [n for n in names if n.startswith("_")] == ["_load"], name


def test_every_cache_is_bounded() -> None:
    for function in cached_functions().values():
        assert "max_entries" in ast.unparse(function.decorator_list[0])


def test_no_other_module_of_the_screen_calls_the_pipeline() -> None:
    for path in UI.rglob("*.py"):
        if DOOR in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline"):
                names = {alias.name for alias in node.names}
                assert (node.module or "").startswith("pipeline.views") or names <= RESULTS, (
                    path
                )


@pytest.fixture
def empty_home(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """Let the state work on an empty store, and forget it afterwards."""
    monkeypatch.setenv(HOME_VARIABLE, str(home.root))
    st.cache_resource.clear()
    yield home
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.mark.usefixtures("empty_home")
def test_an_empty_store_needs_construction_and_has_no_exams() -> None:
    assert state.needs_construction()
    assert state.exams(LEADERSHIP) == ()


@pytest.mark.usefixtures("empty_home")
def test_sessions_share_one_construction_and_see_its_progress(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def build(_store: object, report: object) -> None:
        assert callable(report)
        report(0.5, "First exam")

    monkeypatch.setattr(first_start, "build_demonstration", build)
    first, second = state.construction(), state.construction()
    first.done.result(timeout=10)
    assert second is first
    assert (first.share, first.step) == (0.5, "First exam")


@pytest.mark.usefixtures("empty_home")
def test_a_construction_that_failed_can_be_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_store: object, _report: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(first_start, "build_demonstration", fail)
    with pytest.raises(OSError, match="disk full"):
        state.construction().done.result(timeout=10)
    state.forget_construction()
    monkeypatch.setattr(first_start, "build_demonstration", lambda _store, _report: None)
    assert state.construction().done.result(timeout=10) is None
