"""Drafts wait, encrypted; they are published together or taken back without a trace."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from core.errors import DataError, SettingsError
from data.batches import list_batches
from data.catalogue import list_exams
from data.lake import sweep
from data.records import AuditEvent, Exam, ImportBatch, Release, StatisticSet, Unit
from data.scope import OPERATOR, Scope
from data.store import Store, open_store_at
from pipeline.check_scores import ImportRequest
from pipeline.drafts import DRAFT_FILE, drafts_of, publish_drafts, undo_draft
from pipeline.import_scores import ImportReport, draft_scores, import_scores
from pipeline.release_rows import stored_rows

HEAD = "学校代码,学校名称,班级,学籍号,姓名,语文,数学\n"


def school_file(folder: Path, school: str, *, first: int, math: int = 80) -> Path:
    """Write the file of one school with twelve pupils."""
    rows = [
        f"{school},第{school}学校,1班,N{first + i:05d},学生甲,{60 + i},{math - i}"
        for i in range(12)
    ]
    path = folder / f"{school}-{math}.csv"
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    return path


def request(
    path: Path, *, school: str | None = None, exam: str = "期末", reason: str | None = None
) -> ImportRequest:
    return ImportRequest(
        path, exam, date(2026, 6, 28), 8, None, {}, school=school, reason=reason
    )


def draft(store: Store, path: Path, school: str) -> int:
    report = draft_scores(store, request(path, school=school), actor="clerk")
    assert report.outcome != "reject"
    assert report.is_draft
    assert report.batch is not None
    return report.batch


def do_import(store: Store, asked: ImportRequest) -> ImportReport:
    return import_scores(store, asked, is_dry_run=False, actor="clerk")


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of what is published."""
    tables = (Exam, Release, StatisticSet, Unit)
    with store.read() as session:
        return {
            t.__tablename__: [tuple(row) for row in session.execute(select(*t.__table__.c))]
            for t in tables
        }


def test_a_draft_changes_nothing_that_is_published_and_an_undo_leaves_nothing(
    store: Store, tmp_path: Path
) -> None:
    do_import(store, request(school_file(tmp_path, "11", first=0)))
    before = contents(store)
    bundles = set(store.home.lake.iterdir())
    number = draft(store, school_file(tmp_path, "12", first=100), "12")
    assert contents(store) == before
    undo_draft(OPERATOR, store, number, actor="clerk")
    assert contents(store) == before
    assert set(store.home.lake.iterdir()) == bundles
    assert list(store.home.staging.iterdir()) == []
    assert list_batches(OPERATOR, store)[0].status == "undone"


def test_a_draft_names_nobody_on_the_disk(store: Store, tmp_path: Path) -> None:
    number = draft(store, school_file(tmp_path, "11", first=0), "11")
    bundle = next(b for b in list_batches(OPERATOR, store) if b.id == number).bundle
    content = (store.home.lake / str(bundle) / DRAFT_FILE).read_bytes()
    assert b"N00000" not in content
    assert "学生甲".encode() not in content


def test_a_draft_outlives_the_sweep_of_a_new_start(store: Store, tmp_path: Path) -> None:
    number = draft(store, school_file(tmp_path, "11", first=0), "11")
    again = open_store_at(store.home)
    assert publish_drafts(OPERATOR, again, [number], actor="bureau").release.number == 1


def test_drafts_of_several_schools_become_one_release(store: Store, tmp_path: Path) -> None:
    first = draft(store, school_file(tmp_path, "11", first=0), "11")
    second = draft(store, school_file(tmp_path, "12", first=100), "12")
    assert drafts_of(OPERATOR, store, "期末") == [first, second]
    published = publish_drafts(OPERATOR, store, [second, first], actor="bureau")
    assert published.release.number == 1
    assert published.release.n_schools == 2
    assert published.release.n_rows == 24
    statuses = {batch.id: batch.status for batch in list_batches(OPERATOR, store)}
    assert statuses == {first: "published", second: "published"}
    assert drafts_of(OPERATOR, store, "期末") == []
    bundles = {path.name for path in store.home.lake.iterdir()}
    assert bundles == {published.release.bundle}


def test_a_published_batch_is_never_taken_back(store: Store, tmp_path: Path) -> None:
    report = do_import(store, request(school_file(tmp_path, "11", first=0)))
    assert report.batch is not None
    with pytest.raises(SettingsError, match="published"):
        undo_draft(OPERATOR, store, report.batch, actor="clerk")


