"""A reader that aborts, sleeps or asks for all memory is a finding; the next file is read."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data.importers.limits import Limits
from data.importers.read_file import read_sheet
from tests.corpus.pupils import good_rows
from tests.corpus.workbook_xml import workbook

LIMITS = Limits(seconds=1, memory_mb=512)
_LIMITED = (
    "import os, sys, time; from data.importers import child; "
    "from data.importers.limits import Limits; "
    f"child._limit_self(Limits(seconds={LIMITS.seconds}, memory_mb={LIMITS.memory_mb})); "
)
FAULTS = {
    "aborts": "os.abort()",
    "allocates 4 GB": "bytes(4 << 30)",
    "computes for ever": "exec('while True: pass')",
    "ends without a word": "os._exit(0)",
    "fails": "raise ValueError",
    "writes without end": "exec('while True: sys.stdout.buffer.write(bytes(1 << 20))')",
    "writes nonsense": "sys.stdout.buffer.write(b'\\xff' * 5000)",
}


def read_by(path: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a file while the child runs other code under the same limits; expect a finding."""
    real = subprocess.run

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        assert command[0] == sys.executable
        done: subprocess.CompletedProcess[bytes] = real(
            [sys.executable, "-c", _LIMITED + code], **options
        )
        return done

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", run)
        reading = read_sheet(path, limits=LIMITS)
    assert reading.sheet is None
    (finding,) = reading.findings
    assert (finding.severity, finding.check) == ("error", "unreadable")
    assert "文件无法解析" in finding.message_zh
    assert "1 秒、512 MB" in finding.message_zh
    assert str(path.parent) not in finding.message_zh + finding.message_en


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xlsx"
    path.write_bytes(workbook(good_rows()))
    return path


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reader_that_fails_is_a_finding(
    good: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by(good, FAULTS[fault], monkeypatch)
    assert read_sheet(good, limits=Limits()).sheet is not None


@pytest.mark.slow
def test_a_reader_that_sleeps_is_ended_by_the_clock(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by(good, "time.sleep(60)", monkeypatch)
