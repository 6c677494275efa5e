"""Datasets from file to store: published once, corrected with a reason, refused whole."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from core.errors import SettingsError
from data.batches import list_batches
from data.datasets import find_dataset, list_datasets, read_dataset
from data.pseudonym import pseudonyms, read_key
from data.records import ImportBatch, PupilMove
from data.scope import OPERATOR
from data.store import Store
from pipeline.import_dataset import DatasetReport, DatasetRequest, import_dataset
from pipeline.publish import publish
from tests.builders import make_scores, make_submission
from tests.data.dataset_kinds.books import save

Rows = Sequence[Any]
Run = Callable[..., DatasetReport]
EXAM = "期末"
ENROLMENT: Rows = [["学校名称", "年级", "在籍人数"], ["示例第1学校", 9, 12], ["S02", 9, 12]]
FILES: dict[str, Rows] = {
    "two_way": [["题号", "分值", "知识点"], ["1", 60, "有理数"], ["2", 60, "方程、函数"]],
    "knowledge": [["代码", "名称", "上级"], ["A", "数与代数", None], ["A1", "方程", "A"]],
    "summary": [["学校", "数学均分", "数学及格率"], ["S01", 72, "50%"]],
    "enrolment": ENROLMENT,
    "moves": [["学籍号", "异动类型", "异动日期", "转出学校"],
              ["T00001", "转出", "2026-03-01", "S01"]],
    "measures": [["学校", "班额", "近视率"], ["S01", 45, "60%"]],
    "survey": [["学校", "Q1", "Q2"], ["S01", 5, "A"]],
    "scales": [["题目", "量表"], ["Q1", "conduct"]],
    "admission_lines": [["年份", "分数线", "最低分"], [2025, "普高线", 560.5]],
}  # fmt: skip


def items(*, shift: float = 0.0, number: str = "pupil_number") -> Rows:
    """Return item points that add up to the maths scores of the exam, but for a shift."""
    scores = make_scores()
    header: list[object] = ["学校代码", "学籍号" if number == "pupil_number" else "考号",
                            "姓名", "1(60分)", "2(60分)"]  # fmt: skip
    rows = [header]
    for own in scores.to_dict("records"):
        points = float(own["score_2"]) / 100 + shift
        first = min(points, 60.0)
        rows.append([own["school_code"], own[number], own["pupil_name"], first, points - first])
    return rows


@pytest.fixture
def exam(store: Store) -> Store:
    """Give a store with one exam of three schools."""
    publish(store, make_submission(EXAM), actor="test")
    return store


@pytest.fixture
def run(exam: Store, tmp_path: Path) -> Run:
    """Give what imports rows as a workbook."""

    def run(kind: str, rows: Rows, *, dry: bool = False, **more: object) -> DatasetReport:
        needs_exam = kind in ("items", "two_way", "summary")
        settings = {"name": "春", "exam": EXAM if needs_exam else None} | more
        path = save(tmp_path / "文件.xlsx", rows)
        request = DatasetRequest(path, kind, **settings)  # type: ignore[arg-type]
        return import_dataset(exam, request, is_dry_run=dry, actor="test")

    return run


@pytest.mark.parametrize("kind", FILES)
def test_a_good_file_of_every_kind_is_published(kind: str, exam: Store, run: Run) -> None:
    report = run(kind, FILES[kind])
    assert (report.version, report.is_new, report.n_refused) == (1, True, 0), report.findings
    dataset = find_dataset(OPERATOR, exam, kind=kind, name="春")
    assert len(read_dataset(OPERATOR, exam, dataset).rows) == report.n_stored > 0


def test_every_attempt_is_kept_with_the_dataset_it_brought(exam: Store, run: Run) -> None:
    run("enrolment", ENROLMENT)
    assert run("enrolment", ENROLMENT).is_new is False
    dataset = find_dataset(OPERATOR, exam, kind="enrolment", name="春")
    with exam.read() as session:
        batches = session.scalars(select(ImportBatch).order_by(ImportBatch.id)).all()
    assert [(b.kind, b.status, b.dataset_id) for b in batches] == [
        ("enrolment", "published", dataset.id),
        ("enrolment", "unchanged", dataset.id),
    ]


def test_a_dry_run_publishes_nothing_and_is_kept_as_an_attempt(exam: Store, run: Run) -> None:
    report = run("enrolment", ENROLMENT, dry=True)
    assert (report.outcome, report.version, report.n_stored) == ("accept", None, 2)
    assert list_datasets(OPERATOR, exam) == ()
    assert [b.status for b in list_batches(OPERATOR, exam)] == ["checked"]


def test_a_file_with_an_error_changes_nothing(exam: Store, run: Run) -> None:
    lake = sorted(exam.home.lake.rglob("*"))
    report = run("enrolment", [*ENROLMENT, ["示例第9学校", 9, 12]])
    assert (report.outcome, report.version) == ("reject", None)
    assert (report.n_rows, report.n_refused) == (3, 1)
    assert sorted(exam.home.lake.rglob("*")) == lake
    assert [b.status for b in list_batches(OPERATOR, exam)] == ["refused"]


def test_a_correction_warns_and_carries_its_reason(exam: Store, run: Run) -> None:
    run("enrolment", ENROLMENT)
    changed = [*ENROLMENT[:2], ["S02", 9, 13]]
    silent = run("enrolment", changed, dry=True)
    assert "--reason" in next(f for f in silent.findings if f.check == "supersedes").message_en
    report = run("enrolment", changed, reason="二中更正")
    assert (report.version, report.is_new) == (2, True)
    assert find_dataset(OPERATOR, exam, kind="enrolment", name="春").reason == "二中更正"


def test_what_a_header_means_can_be_said_with_the_call(run: Run) -> None:
    rows = [["学校名称", "年级", "现有"], ["示例第1学校", 9, 12]]
    assert run("enrolment", rows).outcome == "reject"
    assert run("enrolment", rows, columns={"现有": "在籍人数"}).version == 1


def test_the_order_of_rows_is_no_other_content(run: Run) -> None:
    run("enrolment", ENROLMENT)
    assert run("enrolment", [ENROLMENT[0], ENROLMENT[2], ENROLMENT[1]]).is_new is False


def test_item_points_stand_under_the_pseudonyms_of_the_exam(exam: Store, run: Run) -> None:
    report = run("items", items(), subject="数学")
    assert report.outcome == "accept", report.findings
    dataset = find_dataset(OPERATOR, exam, kind="items", name="春")
    found = read_dataset(OPERATOR, exam, dataset)
    own = pseudonyms(["T00000"], key=read_key(exam.home, "pseudonym")).iloc[0]
    assert own in set(found.rows["pupil"])
    assert list(found.rows.columns) == ["pupil", "school", "class_name", "item_1", "item_2"]
    raw = (exam.home.lake / dataset.bundle / "rows.parquet").read_bytes()
    assert b"T00000" not in raw
    assert "示例学生".encode() not in raw


def test_item_totals_that_differ_from_the_scores_are_counted(run: Run) -> None:
    report = run("items", items(shift=-1.0), subject="math")
    found = next(f for f in report.findings if f.check == "item_total")
    assert found.severity == "warning"
    assert "36 of 36" in found.message_en


def test_the_subject_is_taken_from_the_name_or_asked_for(run: Run) -> None:
    named = run("items", items(shift=-1.0), name="期末数学小题分")
    assert "item_total" in {f.check for f in named.findings}
    nameless = run("items", items(), name="小题")
    assert "subject" in {f.check for f in nameless.findings}


def test_items_and_two_way_table_of_one_name_must_fit(run: Run) -> None:
    run("two_way", FILES["two_way"])
    other = [["学校代码", "学籍号", "1", "3(60分)"], ["S01", "T00000", 50, 40]]
    report = run("items", other)
    assert "two_way" in {f.check for f in report.findings if f.severity == "error"}
    assert run("items", items(), subject="数学").version == 1


def test_moves_reach_the_roster_once(exam: Store, run: Run) -> None:
    run("moves", FILES["moves"])
    more = [*FILES["moves"], ["T00002", "休学", "2026-03-02", "S02"]]
    run("moves", more, reason="补报")
    with exam.read() as session:
        moves = session.scalars(select(PupilMove).order_by(PupilMove.moved_on)).all()
    assert [(m.kind, m.from_school) for m in moves] == [("out", "S01"), ("suspended", "S02")]
    assert all(m.batch_id for m in moves)


def test_wrong_calls_are_told(run: Run, tmp_path: Path, exam: Store) -> None:
    with pytest.raises(SettingsError, match="belongs to an exam"):
        run("items", items(), exam=None)
    with pytest.raises(SettingsError, match="No exam is called"):
        run("summary", FILES["summary"], exam="没有")
    with pytest.raises(SettingsError, match="has no subject"):
        run("items", items(), subject="物理")
    run("summary", FILES["summary"])
    with pytest.raises(SettingsError, match="is known with exam"):
        run("summary", FILES["summary"], exam=None)
    request = DatasetRequest(tmp_path / "没有.xlsx", "enrolment", "春")
    with pytest.raises(SettingsError, match="There is no file"):
        import_dataset(exam, request, is_dry_run=True, actor="test")


def test_no_number_or_name_of_a_pupil_is_kept_with_the_attempts(exam: Store, run: Run) -> None:
    bad = [*items(), ["S01", "T00000", "示例学生0", "六十", 61]]
    report = run("items", bad, subject="数学")
    kept = str(report.findings)
    with exam.read() as session:
        kept += str([(b.checks, b.settings) for b in session.scalars(select(ImportBatch))])
    assert "T0000" not in kept
    assert "示例学生" not in kept


def test_exam_numbers_are_linked_by_the_roster_of_the_exam(
    store: Store, tmp_path: Path
) -> None:
    submission = make_submission(EXAM)
    numbers = pd.Series([f"K{i:04d}" for i in range(36)], dtype="str")
    submission.scores["exam_number"] = numbers
    publish(store, submission, actor="test")
    rows = [list(row) for row in items()]
    rows[0][1] = "考号"
    for i, row in enumerate(rows[1:]):
        row[1] = f"K{i:04d}"
    request = DatasetRequest(
        save(tmp_path / "a.xlsx", rows), "items", "春", exam=EXAM, subject="数学"
    )
    report = import_dataset(store, request, is_dry_run=False, actor="test")
    found = {f.check: f.message_en for f in report.findings}
    assert "36 of 36" in found["exam_number"]
    assert "items_unlinked" not in found