def test_a_draft_ends_once(store: Store, tmp_path: Path) -> None:
    number = draft(store, school_file(tmp_path, "11", first=0), "11")
    undo_draft(OPERATOR, store, number, actor="clerk")
    with pytest.raises(SettingsError, match=r"已经撤回(.|\n)*is undone"):
        publish_drafts(OPERATOR, store, [number], actor="bureau")
    with pytest.raises(SettingsError, match="no import batch 99"):
        undo_draft(OPERATOR, store, 99, actor="clerk")


def test_drafts_of_two_exams_are_not_mixed(store: Store, tmp_path: Path) -> None:
    path = school_file(tmp_path, "11", first=0)
    numbers = [
        draft_scores(store, request(path, exam=exam), actor="clerk").batch
        for exam in ("期中", "期末")
    ]
    with pytest.raises(SettingsError, match="different things"):
        publish_drafts(OPERATOR, store, [n for n in numbers if n], actor="bureau")
    assert list_exams(OPERATOR, store) == ()


def test_a_school_replaces_its_own_rows_only(store: Store, tmp_path: Path) -> None:
    both = tmp_path / "both.csv"
    one = school_file(tmp_path, "11", first=0).read_text(encoding="utf-8")
    two = school_file(tmp_path, "12", first=100).read_text(encoding="utf-8")
    both.write_text(one + "\n" + two.removeprefix(HEAD), encoding="utf-8")
    do_import(store, request(both))
    before = stored_rows(store, list_exams(OPERATOR, store)[0]).wide
    changed = school_file(tmp_path, "12", first=100, math=90)
    report = do_import(store, request(changed, school="12", reason="复核后更正"))
    release = list_exams(OPERATOR, store)[0]
    assert report.release == release.number == 2
    assert (release.n_added, release.n_removed, release.n_changed) == (0, 0, 12)
    assert release.reason == "复核后更正"
    after = stored_rows(store, release).wide
    for kept in ("11",):
        pd.testing.assert_frame_equal(
            after[after["school"] == kept].reset_index(drop=True),
            before[before["school"] == kept].reset_index(drop=True),
        )
    again = do_import(store, request(changed, school="12"))
    assert not again.is_new
    assert len(list_exams(OPERATOR, store)) == 1


def test_a_school_with_other_full_marks_is_refused(store: Store, tmp_path: Path) -> None:
    do_import(store, request(school_file(tmp_path, "11", first=0)))
    asked = ImportRequest(
        school_file(tmp_path, "12", first=100),
        "期末",
        date(2026, 6, 28),
        8,
        None,
        {"数学": 120_00},
        school="12",
    )
    with pytest.raises(SettingsError, match=r"math|数学 120"):
        do_import(store, asked)
    assert list_exams(OPERATOR, store)[0].number == 1


def test_every_attempt_leaves_one_batch_and_one_event_without_a_pupil(
    store: Store, tmp_path: Path
) -> None:
    good = school_file(tmp_path, "11", first=0)
    bad = tmp_path / "bad.csv"
    bad.write_text(HEAD + "11,第11学校,1班,N00001,学生甲,八十,70\n", encoding="utf-8")
    import_scores(store, request(good), is_dry_run=True, actor="clerk")
    do_import(store, request(bad))
    do_import(store, request(good))
    do_import(store, request(good))
    batches = list_batches(OPERATOR, store)
    assert [b.status for b in batches] == ["unchanged", "published", "refused", "checked"]
    with store.read() as session:
        events = session.scalars(select(AuditEvent)).all()
        kept = session.scalars(select(ImportBatch)).all()
    assert sum(event.action == "import" for event in events) == 4
    texts = [f"{e.what if hasattr(e, 'what') else e.object} {e.detail}" for e in events]
    texts += [f"{b.file_name} {b.checks} {b.settings} {b.exam}" for b in kept]
    assert not any("N0000" in text or "学生甲" in text for text in texts)


def test_a_school_sees_its_own_batches_only(store: Store, tmp_path: Path) -> None:
    draft(store, school_file(tmp_path, "11", first=0), "11")
    number = draft(store, school_file(tmp_path, "12", first=100), "12")
    own = Scope("clerk", ("11",))
    assert [batch.school for batch in list_batches(own, store)] == ["11"]
    with pytest.raises(SettingsError, match=f"no import batch {number}"):
        undo_draft(own, store, number, actor="clerk")


