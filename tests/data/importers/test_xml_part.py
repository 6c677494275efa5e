"""XML parts: no DTD, no damage, no more bytes than declared."""

import io
import zipfile

import pytest

from data.importers.remarks import RefusedError
from data.importers.xml_part import Budget, is_markup, scan_part

LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def archive_with(name: str, data: bytes) -> zipfile.ZipFile:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, data)
    return zipfile.ZipFile(buffer)


def refusal_of(name: str, data: bytes, *, n_bytes: int = 1 << 20) -> str:
    with archive_with(name, data) as archive, pytest.raises(RefusedError) as refusal:
        scan_part(archive, name, on_start=None, budget=Budget(n_bytes))
    return refusal.value.finding.check


def test_elements_arrive_with_their_attributes() -> None:
    seen: list[tuple[str, dict[str, str]]] = []
    with archive_with("a.xml", b'<a><b c="1"/></a>') as archive:
        scan_part(archive, "a.xml", on_start=lambda *tag: seen.append(tag), budget=Budget(100))
    assert seen == [("a", {}), ("b", {"c": "1"})]


@pytest.mark.parametrize("name", ["a.xml", "a.rels", "drawing.vml"])
def test_a_dtd_is_refused_in_any_part(name: str) -> None:
    assert refusal_of(name, LAUGHS) == "xml_entities"


def test_a_dtd_in_another_encoding_is_refused() -> None:
    assert refusal_of("a.xml", LAUGHS.decode().encode("utf-16")) == "xml_entities"


@pytest.mark.parametrize(
    "data", [b"<a>", b"<a></b>", b"<?xml version='1.0' encoding='no'?><a/>"]
)
def test_malformed_xml_is_damaged(data: bytes) -> None:
    assert refusal_of("a.xml", data) == "damaged"


@pytest.mark.parametrize("encoding", ["gb18030", "latin-1", "utf-32", "x"])
def test_encodings_that_workbooks_do_not_have_are_damage(encoding: str) -> None:
    data = f"<?xml version='1.0' encoding='{encoding}'?><a/>".encode()
    assert refusal_of("a.xml", data) == "damaged"


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8", "UTF-16"])
def test_encodings_of_workbooks_are_read(encoding: str) -> None:
    seen: list[str] = []
    data = f"<?xml version='1.0' encoding='{encoding}'?><a/>".encode(encoding)
    with archive_with("a.xml", data) as archive:
        scan_part(
            archive, "a.xml", on_start=lambda tag, _: seen.append(tag), budget=Budget(200)
        )
    assert seen == ["a"]


def test_old_drawings_may_be_loose_html() -> None:
    budget = Budget(100)
    with archive_with("a.vml", b"<xml><br></xml>") as archive:
        scan_part(archive, "a.vml", on_start=None, budget=budget)
    assert budget.bytes_left == 100 - len(b"<xml><br></xml>")  # it was read to its end


def test_the_budget_of_bytes_is_kept() -> None:
    assert refusal_of("a.xml", b"<a>" + b" " * 5000 + b"</a>", n_bytes=1000) == "archive_size"


def test_wrong_checksums_are_damaged() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.xml", b"<a>text</a>")
    data = buffer.getvalue().replace(b"text", b"tent", 1)
    with zipfile.ZipFile(io.BytesIO(data)) as archive, pytest.raises(RefusedError) as refusal:
        scan_part(archive, "a.xml", on_start=None, budget=Budget(100))
    assert refusal.value.finding.check == "damaged"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.xml", b"", True),
        ("a.dat", b"  <a/>", True),
        ("a.dat", "<a/>".encode("utf-16"), True),
        ("a.png", b"\x89PNG", False),
    ],
)
def test_markup_is_recognised_by_name_or_start(name: str, data: bytes, expected: bool) -> None:
    with archive_with(name, data) as archive:
        assert is_markup(archive, name) is expected
