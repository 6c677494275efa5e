"""``view``: every View has a name, a call that lacks something is told what."""

import json

import pytest

from data.catalogue import list_exams
from data.scope import LEADERSHIP
from data.store import Store
from pipeline import load_views
from pipeline.__main__ import DONE, WRONG_CALL, main
from pipeline.command_line.view import VIEWS


@pytest.fixture
def exam(demonstration: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("pipeline.command_line.view.open_store", lambda: demonstration)
    return next(e.name for e in list_exams(LEADERSHIP, demonstration) if e.grade == 9)


def test_every_loader_of_a_page_has_a_name_on_the_command_line() -> None:
    loaders = {name.removeprefix("load_") for name in load_views.__all__ if "load_" in name}
    assert loaders - {"exams"} == set(VIEWS)


def test_a_whole_view_is_json_without_a_number_that_is_none(
    exam: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for view in ("leadership", "briefing", "school", "grade_class", "weighting"):
        assert main(["view", view, "--exam", exam, "--school", "J003"]) == DONE
        said = capsys.readouterr().out
        assert "NaN" not in said
        assert json.loads(said)["stamp"]["release"] == 1


def test_what_a_call_lacks_is_named(exam: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", "school", "--exam", exam]) == WRONG_CALL
    assert "--school" in capsys.readouterr().err
    assert main(["view", "leadership", "--exam", exam, "--format", "csv"]) == WRONG_CALL
    said = capsys.readouterr().err
    assert "key_figures, schools" in said
    assert "视图 leadership 有 2 张表" in said


def test_a_table_is_csv_under_its_own_columns(
    exam: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["view", "leadership", "--exam", exam, "--table", "schools", "--format"]
    assert main([*call, "csv"]) == DONE
    assert capsys.readouterr().out.startswith("school,n_sat,z,z_low,z_high,name,township,")
    assert main([*call, "text"]) == DONE
    assert "(release 1)" in capsys.readouterr().out
