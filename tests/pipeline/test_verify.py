"""Verifying a store: whole when it is, and every fault named with what to do."""

import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlalchemy import text, update

from data import lake
from data.audit_anchor import anchor_path
from data.catalogue import ExamRelease, list_exams
from data.database import engines_of
from data.engine.duckdb_engine import DuckDBEngine
from data.home import Home
from data.publication import StoredStatistic, add_statistics
from data.records import Release
from data.roster import FILE_NAME as ROSTER
from data.roster import seal_roster
from data.scope import OPERATOR
from data.store import Store
from pipeline.link_exams import link_exams
from pipeline.publish import publish
from pipeline.release_rows import stored_rows
from pipeline.subject_moments import linked_subject_moments, subject_moments
from pipeline.verify import VerifyReport, verify_store
from tests.builders import make_submission

ENTRY = date(2023, 9, 4)


@pytest.fixture
def published(sqlite_store: Store) -> Store:
    """Give a store with two linked exams and every kind of statistic."""
    return filled(sqlite_store)


def filled(store: Store) -> Store:
    baseline = publish(store, make_submission("入学", day=ENTRY, grade=7), actor="test")
    current = publish(store, make_submission(seed=2), actor="test")
    subject_moments(OPERATOR, store, current)
    linked_subject_moments(OPERATOR, store, current, baseline)
    link_exams(OPERATOR, store, current, baseline, priors=["chinese"])
    link_exams(OPERATOR, store, current, baseline, priors=["chinese", "math"])
    return store


def exam_of(store: Store) -> ExamRelease:
    return next(e for e in list_exams(OPERATOR, store) if e.name == "期末")


def said(report: VerifyReport) -> list[tuple[str, str]]:
    return [(f.severity, f.check) for f in report.findings]


def test_a_whole_store_has_no_finding_and_every_part_was_checked(store: Store) -> None:
    report = verify_store(filled(store), recompute=True)
    assert report.findings == ()
    assert report.is_whole
    assert dict(report.checked) == {
        "catalogue": 1,
        "database": 1,
        "records": 1,
        "keys": 3,
        "events": 6,
        "releases": 2,
        "statistics": 13,
        "lake": 1,
        "leftovers": 3,
        "recomputed": 13,
    }
    assert report.head.id == 6


def test_a_superseded_release_is_checked_but_not_recomputed(published: Store) -> None:
    publish(published, make_submission(seed=3), actor="test")
    report = verify_store(published, recompute=True)
    assert report.findings == ()
    assert report.checked["releases"] == 3
    assert report.checked["recomputed"] < report.checked["statistics"]


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def a_file_of_scores_is_changed(store: Store) -> None:
    damage(store.home.lake / exam_of(store).bundle / "scores.parquet")


def a_statistic_is_missing(store: Store) -> None:
    (store.home.lake / exam_of(store).bundle / "state_count.parquet").unlink()


def a_roster_is_changed(store: Store) -> None:
    damage(store.home.lake / exam_of(store).bundle / ROSTER)


def a_roster_is_missing(store: Store) -> None:
    (store.home.lake / exam_of(store).bundle / ROSTER).unlink()


def a_pupil_is_not_in_the_roster(store: Store) -> None:
    exam = exam_of(store)
    sealed = seal_roster(store.home, stored_rows(store, exam).roster[1:], bundle=exam.bundle)
    (store.home.lake / exam.bundle / ROSTER).write_bytes(sealed.token)
    with store.write() as session, session.begin():
        session.execute(update(Release).values(roster_digest=sealed.digest))


def a_bundle_is_left_over(store: Store) -> None:
    (store.home.lake / ("0" * 32)).mkdir()


def a_key_may_be_read_by_others(store: Store) -> None:
    (store.home.keys / "roster.key").chmod(0o644)


def the_anchor_is_missing(store: Store) -> None:
    anchor_path(store.home).unlink()


def the_triggers_are_dropped(store: Store) -> None:
    with store.write() as session, session.begin():
        session.execute(text("DROP TRIGGER audit_event_no_update"))


def the_rows_are_counted_wrongly(store: Store) -> None:
    with store.write() as session, session.begin():
        session.execute(update(Release).values(n_rows=37, rows_sha256=None))


def the_seal_of_the_rows_is_another(store: Store) -> None:
    with store.write() as session, session.begin():
        session.execute(update(Release).values(rows_sha256="0" * 64))


