"""Hostile archives are refused by their directory, before anything is unpacked."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from data.importers.container import open_container
from data.importers.limits import Limits
from data.importers.remarks import RefusedError
from tests.data.importers.workbooks import change_parts, save_workbook

LIMITS = Limits()


def refusal_of(data: bytes, *, limits: Limits = LIMITS) -> str:
    with pytest.raises(RefusedError) as refusal:
        open_container(data, limits=limits)
    return refusal.value.finding.check


def archive_of(names: list[str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return buffer.getvalue()


def test_an_honest_workbook_is_opened(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "a.xlsx")
    with open_container(path.read_bytes(), limits=LIMITS) as archive:
        assert "xl/workbook.xml" in archive.namelist()


def test_a_cut_archive_is_damaged(tmp_path: Path) -> None:
    data = save_workbook(tmp_path / "a.xlsx").read_bytes()
    assert refusal_of(data[: len(data) // 2]) == "damaged"


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "a.xlsx")
    change_parts(path, added={"xl/sharedStrings2.xml": bytes(4 << 20)})
    assert refusal_of(path.read_bytes()) == "archive_size"


@pytest.mark.parametrize(
    "limits", [Limits(max_entries=3), Limits(max_part_mb=0), Limits(max_unpacked_mb=0)]
)
def test_size_limits_of_the_archive_are_kept(tmp_path: Path, limits: Limits) -> None:
    data = save_workbook(tmp_path / "a.xlsx").read_bytes()
    assert refusal_of(data, limits=limits) == "archive_size"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["xl/workbook.xml", "XL/Workbook.xml"])
def test_two_parts_of_one_name_are_refused(second: str) -> None:
    assert refusal_of(archive_of(["xl/workbook.xml", second])) == "archive_size"


def test_parts_that_overlap_are_refused() -> None:
    data = bytearray(archive_of(["a.xml", "b.xml"]))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)  # the second entry points to the first part
    assert refusal_of(bytes(data)) == "archive_size"


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/x", "a\\b.xml", "C:/x.xml", "a\x01.xml"]
)
def test_a_path_out_of_the_archive_is_refused(name: str) -> None:
    assert refusal_of(archive_of([name])) == "archive_path"


def test_a_symbolic_link_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, b"/etc/passwd")
    assert refusal_of(buffer.getvalue()) == "archive_path"


def test_an_encrypted_part_asks_to_remove_the_password() -> None:
    data = bytearray(archive_of(["xl/workbook.xml"]))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert refusal_of(bytes(data)) == "password"


def test_an_unknown_compression_is_damaged() -> None:
    data = bytearray(archive_of(["xl/workbook.xml"]))
    struct.pack_into("<H", data, data.rindex(b"PK\x01\x02") + 10, 12)
    assert refusal_of(bytes(data)) == "damaged"


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(tmp_path: Path, name: str) -> None:
    path = change_parts(save_workbook(tmp_path / "a.xlsx"), added={name: b"<x/>"})
    assert refusal_of(path.read_bytes()) == "macro"


@pytest.mark.parametrize(
    "name", ["word/document.xml", "content.xml", "xl/workbook.bin", "a.txt"]
)
def test_other_documents_are_refused(name: str) -> None:
    assert refusal_of(archive_of(["[Content_Types].xml", name])) == "file_type"
