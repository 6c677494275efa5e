"""``import --report``: proved before anything is published, and never answered falsely."""

from pathlib import Path

import openpyxl
import pytest

from pipeline.__main__ import DONE, FAILED, WRONG_CALL, main
from tests.builders import write_csv

TEXT = "学校代码,学校名称,班级,学籍号,姓名,语文\nS1,示例校,1班,T0001,示例学生,60\n"
EXAM = ["--exam", "期末", "--date", "2026-06-28", "--grade", "9", "--full-mark", "语文=100"]


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUNSHENG_HOME", str(tmp_path / "home"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a file without a fault."""
    return write_csv(tmp_path / "a.csv", TEXT)


def exams(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["exams"]) == DONE
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["nowhere/x.xlsx", "folder.xlsx"])
def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(
    name: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    assert main(["import", str(file), *EXAM, "--report", str(tmp_path / name)]) == WRONG_CALL
    said = capsys.readouterr().err
    assert "cannot be written" in said
    assert "无法写入" in said
    assert main(["exams"]) == WRONG_CALL  # not even a store was made


def test_a_report_never_overwrites_the_imported_file(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = str(tmp_path / "." / "home" / ".." / "a.xlsx")
    file = file.rename(tmp_path / "a.xlsx")
    (tmp_path / "home").mkdir()
    assert main(["import", str(file), *EXAM, "--report", same]) == WRONG_CALL
    assert "another name" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == TEXT


def test_a_wrong_call_leaves_no_empty_report(file: Path, tmp_path: Path) -> None:
    report = tmp_path / "x.xlsx"
    wrong = [*EXAM, "--full-mark", "总分=100", "--report", str(report)]
    assert main(["import", str(file), *wrong]) == WRONG_CALL
    assert not report.exists()
    assert main(["import", str(file), *EXAM, "--report", str(report)]) == DONE
    assert openpyxl.load_workbook(report).active is not None


def test_a_disk_that_fails_after_the_publication_is_told_as_that(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    report, write = tmp_path / "x.xlsx", Path.write_bytes

    def fail(path: Path, content: bytes) -> int:
        if path == report:
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", fail)
    call = ["import", str(file), *EXAM, "--report", str(report)]
    assert main(call) == FAILED
    told = capsys.readouterr()
    assert "Published as release 1" in told.out
    assert "what is said above stands" in told.err
    assert "期末" in exams(capsys)
