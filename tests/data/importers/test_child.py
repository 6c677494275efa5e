"""What runs inside the child: the reader by content, the report it writes."""

import io
from pathlib import Path

import pytest

from data.importers import child
from data.importers.limits import Limits
from data.importers.remarks import RefusedError
from data.importers.report import read_report
from tests.data.importers.workbooks import record, save_ole, save_workbook, xls_stream

LIMITS = Limits()
NUMBER = record(0x203, bytes(6) + b"\0\0\0\0\0\0\xf0\x3f")


def test_the_content_chooses_the_reader(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("a,b\n1,2\n")
    new = save_workbook(tmp_path / "a.xlsx")
    old = save_ole(tmp_path / "a.et", name="Workbook", data=xls_stream(NUMBER))
    found = [child.read_file(path, limits=LIMITS) for path in (text, new, old)]
    assert [report.sheets[0].text(0, 0) for report in found] == ["a", "学校名称", "1"]
    assert [[finding.check for finding in report.findings] for report in found] == [
        [], [], ["file_type"],
    ]  # fmt: skip


def test_a_workbook_under_a_wrong_name_is_read_with_a_warning(tmp_path: Path) -> None:
    report = child.read_file(save_workbook(tmp_path / "a.et"), limits=LIMITS)
    assert [(finding.severity, finding.check) for finding in report.findings] == [
        ("warning", "file_type")
    ]


@pytest.mark.parametrize(
    ("name", "data", "check"),
    [
        ("a.csv", b"", "no_data"),
        ("a.csv", b",,\n,,\n", "no_data"),
        ("a.xlsx", b"a,b\n1,2\n", "file_type"),
        ("a.csv", b"x" * ((1 << 20) + 1), "file_size"),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, name: str, data: bytes, check: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RefusedError) as refusal:
        child.read_file(path, limits=Limits(max_mb=1))
    assert refusal.value.finding.check == check


@pytest.mark.parametrize(("data", "n_sheets"), [("a,b\n1,2\n", 1), ("", 0)])
def test_the_report_holds_the_sheet_or_the_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: str, n_sheets: int
) -> None:
    monkeypatch.setattr(child, "_limit_self", lambda _: None)  # it would bind this process
    path, output = tmp_path / "a.csv", io.BytesIO()
    path.write_text(data)
    child.main(path, output, LIMITS)
    report = read_report(output.getvalue())
    assert len(report.sheets) == n_sheets
    assert [finding.check for finding in report.findings] == ["no_data"][n_sheets:]
