"""Tampering past the program, by somebody who has database and files but no key: all found.

Every figure, name and right that the program gives rests on records of the catalogue, and every
record on an event of the audit trail.
"""

import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from core.errors import DataError
from data.bound_check import check_records
from data.cases import NewCase, add_case
from data.catalogue import ExamRelease, list_releases
from data.column_names import remember_columns
from data.dataset_publication import NewDataset, publish_dataset
from data.decisions import NewDecision, add_decision
from data.policy_versions import NewPolicy, add_policy, submit_policy
from data.pupils import Roster, identities_of, pupils_of, save_roster
from data.records import AuditEvent, Exam, Pupil, Release
from data.roster import FILE_NAME as ROSTER
from data.roster import name_hashes, number_hashes
from data.scope import OPERATOR, Scope
from data.seal import rows_digest
from data.store import Store
from pipeline.check_scores import ImportRequest
from pipeline.delete_pupil import delete_pupil
from pipeline.drafts import DRAFT_FILE, publish_drafts, undo_draft
from pipeline.import_scores import draft_scores, import_scores
from pipeline.organisation import LOCAL_COUNTY
from pipeline.publish import publish
from pipeline.release_rows import stored_rows
from pipeline.rotate_keys import rotate_keys
from pipeline.verify import verify_store
from tests.builders import make_scores, make_submission
from tests.data.trails import drop_triggers

HEAD = "学校代码,学校名称,班级,学籍号,姓名,语文,数学\n"
CLERK = Scope("clerk", ("S01",))


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """Give a store with a record of every kind, written by the program."""
    publish(store, make_submission("入学", day=date(2023, 9, 4), grade=7), actor="test")
    publish(store, make_submission(seed=2), actor="test")
    publish(store, make_submission(seed=3), actor="test")
    save_roster(store, roster(store), actor="test")
    keep_draft(store, tmp_path, "S01")
    moved = pseudonym(store, "T00001")
    moves = pd.DataFrame([[moved, "2026-03-01", "between", "S01", "S02"]])
    moves.columns = pd.Index(["pupil", "moved_on", "kind", "from_school", "to_school"])
    new = NewDataset(LOCAL_COUNTY, "moves", "异动", None, "1", moves, has_moves=True)
    publish_dataset(store, new, actor="test")
    remember_columns(
        store, county=LOCAL_COUNTY, kind="scores", mapping={"数": "数学"}, actor="test"
    )
    decision = NewDecision(LOCAL_COUNTY, "S01", "rule", "1", "low", "dismissed", "理由")
    number = add_decision(store, decision, actor="test")
    add_case(
        store, NewCase(LOCAL_COUNTY, "S01", "t", "s", "x", decision_id=number), actor="test"
    )
    policy = NewPolicy(LOCAL_COUNTY, "weights", "权重", "a = 1", "理由")
    submit_policy(store, add_policy(store, policy, actor="test"), actor="test")
    return store


def roster(store: Store) -> Roster:
    scores = make_scores()
    numbers, names = number_hashes(store.home), name_hashes(store.home)
    pupils = scores[["pupil_number", "exam_number", "pupil_name", "class_name"]].assign(
        school=scores["school_code"],
        grade=9,
        pupil=numbers(scores["pupil_number"].tolist()).array,
        exam_pupil=pd.array([None] * len(scores), dtype="Int64"),
        name_hash=names(scores["pupil_name"].tolist()).array,
    )
    return Roster(LOCAL_COUNTY, pupils, make_submission().units)


def pseudonym(store: Store, number: str) -> int:
    return int(number_hashes(store.home)([number]).iloc[0])


def keep_draft(store: Store, folder: Path, school: str) -> int:
    rows = [f"{school},{school},1班,{school}{i:05d},学生甲,{60 + i},80" for i in range(12)]
    path = folder / f"{school}.csv"
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    asked = ImportRequest(path, "期中", date(2026, 4, 28), 8, None, {}, school=school)
    report = draft_scores(store, asked, actor="clerk")
    assert report.batch is not None
    return report.batch


