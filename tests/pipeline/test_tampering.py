"""Tampering past the program, by somebody who has database and files but no key: all found.

Every figure, name and right that the program gives rests on records of the catalogue, and every
record on an event of the audit trail.
"""

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from core.errors import DataError
from data.bound_check import check_records
from data.cases import NewCase, add_case
from data.column_names import remember_columns
from data.dataset_publication import NewDataset, publish_dataset
from data.decisions import NewDecision, add_decision
from data.policy_versions import NewPolicy, add_policy, submit_policy
from data.pupils import identities_of, pupils_of, save_roster
from data.records import AuditEvent, Exam, Pupil, Release
from data.scope import OPERATOR, Scope
from data.store import Store
from pipeline.check_scores import ImportRequest
from pipeline.delete_pupil import delete_pupil
from pipeline.drafts import publish_drafts, undo_draft
from pipeline.import_scores import import_scores
from pipeline.organisation import LOCAL_COUNTY
from pipeline.publish import publish
from pipeline.rotate_keys import rotate_keys
from pipeline.verify import verify_store
from tests.builders import make_submission
from tests.data.trails import drop_triggers
from tests.tampering import HEAD, TAMPERINGS, keep_draft, newest, pseudonym, roster

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


def said(session: Session) -> list[str]:
    return [f.message_en for f in check_records(session)]


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


def test_a_release_deleted_with_all_that_names_it_is_found(filled: Store) -> None:
    release = newest(filled)
    with filled.write() as session, session.begin():
        for statement in TAMPERINGS["a release less"].split("; "):
            session.execute(text(statement))
    shutil.rmtree(filled.home.lake / release.bundle)
    [finding] = verify_store(filled).findings
    assert "the catalogue has no more: 1 (release 3)" in finding.message_en


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
