"""Stores to be tampered with: a roster, drafts, and the statements of the attacker."""

from datetime import date
from pathlib import Path

import pandas as pd

from data.catalogue import ExamRelease, list_releases
from data.roster import name_hashes, number_hashes
from data.roster_difference import Roster
from data.scope import OPERATOR
from data.store import Store
from pipeline.check_scores import ImportRequest
from pipeline.import_scores import draft_scores
from pipeline.organisation import LOCAL_COUNTY
from tests.builders import make_scores, make_submission

HEAD = "学校代码,学校名称,班级,学籍号,姓名,语文,数学\n"


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
