"""Files changed at random: a sheet or a finding comes back, never an error."""

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from core.findings import Finding
from data.importers.child import read_file
from data.importers.limits import Limits
from data.importers.remarks import RefusedError
from data.importers.report import Report
from data.store import Store
from tests.corpus.attempt import attempt, content_of
from tests.corpus.case import Case
from tests.corpus.mutations import CUTS, EDITS, FLIPS, Edit, edited, flipped
from tests.corpus.old_book import old_workbook
from tests.corpus.other_files import separated
from tests.corpus.pupils import good_rows, secrets, with_cells
from tests.corpus.workbook_xml import (
    DAY,
    Parts,
    SheetOf,
    error,
    formula,
    packed,
    parts_of,
    styled,
)
from tests.data.importers.workbooks import save_workbook

FEW, MANY = 36, 2000  # together with the texts and the old workbooks 200 a run
few = settings(max_examples=FEW, suppress_health_check=[HealthCheck.too_slow])
many = settings(max_examples=MANY, suppress_health_check=[HealthCheck.too_slow])
LIMITS = Limits()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module", params=["library", "several sheets"])
def parts(folder: Path, request: pytest.FixtureRequest) -> Parts:
    """Give the parts of a workbook as libraries write it, and of one with odd sheets."""
    if request.param == "several sheets":
        hidden = SheetOf("旧", good_rows(), state="hidden")
        odd = with_cells("数学", {3: formula("1+1", "2"), 4: error("#N/A"), 5: styled(1, DAY)})
        return parts_of([SheetOf("成绩", good_rows()), hidden, SheetOf("二", odd)])
    path = save_workbook(folder / "good.xlsx", rows=good_rows())
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


GOOD_FILES: dict[str, Callable[[], bytes]] = {
    ".csv": lambda: separated().encode(),
    ".txt": lambda: separated(separator="\t").encode("gb18030"),
    ".xls": lambda: old_workbook(good_rows()),
}


def assert_read(path: Path, data: bytes) -> None:
    """Read in this process; the guard stands before all that could end it."""
    path.write_bytes(data)
    try:
        report = read_file(path, limits=LIMITS)
    except RefusedError as refusal:
        report = Report([], [refusal.finding])
    assert report.sheets or report.findings[0].severity == "error"
    assert_fit_to_show(report.findings, path=path)


def assert_fit_to_show(findings: Iterable[Finding], *, path: Path) -> None:
    for finding in findings:
        text = finding.message_zh + finding.message_en
        assert finding.message_zh
        assert finding.message_en
        assert str(path.parent) not in text
        assert not any(secret in text for secret in secrets())
        assert text.isprintable()


@few
@given(edits=EDITS)
def test_an_edited_workbook_is_read_or_refused(
    folder: Path, parts: Parts, edits: list[Edit]
) -> None:
    assert_read(folder / "edited.xlsx", packed(edited(parts, edits)))


@few
@given(flips=FLIPS)
def test_flipped_bytes_are_read_or_refused(
    folder: Path, parts: Parts, flips: list[tuple[int, int]]
) -> None:
    assert_read(folder / "flipped.xlsx", flipped(packed(parts), flips))


@pytest.mark.parametrize("ending", GOOD_FILES)
@settings(max_examples=20)
@given(flips=FLIPS, cut=CUTS)
def test_changed_texts_and_old_workbooks_are_read_or_refused(
    folder: Path, ending: str, flips: list[tuple[int, int]], cut: int
) -> None:
    data = GOOD_FILES[ending]()
    assert_read(folder / f"changed{ending}", flipped(data, flips)[: cut % len(data) + 1])


@settings(max_examples=2)
@given(edits=EDITS, flips=FLIPS)
def test_a_changed_file_is_imported_whole_or_not_at_all(
    folder: Path, kept: Store, parts: Parts, edits: list[Edit], flips: list[tuple[int, int]]
) -> None:
    assert_imported_or_unchanged(folder, kept, packed(edited(parts, edits)))
    assert_imported_or_unchanged(folder, kept, flipped(packed(parts), flips))


@pytest.mark.slow
@many
@given(edits=EDITS)
def test_many_edited_workbooks(folder: Path, parts: Parts, edits: list[Edit]) -> None:
    assert_read(folder / "edited.xlsx", packed(edited(parts, edits)))


@pytest.mark.slow
@many
@given(flips=FLIPS, cut=CUTS)
def test_many_flipped_workbooks(
    folder: Path, parts: Parts, flips: list[tuple[int, int]], cut: int
) -> None:
    data = packed(parts)
    end = len(data) - cut % 64 if cut % 2 else len(data)
    assert_read(folder / "flipped.xlsx", flipped(data, flips)[:end])


@pytest.mark.slow
@pytest.mark.parametrize("ending", GOOD_FILES)
@many
@given(flips=FLIPS, cut=CUTS)
def test_many_changed_texts_and_old_workbooks(
    folder: Path, ending: str, flips: list[tuple[int, int]], cut: int
) -> None:
    data = GOOD_FILES[ending]()
    end = cut % len(data) + 1 if cut % 3 == 0 else len(data)
    assert_read(folder / f"changed{ending}", flipped(data, flips)[:end])


@pytest.mark.slow
@settings(max_examples=300)
@given(edits=EDITS)
def test_many_edited_workbooks_are_imported_whole_or_not_at_all(
    folder: Path, kept: Store, parts: Parts, edits: list[Edit]
) -> None:
    assert_imported_or_unchanged(folder, kept, packed(edited(parts, edits)))


def assert_imported_or_unchanged(folder: Path, store: Store, data: bytes) -> None:
    """Import by the real child; what is refused leaves the store as it was."""
    case = Case("fuzz", "", "fuzz.xlsx", lambda: data, "reject")
    before = content_of(store)
    report = attempt(store, case, folder=folder)
    assert_fit_to_show(report.findings, path=folder / case.file)
    if report.outcome == "reject":
        assert report.findings
        assert content_of(store) == before
    else:
        assert report.release is not None
        assert report.n_refused == 0
