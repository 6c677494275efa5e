"""The commands ``dataset`` and ``datasets`` as scripts know them: keys, texts, wrong calls."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from data.dataset_kinds.registry import KINDS
from pipeline.__main__ import WRONG_CALL, main
from pipeline.command_line import dataset, datasets
from tests.data.dataset_kinds.books import save

GOOD = [["代码", "名称"], ["A", "数与代数"]]


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUNSHENG_HOME", str(tmp_path / "home"))


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Give the path of a good file of knowledge points."""
    return str(save(tmp_path / "a.xlsx", GOOD))


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[bool, str]:
    """Run one of the two commands and return whether it was done, and what it said."""
    name, *rest = arguments
    module = dataset if name == "dataset" else datasets
    parser = argparse.ArgumentParser()
    module.add_options(parser)
    capsys.readouterr()
    is_done = module.run(parser.parse_args(rest))
    return is_done, capsys.readouterr().out


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(call(capsys, *arguments, "--format", "json")[1])


def test_a_file_is_published_and_listed(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(capsys, "dataset", "knowledge", file, "--name", "数学知识点")
    assert list(answer) == [
        "outcome", "n_rows", "n_refused", "n_stored", "version", "is_new", "batch", "findings",
    ]  # fmt: skip
    assert (answer["outcome"], answer["version"], answer["is_new"]) == ("accept", 1, True)
    [listed] = as_json(capsys, "datasets", "--kind", "knowledge")
    assert (listed["name"], listed["version"], listed["n_rows"]) == ("数学知识点", 1, 1)
    assert as_json(capsys, "datasets", "--kind", "items") == []


def test_the_text_says_what_came_of_it(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = ("knowledge", file, "--name", "x")
    assert "Nothing was published" in call(capsys, "dataset", *wanted, "--dry-run")[1]
    assert "No datasets yet" in call(capsys, "datasets")[1]
    assert "Published as version 1" in call(capsys, "dataset", *wanted)[1]
    assert "Unchanged" in call(capsys, "dataset", *wanted)[1]
    assert "version 1  x" in call(capsys, "datasets")[1]


def test_a_refused_file_is_no_success_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = save(tmp_path / "b.xlsx", [*GOOD, ["A", "图形"]])
    is_done, text = call(capsys, "dataset", "knowledge", str(bad), "--name", "x")
    assert not is_done
    assert text.startswith("reject: rows 2, refused 2")
    assert "[error] 代码重复：2 行（第 2、3 行）" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["marks", "a.xlsx", "--name", "x"],
        ["items", "a.xlsx"],
        ["items", "a.xlsx", "--name", "x", "--column", "现有"],
    ],
)
def test_wrong_calls_end_with_code_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        call(capsys, "dataset", *arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize("name", [" ", "x" * 121])
def test_a_name_must_fit(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dataset", "items", "a.xlsx", "--name", name]) == WRONG_CALL
    assert "argument name" in capsys.readouterr().err


def test_the_help_names_every_kind() -> None:
    assert all(name in dataset.DESCRIPTION for name in KINDS)
