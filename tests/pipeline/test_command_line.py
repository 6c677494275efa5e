"""The command line as scripts of users know it: calls, exit codes and keys."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import DONE, REFUSED, WRONG_CALL, main
from pipeline.command_line.parser import COMMANDS
from tests.builders import write_csv

ROOT = Path(__file__).resolve().parents[2]
HEADER = "学校代码,学校名称,班级,学籍号,姓名,语文,数学\n"
PUPILS = [f"S{i % 3 + 1},示例{i % 3 + 1}校,1班,T{i:04d},示例学生{i}" for i in range(60)]
ROWS = "".join(f"{p},{60 + i % 30},{50 + 2 * i % 45}\n" for i, p in enumerate(PUPILS))
LATER = "".join(f"{p},{55 + i * 7 % 40},{50 + i % 40}\n" for i, p in enumerate(PUPILS))
BEFORE = ["--exam", "入学测", "--date", "2023-09-04", "--grade", "7"]
PAIR = ["--exam", "期末", "--baseline", "入学测"]
AFTER = ["--exam", "期末", "--date", "2026-06-28", "--grade", "9"]


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUNSHENG_HOME", str(tmp_path / "home"))


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    """Run a command and return its exit code and its JSON answer."""
    capsys.readouterr()
    code = main(list(arguments))
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def pair(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, rows, exam in (("a.csv", ROWS, BEFORE), ("b.csv", LATER, AFTER)):
        file = write_csv(tmp_path / name, HEADER + rows)
        code, _ = call(capsys, "import", str(file), *exam, "--format", "json")
        assert code == DONE


def test_import_answers_with_the_keys_of_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(tmp_path / "a.csv", HEADER + ROWS)
    code, answer = call(
        capsys, "import", str(file), *BEFORE, "--full-mark", "语文=120", "--format", "json"
    )
    assert code == DONE
    assert list(answer) == ["outcome", "n_rows", "n_refused", "release", "findings"]
    assert (answer["outcome"], answer["n_rows"], answer["n_refused"], answer["release"]) == (
        "accept-with-warning",
        60,
        0,
        1,
    )
    [finding] = answer["findings"]
    assert list(finding) == [
        "severity", "check", "row", "column", "value", "message_zh", "message_en",
    ]  # fmt: skip
    assert (finding["check"], finding["column"]) == ("assumed_full_mark", "数学")


def test_a_dry_run_publishes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(tmp_path / "a.csv", HEADER + ROWS)
    code, answer = call(capsys, "import", str(file), *BEFORE, "--dry-run", "--format", "json")
    assert (code, answer["release"]) == (DONE, None)
    assert call(capsys, "exams", "--format", "json") == (DONE, [])


def test_a_file_with_an_error_is_refused_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = "S1,示例1校,1班,T9999,示例学生,60,101\n"
    file = write_csv(tmp_path / "a.csv", HEADER + ROWS + bad)
    code, answer = call(capsys, "import", str(file), *BEFORE, "--format", "json")
    assert (code, answer["outcome"], answer["release"]) == (REFUSED, "reject", None)
    assert (answer["n_rows"], answer["n_refused"]) == (61, 1)
    [error] = [f for f in answer["findings"] if f["severity"] == "error"]
    assert (error["row"], error["column"], error["value"]) == (62, "数学", "101")
    assert call(capsys, "exams", "--format", "json") == (DONE, [])


def test_the_same_file_twice_is_one_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(tmp_path / "a.csv", HEADER + ROWS)
    for _ in range(2):
        code, answer = call(capsys, "import", str(file), *BEFORE, "--format", "json")
        assert (code, answer["release"]) == (DONE, 1)


@pytest.mark.usefixtures("pair")
def test_exams_are_listed_newest_first(capsys: pytest.CaptureFixture[str]) -> None:
    _, exams = call(capsys, "exams", "--format", "json")
    assert [exam["name"] for exam in exams] == ["期末", "入学测"]


@pytest.mark.usefixtures("pair")
def test_value_added_answers_with_the_keys_of_the_contract(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, answer = call(
        capsys, "value-added", "--exam", "期末", "--baseline", "入学测", "--subject", "数学",
        "--prior", "语文", "数学", "--method", "contextual", "--format", "json",
    )  # fmt: skip
    assert code == DONE
    assert {
        "method", "subject", "scale", "n_pupils", "n_schools", "common_sample", "fixed_effects",
        "sigma_u2", "sigma_e2", "neg2_log_reml", "fairness_r", "schools",
    } <= set(answer)  # fmt: skip
    assert answer["common_sample"] == {"matched": 60, "joined": 0, "left": 0, "coverage": 1.0}
    names = [effect["name"] for effect in answer["fixed_effects"]]
    assert names == ["(Intercept)", "语文", "数学", "mean_prior"]
    assert {s["school"] for s in answer["schools"]} == {"S1", "S2", "S3"}
    assert {
        "school", "n", "estimate", "se_conditional", "se_prediction", "index", "verdict",
    } <= set(answer["schools"][0])  # fmt: skip


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--exam", "期中", *PAIR[2:], "--subject", "数学"],
            "No exam is called '期中'",
        ),
        (
            [*PAIR, "--subject", "物理"],
            "has no subject '物理'",
        ),
    ],
)
def test_an_unknown_name_is_a_wrong_call(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["value-added", *arguments]) == WRONG_CALL
    assert said in capsys.readouterr().err


def test_another_date_for_a_known_exam_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(tmp_path / "a.csv", HEADER + ROWS)
    call(capsys, "import", str(file), *BEFORE, "--format", "json")
    again = [*BEFORE[:2], "--date", "2023-09-05", *BEFORE[4:]]
    assert main(["import", str(file), *again]) == WRONG_CALL
    assert "2023-09-04" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "a.csv", "--exam", "x", "--date", "yesterday", "--grade", "7"],
        ["import", "a.csv", *BEFORE, "--full-mark", "数学"],
        ["import", "a.csv", *BEFORE, "--full-mark", "数学=-5"],
        ["import", "a.csv", *BEFORE, "--report", "findings.txt"],
        ["value-added", "--exam", "x"],
    ],
)
def test_a_malformed_call_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == WRONG_CALL


def test_help_teaches_with_an_example() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "import", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "学籍号" in done.stdout
    assert "--full-mark" in done.stdout


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_the_help_of_every_command_opens_and_shows_an_example(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main([*command, "--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert "python -m pipeline " + (command[0] if command else "import") in said
    assert "%%" not in said


@pytest.mark.parametrize(
    "options",
    [
        ["--full-mark", "数学=120", "--full-mark", "数学=150"],
        ["--full-mark", "数学=120", "--full-mark", "math=150"],
        ["--column", "备用=数学", "--column", "备用=忽略"],
    ],
)
def test_two_values_for_one_name_are_a_wrong_call(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(tmp_path / "a.csv", HEADER + ROWS)
    assert main(["import", str(file), *BEFORE, *options]) == WRONG_CALL
    said = capsys.readouterr().err
    assert "备用" in said or "数学" in said


@pytest.mark.usefixtures("pair")
def test_a_template_never_overwrites_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = tmp_path / "filled.xlsx"
    assert main(["template", "--exam", "期末", "--out", str(filled)]) == DONE
    filled.write_bytes(b"a day of work")
    assert main(["template", "--exam", "期末", "--out", str(filled)]) == WRONG_CALL
    assert "已经存在" in capsys.readouterr().err
    assert filled.read_bytes() == b"a day of work"


@pytest.mark.usefixtures("pair")
def test_a_code_that_no_school_or_county_has_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.xlsx"
    call_ = ["template", "--exam", "期末", "--out", str(out), "--school"]
    assert main([*call_, "9999"]) == WRONG_CALL
    assert "No school has the code '9999' (known: 3, such as S1, S2, S3)" in (
        capsys.readouterr().err
    )
    assert not out.exists()
    assert main([*call_, "S2"]) == DONE
    file = str(write_csv(tmp_path / "survey.csv", "学校,Q1\nS1,3\n"))
    wrong = ["dataset", "survey", file, "--name", "Q", "--county", "XX"]
    assert main(wrong) == WRONG_CALL
    assert "没有代码为“XX”的县（已登记 1 个，如 local）" in capsys.readouterr().err


def test_publishing_a_draft_says_what_it_replaces(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write_csv(tmp_path / "a.csv", HEADER + ROWS)
    second = write_csv(
        tmp_path / "b.csv", HEADER + ROWS.replace("T0000,示例学生0,60", "T0000,示例学生0,61")
    )
    third = write_csv(tmp_path / "c.csv", HEADER + ROWS)
    call(capsys, "import", str(first), *BEFORE, "--draft", "--format", "json")
    _, answer = call(capsys, "publish", "1", "--format", "json")
    assert (answer["release"], answer["supersedes"], answer["n_changed"]) == (1, None, None)
    call(capsys, "import", str(second), *BEFORE, "--draft", "--format", "json")
    _, answer = call(capsys, "publish", "2", "--reason", "复核", "--format", "json")
    assert (answer["supersedes"], answer["reason"], answer["n_changed"]) == (1, "复核", 1)
    call(capsys, "import", str(third), *BEFORE, "--draft", "--format", "json")
    assert main(["publish", "3"]) == DONE
    said = capsys.readouterr().out
    assert "It supersedes release 2, which is kept; no reason was stated." in said
    assert "Pupils added 0, removed 0, changed 1." in said