def newest(store: Store) -> ExamRelease:
    releases = [r for r in list_releases(OPERATOR, store) if r.name == "期末"]
    return max(releases, key=lambda release: release.number)


def said(session: Session) -> list[str]:
    return [f.message_en for f in check_records(session)]


TAMPERINGS = {
    "a line of a subject": "UPDATE exam_subject SET pass_line = 1 WHERE release_id = 2",
    "a full mark": "UPDATE exam_subject SET full_mark = 1 WHERE id = 1",
    "a subject more": "INSERT INTO exam_subject SELECT 99, 2, 'x', name, 9, full_mark, "
    "excellent_line, good_line, pass_line, low_line FROM exam_subject WHERE id = 1",
    "a subject less": "DELETE FROM exam_subject WHERE id = 1",
    "an exam's day": "UPDATE exam SET held_on = '2020-01-01' WHERE id = 1",
    "an exam's grade": "UPDATE exam SET grade = 8 WHERE id = 2",
    "an exam's name": "UPDATE exam SET name = 'x' WHERE id = 2",
    "an exam without release": "INSERT INTO exam SELECT 99, county, 'x', held_on, grade, stage,"
    " cohort, is_demonstration, source, licence FROM exam WHERE id = 1",
    "the extent of a correction": "UPDATE release SET n_changed = 0 WHERE id = 3",
    "the reason of a correction": "UPDATE release SET reason = 'x' WHERE id = 3",
    "the moment of a release": "UPDATE release SET published_at = '2020-01-01' WHERE id = 3",
    "the deletions of a release": "UPDATE release SET n_deleted = 5 WHERE id = 1",
    "what a release supersedes": "UPDATE release SET supersedes_id = 1 WHERE id = 3",
    "a hash of scores": "UPDATE release SET scores_sha256 = 'x' WHERE id = 3",
    "a seal of rows": "UPDATE release SET rows_sha256 = NULL WHERE id = 3",
    "a digest of a roster": "UPDATE release SET roster_digest = NULL WHERE id = 3",
    "the current release": "UPDATE release SET number = 9 WHERE id = 2; "
    "UPDATE release SET number = 1 WHERE id = 3; UPDATE release SET number = 2 WHERE id = 2",
    "a bundle": "UPDATE release SET bundle = 'x' WHERE id = 1",
    "a hash of a statistic": "UPDATE statistic_set SET sha256 = 'x' WHERE id = 2",
    "a path of a statistic": "UPDATE statistic_set SET path = 'x' WHERE id = 2",
    "the priors of a statistic": "UPDATE statistic_set SET priors = 'x' WHERE id = 2",
    "a statistic less": "DELETE FROM statistic_set WHERE id = 1",
    "a statistic more": "INSERT INTO statistic_set SELECT 99, release_id, baseline_release_id, "
    "kind, priors, path, sha256, n_rows FROM statistic_set WHERE id = 1",
    "a release less": "DELETE FROM statistic_set WHERE release_id = 3 OR baseline_release_id = "
    "3; DELETE FROM exam_subject WHERE release_id = 3; DELETE FROM release WHERE id = 3",
    "a release more": "INSERT INTO release SELECT 99, exam_id, 9, 'x', fingerprint, "
    "scores_sha256, n_rows, n_schools, rule_version, published_at, supersedes_id, rows_sha256,"
    " reason, n_added, n_removed, n_changed, n_deleted, roster_digest FROM release "
    "WHERE id = 1",
    "everything": "DELETE FROM statistic_set; DELETE FROM exam_subject; UPDATE release SET "
    "supersedes_id = NULL; DELETE FROM release; DELETE FROM exam",
    "a pupil's school": "UPDATE pupil SET school = 'S02' WHERE id = 1",
    "a pupil's enrolment": "UPDATE pupil SET is_enrolled = (1 = 0) WHERE id = 3",
    "a pupil's class": "UPDATE pupil SET class_name = NULL WHERE id = 3",
    "a pupil's identity": "UPDATE pupil SET identity = 'x' WHERE id = 3",
    "a pupil less": "DELETE FROM pupil WHERE id = 5",
    "a pupil of another county": "UPDATE pupil SET county = 'x' WHERE id = 5",
    "a whole roster": "DELETE FROM pupil_move; DELETE FROM pupil",
    "a move's day": "UPDATE pupil_move SET moved_on = '2020-01-01'",
    "a move less": "DELETE FROM pupil_move",
    "a unit's name": "UPDATE unit SET name = '另一所' WHERE code = 'S01'",
    "a unit's place": "UPDATE unit SET parent = NULL WHERE code = 'S01'",
    "a unit less": "DELETE FROM unit WHERE code = 'S03'",
    "a unit more": "INSERT INTO unit (id, county, code, name, level) "
    "VALUES (9999, 'local', 'x', 'x', 'school')",
    "a dataset's hash": "UPDATE dataset SET sha256 = 'x'",
    "a dataset's kind": "UPDATE dataset SET kind = 'items'",
    "a dataset less": "UPDATE import_batch SET dataset_id = NULL; DELETE FROM dataset",
    "a draft's school": "UPDATE import_batch SET school = 'S02'",
    "a draft's bundle": "UPDATE import_batch SET bundle = 'x'",
    "a draft's exam": "UPDATE import_batch SET settings = '{}'",
    "an attempt less": "DELETE FROM import_batch",
    "a meaning of a header": "UPDATE column_name SET meaning = '语文'",
    "a decision": "UPDATE decision SET decision = 'confirmed'",
    "a reason of a decision": "UPDATE decision SET reason = 'x'",
    "a decision less": "UPDATE \"case\" SET decision_id = NULL; DELETE FROM decision",
    "a policy": "UPDATE policy_version SET content = 'a = 2', sha256 = 'x'",
    "a policy's step": "UPDATE policy_version SET status = 'official', "
    "valid_from = '2020-01-01', approved_by = 'x'",
    "a step of a case": "UPDATE case_event SET status = 'closed'",
    "a step less": "DELETE FROM case_event",
    "a case less": 'DELETE FROM case_event; DELETE FROM "case"',
    "a case's unit": "UPDATE \"case\" SET unit = 'S02'",
}  # fmt: skip


