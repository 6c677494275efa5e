"""``replay`` prints the figures of the page: the same rows, the same shares."""

import json

import pytest

from data.scope import LEADERSHIP
from data.store import Store
from pipeline.__main__ import DONE, main
from pipeline.command_line.answer import plain_rows
from pipeline.load_views import load_exams, load_rule_replay
from pipeline.views import Query


@pytest.fixture
def query(demonstration: Store, monkeypatch: pytest.MonkeyPatch) -> Query:
    monkeypatch.setattr("pipeline.command_line.replay.open_store", lambda: demonstration)
    exam = next(e for e in load_exams(LEADERSHIP, demonstration) if e.grade == 9)
    return Query(exam.name, "total", exam.baselines[0], "contextual")


def test_the_command_prints_what_the_page_shows(
    demonstration: Store, query: Query, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["replay", "rules", "--exam", query.exam, "--later", "year"]
    assert main([*call, "--format", "json"]) == DONE
    counts = json.loads(capsys.readouterr().out)["counts"]
    view = load_rule_replay(LEADERSHIP, demonstration, query, "yellow", "year")
    assert counts["pairs"] == plain_rows(view.counts.pairs)
    assert counts["rates"] == plain_rows(view.counts.rates)
    assert main(call) == DONE
    said = capsys.readouterr().out
    hit = view.counts.rates.set_index("rate").loc["hit"]
    assert f"rules: {hit['count']} of {hit['n']} of the calls were right" in said
    assert "false_alarms" in said