def test_a_sweep_spares_what_the_catalogue_names(store: Store, tmp_path: Path) -> None:
    number = draft(store, school_file(tmp_path, "11", first=0), "11")
    bundle = str(list_batches(OPERATOR, store)[0].bundle)
    (store.home.staging / f"{bundle}.waiting").touch()
    assert sweep(store.home, known={bundle}) == []
    assert publish_drafts(OPERATOR, store, [number], actor="bureau").is_new


def test_drafts_of_two_schools_with_the_same_pupils_are_refused_whole(
    store: Store, tmp_path: Path
) -> None:
    numbers = [
        draft(store, school_file(tmp_path, "11", first=0), "11"),
        draft(store, school_file(tmp_path, "12", first=10), "12"),
        draft(store, school_file(tmp_path, "13", first=100), "13"),
    ]
    with pytest.raises(DataError) as refused:
        publish_drafts(OPERATOR, store, numbers, actor="bureau")
    assert "pupils 2, schools 11, 12, batches 1, 2" in refused.value.message
    assert "学生 2 名，学校 11、12，批次 1、2" in refused.value.message_zh
    assert "N000" not in str(refused.value)
    assert list_exams(OPERATOR, store) == ()
    assert drafts_of(OPERATOR, store, "期末") == numbers
    assert publish_drafts(OPERATOR, store, numbers[1:], actor="bureau").release.n_rows == 24


def test_a_school_s_rows_never_double_a_pupil_of_another_school(
    store: Store, tmp_path: Path
) -> None:
    """The pupil came to the other school between this file's check and its publication."""
    later = draft(store, school_file(tmp_path, "12", first=11), "12")
    do_import(store, request(school_file(tmp_path, "11", first=0)))
    with pytest.raises(DataError, match="pupils 1, schools 11, 12, batches 1"):
        publish_drafts(OPERATOR, store, [later], actor="bureau")
    assert list_exams(OPERATOR, store)[0].number == 1


def test_a_clerk_is_told_at_the_check_of_pupils_who_stand_in_another_school(
    store: Store, tmp_path: Path
) -> None:
    do_import(store, request(school_file(tmp_path, "11", first=0)))
    asked = request(school_file(tmp_path, "12", first=11), school="12", reason="转学")
    for report in (do_import(store, asked), draft_scores(store, asked, actor="clerk")):
        assert (report.outcome, report.n_refused, report.release) == ("reject", 1, None)
        [error] = [f for f in report.findings if f.severity == "error"]
        assert (error.check, error.row, error.column) == ("released_elsewhere", 2, "学籍号")


def test_a_draft_that_was_overtaken_is_not_published(store: Store, tmp_path: Path) -> None:
    path = school_file(tmp_path, "11", first=0)
    old = draft_scores(store, request(path), actor="clerk").batch
    assert old is not None
    do_import(store, request(school_file(tmp_path, "11", first=0, math=90)))
    corrected = request(school_file(tmp_path, "11", first=0, math=95), reason="复核")
    do_import(store, corrected)
    with pytest.raises(SettingsError) as refused:
        publish_drafts(OPERATOR, store, [old], actor="bureau", reason="again")
    assert "batch 1 was checked before release 1; the exam has release 2" in (
        refused.value.message
    )
    assert "批次 1" in refused.value.message_zh
    assert list_exams(OPERATOR, store)[0].number == 2
    undo_draft(OPERATOR, store, old, actor="clerk")
    again = draft_scores(store, request(path), actor="clerk").batch
    assert again is not None
    assert publish_drafts(OPERATOR, store, [again], actor="bureau").release.number == 3


def test_a_school_s_draft_is_overtaken_by_its_own_rows_only(
    store: Store, tmp_path: Path
) -> None:
    first = draft(store, school_file(tmp_path, "11", first=0), "11")
    second = draft(store, school_file(tmp_path, "12", first=100), "12")
    overtaken = draft(store, school_file(tmp_path, "12", first=100, math=90), "12")
    for number in (first, second):
        publish_drafts(OPERATOR, store, [number], actor="bureau")
    with pytest.raises(SettingsError, match="batch 3 was checked before release 1"):
        publish_drafts(OPERATOR, store, [overtaken], actor="bureau")
    assert list_exams(OPERATOR, store)[0].number == 2