def test_each_change_of_a_record_past_the_program_is_found(filled: Store) -> None:
    """The database is changed, seen by the check, and set back."""
    unseen = []
    with filled.write() as session:
        assert said(session) == []
        for name, statements in TAMPERINGS.items():
            for statement in statements.split("; "):
                changed = session.execute(text(statement))
                assert changed.rowcount, name  # type: ignore[attr-defined]
            found = check_records(session)
            if not found or any(f.severity != "error" for f in found):
                unseen.append(name)
            session.rollback()
        assert said(session) == []
    assert len(TAMPERINGS) > 50
    assert unseen == []


def test_a_finding_names_the_records_and_says_what_to_do(filled: Store) -> None:
    with filled.write() as session:
        session.execute(update(Release).where(Release.id == 3).values(n_changed=0))
        session.execute(text("DELETE FROM pupil_move"))
        [changed] = check_records(session)
        assert "not what the audit trail says: 2 (release 3 (期末, 2), roster local)" in (
            changed.message_en
        )
        assert "2 项记录与审计链所记不符" in changed.message_zh
        session.rollback()
        session.execute(update(Exam).where(Exam.id == 1).values(name="x"))
        session.execute(text("DELETE FROM import_batch"))
        session.execute(text("UPDATE pupil SET county = 'x' WHERE id = 1"))
        told = [f.check for f in check_records(session)]
        assert told == ["audit_records"] * 3
        session.rollback()


def test_what_the_program_changes_is_never_told_as_tampering(
    filled: Store, tmp_path: Path
) -> None:
    number = keep_draft(filled, tmp_path, "S02")
    undo_draft(OPERATOR, filled, number, actor="test")
    rotate_keys(filled, actor="test")
    publish_drafts(OPERATOR, filled, [1], actor="test")
    for pupil in ("T00001", "T00005"):
        delete_pupil(OPERATOR, filled, pupil, county=LOCAL_COUNTY, reason="申请", actor="test")
    publish(filled, make_submission("入学", day=date(2023, 9, 4), grade=7, seed=9), actor="t")
    assert verify_store(filled, recompute=True).findings == ()


