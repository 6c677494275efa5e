"""Two people at the same moment, and one who cannot know whether his first try stands."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import psycopg
import pytest

from core.errors import StorageError
from data.store import Store, open_store_at
from pipeline.import_scores import ImportReport, import_scores
from tests.faults.exam_files import request_for, write_exam
from tests.faults.wholeness import faults_of, published

EXAM = "期末"


def at_once(store: Store, files: list[Path]) -> list[ImportReport]:
    """Import files as one exam, all started at the same moment."""
    start = Barrier(len(files))

    def one(path: Path) -> ImportReport:
        start.wait(30)
        request = request_for(path, exam=EXAM)
        return import_scores(store, request, is_dry_run=False, actor="test")

    with ThreadPoolExecutor(len(files)) as pool:
        return list(pool.map(one, files))


def test_the_same_file_in_five_threads_becomes_one_release(
    store: Store, tmp_path: Path
) -> None:
    reports = at_once(store, [write_exam(tmp_path / "exam.csv", seed=1)] * 5)
    assert [report.release for report in reports] == [1] * 5
    assert published(store) == {EXAM: [1]}
    assert faults_of(store) == []


def test_two_files_of_one_exam_at_once_become_two_releases_in_order(
    store: Store, tmp_path: Path
) -> None:
    files = [write_exam(tmp_path / f"{seed}.csv", seed=seed) for seed in (1, 2)]
    reports = {report.release: report for report in at_once(store, files)}
    assert sorted(reports, key=str) == [1, 2]
    told = [{f.check for f in reports[number].findings} for number in (1, 2)]
    assert ["supersedes" in checks for checks in told] == [False, True]
    assert published(store) == {EXAM: [1, 2]}
    assert faults_of(store) == []


@pytest.mark.parametrize("lost", ["before the commit", "after it"])
def test_a_retry_after_an_unknown_outcome_publishes_once(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    """The connection breaks while it commits: the client cannot know what came of it."""
    request = request_for(write_exam(tmp_path / "exam.csv", seed=1), exam=EXAM)
    with monkeypatch.context() as patch:
        patch.setattr(store.database.writing.dialect, "do_commit", broken(store, lost))
        with pytest.raises(Exception, match=r"connection|not known|does not answer"):
            import_scores(store, request, is_dry_run=False, actor="test")
    assert published(store) == ({EXAM: [1]} if lost == "after it" else {})
    report = import_scores(store, request, is_dry_run=False, actor="test")
    assert report.release == 1
    assert published(store) == {EXAM: [1]}
    assert faults_of(open_store_at(store.home)) == []


def broken(store: Store, lost: str) -> Callable[[object], None]:
    dialect = store.database.writing.dialect
    commit = dialect.do_commit

    def do_commit(connection: object) -> None:
        if lost == "after it":
            commit(connection)  # type: ignore[arg-type]
        raise dialect.loaded_dbapi.OperationalError("server closed the connection")

    return do_commit


def test_an_answer_lost_after_the_commit_is_not_told_as_nothing_changed(
    postgresql_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = postgresql_store
    request = request_for(write_exam(tmp_path / "exam.csv", seed=1), exam=EXAM)
    with monkeypatch.context() as patch:
        lose_after_commit(store, patch)
        try:
            import_scores(store, request, is_dry_run=False, actor="test")
        except StorageError as error:
            told = error.message
        else:
            told = "published"
    assert published(store) == {EXAM: [1]}
    assert "Nothing was changed" not in told


def lose_after_commit(store: Store, patch: pytest.MonkeyPatch) -> None:
    """Let the database be gone from the first commit of the writing engine on."""
    committed = []
    writing, reading = store.database.writing.dialect, store.database.reading.dialect
    commit, execute = writing.do_commit, reading.do_execute

    def do_commit(connection: Any) -> None:
        commit(connection)
        committed.append(True)

    def do_execute(*arguments: Any) -> None:
        if committed:
            raise psycopg.errors.AdminShutdown("the server is going down")
        execute(*arguments)

    patch.setattr(writing, "do_commit", do_commit)
    patch.setattr(reading, "do_execute", do_execute)
