"""The command ``verify``: its answers, and accepting a trail after a restore."""

import argparse
import json
import shutil

import pytest

from data.audit import record_event
from data.audit_anchor import anchor_path
from data.store import Store
from pipeline.__main__ import WRONG_CALL, main
from pipeline.command_line import verify as command
from pipeline.publish import publish
from tests.builders import make_submission


def test_the_command_answers_in_text_and_json_and_says_whether_all_is_well(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exam = publish(sqlite_store, make_submission(), actor="test")
    monkeypatch.setenv("ZHUNSHENG_HOME", str(sqlite_store.home.root))
    assert call() is True
    text_said = capsys.readouterr().out
    assert "releases with rosters: 1" in text_said
    assert "一切完好。Everything is whole." in text_said
    (sqlite_store.home.lake / exam.bundle / "state_count.parquet").unlink()
    assert call("--format", "json", "--recompute") is False
    answer = json.loads(capsys.readouterr().out)
    assert answer["is_whole"] is False
    assert answer["checked"]["statistics"] == 3
    assert len(answer["head"]["digest"]) == 64
    assert {f["check"] for f in answer["findings"]} == {"statistics"}
    assert call() is False
    assert "发现 1 个问题。Faults found: 1." in capsys.readouterr().out


def test_the_command_accepts_a_trail_after_a_restore(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = sqlite_store
    monkeypatch.setenv("ZHUNSHENG_HOME", str(store.home.root))
    store.change(lambda s: record_event(s, actor="a", action="b", what="c", detail="d"))
    copy = store.home.root.parent / "audit.head"
    copy.write_text('{"id": 7, "digest": "00"}')
    assert call("--anchor", str(copy)) is False
    assert "names event 7" in capsys.readouterr().out
    shutil.copy(copy, anchor_path(store.home))
    assert call() is False
    assert call("--accept-trail", "backup of 3 May restored") is True
    assert main(["verify", "--accept-trail", ""]) == WRONG_CALL


def call(*words: str) -> bool:
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    return command.run(parser.parse_args(list(words)))
