"""What a file is by its content: each foreign type is named, endings are compared."""

import pytest

from data.importers.file_kind import check_ending, recognise
from data.importers.remarks import RefusedError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "kind"), [(b"PK\x03\x04...", "zip"), (OLE + b"...", "ole"), (b"a,b\n1,2", "text")]
)
def test_content_decides_the_reader(data: bytes, kind: str) -> None:
    assert recognise(data) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"MZ\x90", "可执行程序"),
        (b"\x7fELF", "可执行程序"),
        (b"<html><table>", "网页"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "网页"),
        (b"<?xml version='1.0'?>", "XML"),
        (b"\x89PNG", "PNG"),
        (b"Rar!", "RAR"),
    ],
)
def test_a_foreign_type_is_refused_by_its_name(data: bytes, words: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        recognise(data)
    assert words in refusal.value.finding.message_zh
    assert "另存为 .xlsx" in refusal.value.finding.message_zh


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t"])
def test_a_blank_file_is_refused_as_empty(data: bytes) -> None:
    with pytest.raises(RefusedError, match="empty"):
        recognise(data)


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".et", ".xlsm"])
def test_text_named_as_a_workbook_is_refused(ending: str) -> None:
    with pytest.raises(RefusedError, match="CSV text"):
        check_ending("text", ending=ending)


@pytest.mark.parametrize("kind", ["zip", "ole"])
def test_a_workbook_named_as_text_is_refused(kind: str) -> None:
    with pytest.raises(RefusedError, match="an Excel workbook"):
        check_ending(kind, ending=".csv")  # type: ignore[arg-type]


def test_an_xlsm_is_refused_for_its_macros() -> None:
    with pytest.raises(RefusedError, match="macros"):
        check_ending("zip", ending=".xlsm")


@pytest.mark.parametrize(
    ("kind", "ending", "words"),
    [
        ("ole", ".xls", ".xls"),
        ("ole", ".et", "WPS"),
        ("zip", ".et", "WPS"),
        ("zip", ".xls", "xls"),
    ],
)
def test_old_and_misnamed_workbooks_are_read_with_a_warning(
    kind: str, ending: str, words: str
) -> None:
    (finding,) = check_ending(kind, ending=ending)  # type: ignore[arg-type]
    assert finding.severity == "warning"
    assert words in finding.message_zh


@pytest.mark.parametrize(
    ("kind", "ending"), [("zip", ".xlsx"), ("text", ".csv"), ("text", ".txt")]
)
def test_a_fitting_ending_needs_no_word(kind: str, ending: str) -> None:
    assert check_ending(kind, ending=ending) == []  # type: ignore[arg-type]
