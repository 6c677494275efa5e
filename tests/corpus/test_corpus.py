"""Every faulty file has its right outcome; a refused one leaves the store as it was."""

import re
import time
from pathlib import Path

import pytest

from data.store import Store
from pipeline.import_scores import ImportReport
from tests.corpus import (
    container_cases,
    identity_cases,
    large_cases,
    structure_cases,
    text_cases,
    value_cases,
)
from tests.corpus.attempt import attempt, content_of, words_of
from tests.corpus.case import Case
from tests.corpus.container_cases import GOOD
from tests.corpus.inside import read_inside
from tests.corpus.pupils import N_PUPILS, secrets

HOSTILE = container_cases.CASES
TABLES = (
    *text_cases.CASES,
    *structure_cases.CASES,
    *value_cases.CASES,
    *identity_cases.CASES,
)
MOST_SECONDS = 25  # beyond it the parent ends the reader
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A name of the code, or a hole where a value should stand.
_FIELD = re.compile(r"\b(?:[a-z]+(?:_[a-z0-9]+)+)\b|  |，，|。。")
_PATH = re.compile(r"(?:/[a-z_]+){2,}|\\\\|[A-Z]:\\|\.py\b")


def id_of(case: Case) -> str:
    return case.id


@pytest.mark.parametrize("case", HOSTILE, ids=id_of)
def test_a_hostile_file_has_its_right_outcome(case: Case, kept: Store, tmp_path: Path) -> None:
    assert_case(case, kept, folder=tmp_path)


@pytest.mark.parametrize("case", TABLES, ids=id_of)
def test_a_faulty_table_has_its_right_outcome(
    case: Case, kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_inside(monkeypatch)
    assert_case(case, kept, folder=tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("case", TABLES, ids=id_of)
def test_a_faulty_table_is_read_by_the_child(case: Case, kept: Store, tmp_path: Path) -> None:
    assert_case(case, kept, folder=tmp_path)


def assert_case(case: Case, store: Store, *, folder: Path) -> None:
    """Check outcome and words; a refused file is given in earnest, others as a dry run."""
    before = content_of(store)
    report = attempt(store, case, folder=folder, is_dry_run=case.expected != "reject")
    assert_right(case, report, folder=folder)
    if report.outcome == "reject" or case.expected != "reject":
        assert content_of(store) == before


@pytest.mark.slow
@pytest.mark.parametrize("case", large_cases.CASES, ids=id_of)
def test_a_large_file_has_its_right_outcome(case: Case, kept: Store, tmp_path: Path) -> None:
    start = time.monotonic()
    report = attempt(kept, case, folder=tmp_path)
    assert report.outcome != "reject" or time.monotonic() - start < MOST_SECONDS
    assert_right(case, report, folder=tmp_path)


def assert_right(case: Case, report: ImportReport, *, folder: Path) -> None:
    words = words_of(report)
    assert report.outcome in (case.expected, *case.also_ok), words
    if report.outcome == case.expected:
        absent = [w for w in case.words if not any(one in words for one in w.split("|"))]
        assert absent == [], words
        if case.good is not None:
            found = (report.n_rows - report.n_refused, report.n_refused)
            assert found == (case.good, case.bad), words
    assert_fit_to_show(report, folder=folder)


def assert_fit_to_show(report: ImportReport, *, folder: Path) -> None:
    for finding in report.findings:
        text = f"{finding.message_zh} {finding.message_en} {finding.value or ''}"
        assert _HAN.search(finding.message_zh)
        assert "Traceback" not in text
        assert str(folder) not in text
        assert not _PATH.search(text), text
        assert not _FIELD.search(f"{finding.message_zh} {finding.message_en}"), text
        assert [secret for secret in secrets() if secret in text] == []


def test_the_good_file_imports_after_all_the_others(kept: Store, tmp_path: Path) -> None:
    report = attempt(kept, GOOD, folder=tmp_path, exam="after")
    assert (report.outcome, report.n_rows) == ("accept", N_PUPILS)
    assert report.release is not None


def test_the_good_file_twice_doubles_nothing(kept: Store, tmp_path: Path) -> None:
    before = content_of(kept)
    again = attempt(kept, GOOD, folder=tmp_path, exam="good")
    assert (again.is_new, again.release) == (False, 1)
    assert content_of(kept) == before


def test_every_case_has_its_own_name() -> None:
    keys = [case.id for case in (*HOSTILE, *TABLES, *large_cases.CASES)]
    assert len(set(keys)) == len(keys) >= 141