def test_an_import_of_several_events_in_one_transaction_is_no_tampering(
    store: Store, tmp_path: Path
) -> None:
    """The first event binds what the second one then completes."""
    path = tmp_path / "a.csv"
    rows = [f"S01,S01,1班,T{i:05d},学生甲,{60 + i},80" for i in range(12)]
    for name, kept in (("期中", rows), ("期末", rows), ("期末", rows[1:])):
        path.write_text(HEAD + "\n".join(kept), encoding="utf-8")
        asked = ImportRequest(path, name, date(2026, 4, 28), 8, None, {}, reason="更正")
        assert import_scores(store, asked, is_dry_run=False, actor="clerk").release
        assert verify_store(store).findings == ()


def forge_scores(store: Store, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Change the rows of the newest release and set every hash right."""
    release = newest(store)
    path = store.home.lake / release.bundle / "scores.parquet"
    table = pq.read_table(path)
    forged = pa.Table.from_pandas(
        change(table.to_pandas()), schema=table.schema, preserve_index=False
    )
    pq.write_table(forged, path, compression="zstd")
    hashes = {
        "scores_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "rows_sha256": rows_digest(forged),
    }
    with store.write() as session, session.begin():
        session.execute(update(Release).where(Release.id == release.release_id).values(hashes))


def two_pupils_exchanged(rows: pd.DataFrame) -> pd.DataFrame:
    pupils = rows["pupil"].to_numpy().copy()
    pupils[[0, 1]] = pupils[[1, 0]]
    return rows.assign(pupil=pupils)


def a_score_raised(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(score_1=np.where(rows.index == 3, 100_00, rows["score_1"]))


@pytest.mark.parametrize("change", [two_pupils_exchanged, a_score_raised])
def test_a_forged_release_whose_hashes_were_set_right_is_found(
    store: Store, change: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    publish(store, make_submission(), actor="test")
    forge_scores(store, change)
    report = verify_store(store)
    assert not report.is_whole
    [finding] = report.findings
    assert finding.check == "audit_records"
    assert "release 1 (期末, 1)" in finding.message_en


def test_a_forged_statistic_whose_hash_was_set_right_is_found_without_recomputing(
    store: Store,
) -> None:
    release = publish(store, make_submission(), actor="test")
    path = f"{release.bundle}/score_histogram.parquet"
    file = store.home.lake / path
    table = pq.read_table(file)
    pq.write_table(table.slice(1), file)
    with store.write() as session, session.begin():
        session.execute(
            text("UPDATE statistic_set SET sha256 = :sha256, n_rows = :n WHERE path = :path"),
            {
                "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
                "n": table.num_rows - 1,
                "path": path,
            },
        )
    assert [f.check for f in verify_store(store).findings] == ["audit_records"]


def test_a_release_deleted_with_all_that_names_it_is_found(filled: Store) -> None:
    release = newest(filled)
    with filled.write() as session, session.begin():
        for statement in TAMPERINGS["a release less"].split("; "):
            session.execute(text(statement))
    shutil.rmtree(filled.home.lake / release.bundle)
    [finding] = verify_store(filled).findings
    assert "the catalogue has no more: 1 (release 3)" in finding.message_en


@pytest.mark.parametrize("hides", [False, True])
def test_the_roster_of_an_older_release_is_not_taken_for_the_newer_one(
    store: Store, hides: bool
) -> None:
    """Copied alone, and with the digests of the catalogue exchanged as well."""
    first = publish(store, make_submission(), actor="test")
    second = publish(store, make_submission(seed=2), actor="test")
    folders = [store.home.lake / release.bundle for release in (first, second)]
    shutil.copy(folders[0] / ROSTER, folders[1] / ROSTER)
    if hides:
        with store.write() as session, session.begin():
            digest = first.roster_digest
            session.execute(update(Release).values(roster_digest=digest))
    with pytest.raises(DataError, match="not the one that was written there"):
        stored_rows(store, newest(store))
    findings = verify_store(store).findings
    assert "roster" in [f.check for f in findings]
    assert ("audit_records" in [f.check for f in findings]) is hides


def test_the_draft_of_another_school_is_not_published(store: Store, tmp_path: Path) -> None:
    numbers = [keep_draft(store, tmp_path, school) for school in ("S01", "S02")]
    with store.read() as session:
        bundles = session.scalars(text("SELECT bundle FROM import_batch ORDER BY id")).all()
    files = [store.home.lake / bundle / DRAFT_FILE for bundle in bundles]
    shutil.copy(files[1], files[0])
    assert [f.check for f in verify_store(store).findings] == ["drafts"]
    with pytest.raises(DataError, match="not the one that was written there"):
        publish_drafts(OPERATOR, store, numbers, actor="test")
    assert list_releases(OPERATOR, store) == ()


def test_a_draft_given_to_another_school_is_not_published(store: Store, tmp_path: Path) -> None:
    number = keep_draft(store, tmp_path, "S01")
    with store.write() as session, session.begin():
        session.execute(text("UPDATE import_batch SET school = 'S02'"))
    with pytest.raises(DataError, match="is of school S02; rows of other schools in it: 12"):
        publish_drafts(OPERATOR, store, [number], actor="test")
    checks = {f.check for f in verify_store(store).findings}
    assert checks == {"audit_records", "drafts"}


def test_a_clerk_cannot_open_who_was_moved_to_his_school_past_the_program(
    filled: Store,
) -> None:
    other = pseudonym(filled, "T00030")
    pupils = pupils_of(CLERK, filled, LOCAL_COUNTY)["pupil"].tolist()
    assert len(identities_of(CLERK, filled, LOCAL_COUNTY, pupils)) == 11
    with filled.write() as session, session.begin():
        session.execute(update(Pupil).where(Pupil.pupil == other).values(school="S01"))
    with pytest.raises(DataError, match="does not open"):
        identities_of(CLERK, filled, LOCAL_COUNTY, [*pupils, other])


def test_a_store_of_an_older_program_opens_and_its_next_event_binds_it(
    filled: Store, tmp_path: Path
) -> None:
    """Older events bind nothing: that is told, and ends by itself."""
    with filled.write() as session, session.begin():
        drop_triggers(session)
        session.execute(update(AuditEvent).values(bound=None, digest=None))
        session.execute(update(Release).values(roster_digest=None))
    with filled.read() as session:
        [finding] = check_records(session)
        assert (finding.severity, finding.check) == ("warning", "audit_records")
        assert "older than this version and not bound" in finding.message_en
    keep_draft(filled, tmp_path, "S03")
    with filled.read() as session:
        assert check_records(session) == ()
        n = session.scalar(select(func.count()).where(AuditEvent.bound.is_not(None)))
        assert n == 1
    with filled.write() as session:
        session.execute(update(Release).where(Release.id == 1).values(n_rows=1))
        assert len(check_records(session)) == 1
        session.rollback()


def test_a_change_past_the_program_is_not_covered_up_by_the_next_event(store: Store) -> None:
    """An event that changes a record anew says how it found it."""
    publish(store, make_submission(), actor="test")
    save_roster(store, roster(store), actor="test")
    with store.write() as session, session.begin():
        session.execute(text("UPDATE pupil SET is_enrolled = (1 = 0) WHERE id = 3"))
        session.execute(text("UPDATE unit SET name = '另一所' WHERE code = 'S01'"))
        session.execute(text("UPDATE exam SET held_on = '2026-06-27'"))
    publish(store, make_submission(seed=5), actor="test")
    save_roster(store, roster(store), actor="test")
    with store.read() as session:
        [finding] = check_records(session)
    assert "before the program changed them too: 3 (" in finding.message_en
    for name in ("exam 1 (event 3)", "units local (event 3)", "roster local (event 4)"):
        assert name in finding.message_en