@pytest.mark.parametrize(
    ("fault", "expected", "words"),
    [
        (a_file_of_scores_is_changed, "error releases", "was changed after it was published"),
        (a_statistic_is_missing, "error statistics", "state_count.parquet is missing"),
        (a_roster_is_changed, "error roster", r"The roster of 期末 \(1\) does not open"),
        (a_roster_is_missing, "error roster", r"The roster of 期末 \(1\) does not open"),
        (a_pupil_is_not_in_the_roster, "error roster", "who are not in its roster: 1. Restore"),
        (a_bundle_is_left_over, "warning lake", r"does not name: 1 \(such as 0{32}\)"),
        (a_key_may_be_read_by_others, "warning keys", "roster.key has mode 644, 600 is"),
        (the_anchor_is_missing, "error audit_anchor", "keys/audit.head is missing"),
        (the_triggers_are_dropped, "warning audit_triggers", "triggers that keep audit events"),
        (the_rows_are_counted_wrongly, "error releases", "has 36 rows, the catalogue says 37"),
        (the_seal_of_the_rows_is_another, "error releases", "not those that were sealed"),
    ],
)
def test_each_fault_is_named_with_what_to_do(
    sqlite_store: Store, fault: Callable[[Store], None], expected: str, words: str
) -> None:
    store = sqlite_store
    publish(store, make_submission(), actor="test")
    fault(store)
    report = verify_store(store)
    assert not report.is_whole
    # What of them is changed in the catalogue is told as such too.
    [finding] = [f for f in report.findings if f.check != "audit_records"]
    assert f"{finding.severity} {finding.check}" == expected
    assert re.search(words, finding.message_en)
    assert finding.message_zh not in ("", finding.message_en)


def test_faults_of_several_parts_are_all_told(published: Store) -> None:
    for fault in (
        a_file_of_scores_is_changed,
        a_statistic_is_missing,
        a_roster_is_missing,
        the_triggers_are_dropped,
    ):
        fault(published)
    report = verify_store(published, recompute=True)
    assert {check for _, check in said(report)} == {
        "audit_triggers",
        "releases",
        "roster",
        "statistics",
    }


def test_a_statistic_that_its_rows_do_not_give_is_found_by_recomputing(
    sqlite_store: Store,
) -> None:
    store = sqlite_store
    exam = publish(store, make_submission(), actor="test")
    table = pq.read_table(store.home.lake / exam.bundle / "score_histogram.parquet")
    with lake.new_bundle(store.home) as bundle:
        wrong = bundle.add_table("score_histogram.parquet", table.slice(1))
        bundle.seal(store.home)
        statistic = StoredStatistic("score_histogram", wrong, release_id=exam.release_id)
        add_statistics(store, [statistic], release_id=exam.release_id, actor="test")
    assert verify_store(store).is_whole
    [finding] = verify_store(store, recompute=True).findings
    rows = table.num_rows
    assert f"rows {rows - 1}) is not what the rows of its release give now (rows {rows})" in (
        finding.message_en
    )


def test_a_tampered_trail_is_told_with_the_other_parts(published: Store) -> None:
    with published.write() as session, session.begin():
        session.execute(text("DROP TRIGGER audit_event_no_update"))
        session.execute(text("UPDATE audit_event SET actor = 'another' WHERE id = 2"))
    report = verify_store(published)
    assert ("error", "audit_chain") in said(report)
    assert report.checked["statistics"] == 13


def unopened(home: Home) -> Store:
    return Store(home, engines_of(home), DuckDBEngine())


def test_a_folder_without_a_store_is_told_and_stays_as_it_was(tmp_path: Path) -> None:
    store = unopened(Home(tmp_path / "nothing"))
    report = verify_store(store)
    assert ("error", "catalogue") in said(report)
    assert [check for _, check in said(report)].count("keys") == 3
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 4080])
def test_a_catalogue_that_is_none_is_told(sqlite_store: Store, content: bytes) -> None:
    publish(sqlite_store, make_submission(), actor="test")
    sqlite_store.close()
    for path in sqlite_store.home.root.glob("catalogue.sqlite*"):
        path.unlink()
    sqlite_store.home.database.write_bytes(content)
    [finding] = verify_store(unopened(sqlite_store.home)).findings
    assert (finding.severity, finding.check) == ("error", "catalogue")


@pytest.mark.parametrize("flips", [10, pytest.param(400, marks=pytest.mark.slow)])
def test_flipped_bits_of_the_catalogue_never_raise(sqlite_store: Store, flips: int) -> None:
    """SQLite finds two thirds of them; whatever it says, the answer is a report."""
    publish(sqlite_store, make_submission(), actor="test")
    sqlite_store.close()
    home = sqlite_store.home
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    whole = home.database.read_bytes()
    chance, n_found = random.Random(20261122), 0  # noqa: S311
    for _ in range(flips):
        broken = bytearray(whole)
        broken[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        home.database.write_bytes(broken)
        store = unopened(home)
        n_found += not verify_store(store).is_whole
        store.close()
        for path in home.root.glob("catalogue.sqlite-*"):
            path.unlink()
    assert n_found > 0


def test_missing_folders_and_keys_are_findings(published: Store) -> None:
    shutil.rmtree(published.home.lake)
    shutil.rmtree(published.home.keys)
    report = verify_store(published, recompute=True)
    checks = {check for _, check in said(report)}
    assert checks >= {"keys", "releases", "statistics"}
    assert [check for _, check in said(report)].count("keys") == 3


def test_a_missing_key_is_told_once_as_missing(published: Store) -> None:
    (published.home.keys / "roster.key").unlink()
    findings = verify_store(published).findings
    [finding] = [f for f in findings if f.check == "keys"]
    assert finding.message_en.startswith("The key file keys/roster.key is missing.")
    assert finding.message_zh.startswith("缺少密钥文件 keys/roster.key。")
