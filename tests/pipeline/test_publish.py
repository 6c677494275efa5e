"""Publishing: all of it or nothing, once for the same content, linked with its cohort."""

import os
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select

from core.errors import SettingsError, StorageError
from data.catalogue import OWN_PRIOR, baselines_of, find_exam, list_exams, read_statistic
from data.records import (
    AuditEvent,
    Exam,
    ExamSubject,
    Record,
    Release,
    StatisticSet,
    Unit,
)
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store, open_store_at
from pipeline.publish import publish
from pipeline.release_rows import stored_rows
from tests.builders import make_submission

RECORDS = (AuditEvent, Exam, ExamSubject, Release, StatisticSet, Unit)
ENTRY = date(2023, 9, 4)


def rows_of(store: Store) -> list[int]:
    """How many rows each table of the catalogue has."""
    with store.read() as session:
        return [session.scalar(select(func.count()).select_from(r)) or 0 for r in RECORDS]


def files_of(store: Store) -> set[Path]:
    """Every file of lake and staging area."""
    folders = (store.home.lake, store.home.staging)
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


def test_a_release_brings_its_statistics_and_its_roster(store: Store) -> None:
    exam = publish(store, make_submission(), actor="test")
    histogram = read_statistic(LEADERSHIP, store, exam.release_id, "score_histogram")
    assert histogram is not None
    assert histogram.groupby("subject")["n"].sum().to_dict() == {
        "chinese": 36,
        "math": 36,
        "total": 36,
    }
    assert len(stored_rows(store, exam).roster) == 36


def test_no_number_or_name_of_a_pupil_stands_in_the_lake(store: Store) -> None:
    publish(store, make_submission(), actor="test")
    content = b"".join(path.read_bytes() for path in files_of(store))
    with store.read() as session:
        for table in Record.metadata.sorted_tables:
            content += repr(session.execute(select(table)).all()).encode()
    assert b"T00007" not in content
    assert "示例学生7".encode() not in content


def test_the_same_content_is_published_once(store: Store) -> None:
    first = publish(store, make_submission(), actor="test")
    before = rows_of(store)
    assert publish(store, make_submission(), actor="test") == first
    assert rows_of(store) == before


def test_other_content_becomes_the_next_release_and_the_old_file_stays(store: Store) -> None:
    first = publish(store, make_submission(), actor="test")
    kept = files_of(store)
    second = publish(store, make_submission(seed=2), actor="test")
    assert (first.number, second.number) == (1, 2)
    assert kept < files_of(store)
    assert [exam.number for exam in list_exams(LEADERSHIP, store)] == [2]


def test_exams_of_a_cohort_are_linked_in_whatever_order_they_come(store: Store) -> None:
    later = publish(store, make_submission("期末", seed=2), actor="test")
    entry = publish(store, make_submission("入学", day=ENTRY, grade=7), actor="test")
    assert baselines_of(store, later.release_id) == (entry.release_id,)
    for kind in ("moments", "joint_histogram"):
        linked = read_statistic(
            OPERATOR,
            store,
            later.release_id,
            kind,
            baseline_release_id=entry.release_id,
            priors=OWN_PRIOR,
        )
        assert linked is not None
        assert linked[linked["subject"] == "math"]["n"].sum() == 36


def test_a_corrected_baseline_is_linked_anew(store: Store) -> None:
    publish(store, make_submission("入学", day=ENTRY, grade=7), actor="test")
    later = publish(store, make_submission("期末", seed=2), actor="test")
    corrected = publish(
        store, make_submission("入学", day=ENTRY, grade=7, seed=3), actor="test"
    )
    assert corrected.release_id in baselines_of(store, later.release_id)


def test_an_unknown_exam_is_refused_with_those_that_exist(store: Store) -> None:
    publish(store, make_submission(), actor="test")
    with pytest.raises(SettingsError, match=r"No exam is called '期中' \(exams found: 1\)"):
        find_exam(LEADERSHIP, store, "期中")


def test_a_failure_at_any_flush_leaves_the_store_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, make_submission("入学", day=ENTRY, grade=7), actor="test")
    before, kept = rows_of(store), files_of(store)
    real, calls = os.fsync, 0

    def failing(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    at = 0
    for step in range(1, 50):
        at, calls = step, 0
        try:
            publish(store, make_submission("期末"), actor="test")
        except StorageError:
            reopened = open_store_at(store.home)
            assert (rows_of(reopened), files_of(reopened)) == (before, kept)
        else:
            break
    assert at > 6  # scores, roster, four statistics, two folders were all made to fail


def test_a_failure_at_any_statement_leaves_the_store_as_it_was(store: Store) -> None:
    publish(store, make_submission("入学", day=ENTRY, grade=7), actor="test")
    before, kept = rows_of(store), files_of(store)
    at = calls = 0

    def fail(*_arguments: object) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise RuntimeError("the connection broke")

    engine: Engine = store.database.writing
    event.listen(engine, "before_cursor_execute", fail)
    for step in range(1, 60):
        at, calls = step, 0
        try:
            publish(store, make_submission("期末"), actor="test")
        except RuntimeError:
            reopened = open_store_at(store.home)
            assert (rows_of(reopened), files_of(reopened)) == (before, kept)
        else:
            break
    assert at > 8
    assert len(list_exams(LEADERSHIP, store)) == 2
