"""What the command line says of a roster."""

import argparse
import json
from pathlib import Path

import pytest

from data.home import HOME_VARIABLE
from pipeline.command_line import roster as command
from tests.builders import write_csv

GOOD = (
    "学校代码,学校名称,乡镇,年级,班级,学籍号,考号,姓名\n"
    "01,示例一中,青禾镇,七年级,1班,20230001,9001,示例甲\n"
    "01,示例一中,青禾镇,八年级,2班,20220002,9002,示例乙\n"
    "02,示例二小,白水镇,3,1班,20210003,9003,示例丙\n"
)


def run(folder: Path, *options: str) -> bool:
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    return command.run(parser.parse_args([str(folder / "roster.csv"), *options]))


def test_the_command_answers_in_text_and_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    write_csv(tmp_path / "roster.csv", GOOD)
    assert run(tmp_path, "--dry-run")
    said = capsys.readouterr().out
    assert "新增 3，更新 0，转学 0，离校 0，不变 0" in said
    assert "Nothing was changed" in said
    assert run(tmp_path, "--complete", "--format", "json")
    answer = json.loads(capsys.readouterr().out)
    assert (answer["outcome"], answer["counts"]["new"], answer["is_saved"]) == (
        "accept",
        3,
        True,
    )


def test_the_command_says_when_a_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    write_csv(tmp_path / "roster.csv", GOOD + "01,示例一中,青禾镇,七年级,1班,,9,示例丁\n")
    assert not run(tmp_path)
    assert "reject: rows 4, refused 1" in capsys.readouterr().out
