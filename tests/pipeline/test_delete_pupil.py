"""A deleted pupil is gone from roster, releases and statistics; nobody else's rows change."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core.errors import DataError, SettingsError
from data.catalogue import OWN_PRIOR, ExamRelease, list_releases, read_statistic
from data.dataset_publication import NewDataset, publish_dataset
from data.datasets import find_dataset, read_for_figures, verify_dataset
from data.importers.sheet import Reading
from data.pseudonym import pseudonyms, read_key
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store, open_store_at
from pipeline.check_scores import ImportRequest
from pipeline.delete_pupil import DeletedPupil, delete_pupil
from pipeline.import_roster import RosterRequest, import_roster_sheet
from pipeline.import_scores import ImportReport, draft_scores, import_scores
from pipeline.organisation import LOCAL_COUNTY
from pipeline.publish import publish
from pipeline.release_rows import stored_rows
from pipeline.verify import verify_store
from tests.builders import make_submission
from tests.data.importers.sheets import make_sheet

NUMBER = "T00007"


@pytest.fixture
def filled(store: Store) -> Store:
    """Give a store with two exams of one cohort, one of them corrected once."""
    publish(store, make_submission("入学", day=date(2023, 9, 4), grade=7, seed=2), actor="test")
    publish(store, make_submission("期末", seed=3), actor="test")
    publish(store, make_submission("期末", seed=4), actor="test")
    return store


def delete(store: Store, number: str = NUMBER) -> DeletedPupil:
    return delete_pupil(
        OPERATOR, store, number, county=LOCAL_COUNTY, reason="监护人申请", actor="test"
    )


def pseudonym(store: Store) -> int:
    return int(pseudonyms([NUMBER], key=read_key(store.home, "pseudonym")).iloc[0])


def rows_by_release(store: Store) -> dict[int, pd.DataFrame]:
    return {r.release_id: stored_rows(store, r).wide for r in list_releases(OPERATOR, store)}


def total(store: Store, release: ExamRelease, kind: str, baseline: int | None = None) -> int:
    found = read_statistic(
        OPERATOR,
        store,
        release.release_id,
        kind,
        baseline_release_id=baseline,
        priors=OWN_PRIOR if baseline else "",
    )
    assert found is not None
    return int(found.loc[found["subject"] == "math", "n"].sum())


def test_a_deleted_pupil_is_in_no_release_and_no_roster(filled: Store) -> None:
    done = delete(filled)
    assert done == DeletedPupil(("期末", "入学"), 3, 0, was_in_roster=False)
    gone = pseudonym(filled)
    for release in list_releases(OPERATOR, filled):
        rows = stored_rows(filled, release)
        assert gone not in set(rows.wide["pupil"])
        assert len(rows.wide) == release.n_rows == 35
        assert NUMBER not in set(rows.roster["pupil_number"])
        assert release.n_deleted == 1


def test_nobody_else_changes_and_the_statistics_are_those_of_the_rows(filled: Store) -> None:
    before, gone = rows_by_release(filled), pseudonym(filled)
    delete(filled)
    after = rows_by_release(filled)
    for release_id, wide in before.items():
        expected = wide[wide["pupil"] != gone].reset_index(drop=True)
        pd.testing.assert_frame_equal(after[release_id], expected)
    current, first = list_releases(OPERATOR, filled)[0], list_releases(OPERATOR, filled)[-1]
    assert total(filled, current, "score_histogram") == 35
    assert total(filled, current, "moments", first.release_id) == 35
    assert total(filled, current, "joint_histogram", first.release_id) == 35


def test_nothing_of_the_old_bundles_stays_on_the_disk(filled: Store) -> None:
    old = {release.bundle for release in list_releases(OPERATOR, filled)}
    delete(filled)
    left = {path.name for path in filled.home.lake.iterdir()}
    assert not old & left
    assert list(filled.home.staging.iterdir()) == []
    again = open_store_at(filled.home)
    assert {path.name for path in again.home.lake.iterdir()} == left


def test_points_on_items_lose_the_pupil_and_keep_the_others(filled: Store) -> None:
    gone = pseudonym(filled)
    rows = pd.DataFrame({"pupil": [gone, gone + 1], "school": ["S01", "S01"], "1": [300, 200]})
    new = NewDataset(LOCAL_COUNTY, "items", "期末数学", None, "f" * 64, rows)
    before = publish_dataset(filled, new, actor="test").version
    assert delete(filled).n_datasets == 1
    after = find_dataset(OPERATOR, filled, county=LOCAL_COUNTY, kind="items", name="期末数学")
    assert after.bundle != before.bundle
    verify_dataset(filled, after)
    assert list(read_for_figures(OPERATOR, filled, after).rows["pupil"]) == [gone + 1]
    assert not (filled.home.lake / before.bundle).exists()


def test_an_unknown_number_changes_nothing(filled: Store) -> None:
    before = filled.version()
    with pytest.raises(DataError, match="0 of 3 releases") as caught:
        delete(filled, "T99999")
    assert "T99999" not in str(caught.value)
    assert filled.version() == before


def test_only_an_administrator_deletes(filled: Store) -> None:
    with pytest.raises(PermissionError):
        delete_pupil(LEADERSHIP, filled, NUMBER, county=LOCAL_COUNTY, reason="x", actor="test")


def test_a_draft_with_the_pupil_must_end_first(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"学校代码,学校名称,班级,学籍号,语文\nS01,示例第1学校,1班,{NUMBER},88\n",
        encoding="utf-8",
    )
    request = ImportRequest(path, "期中", date(2026, 4, 20), 9, None, {})
    assert draft_scores(filled, request, actor="test").is_draft
    with pytest.raises(SettingsError, match="Drafts hold this pupil"):
        delete(filled)


@pytest.mark.parametrize("is_read", [False, True])
def test_his_sealed_identity_is_in_no_file_or_the_answer_says_so(
    sqlite_store: Store, tmp_path: Path, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.deletion._READERS_SECONDS", 0.2)
    home = sqlite_store.home
    content = "学校代码,年级,学籍号,姓名\n01,8,T00007,示例甲\n01,8,T00008,示例乙\n"
    import_roster_sheet(
        sqlite_store, Reading(make_sheet(content), ()), RosterRequest(tmp_path / "r.csv"),
        is_dry_run=False, actor="t",
    )  # fmt: skip
    with closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        query = "SELECT identity FROM pupil ORDER BY pupil = ? DESC"
        if is_read:
            other.execute("BEGIN")
        sealed = str(other.execute(query, (pseudonym(sqlite_store),)).fetchone()[0])
        assert delete(sqlite_store).is_log_clear != is_read
    holding = {p.name for p in home.root.rglob("*") if p.is_file()
               and sealed.encode() in p.read_bytes()}  # fmt: skip
    assert bool(holding) == is_read
    assert {f.severity for f in verify_store(sqlite_store).findings} == (
        {"warning"} if is_read else set()
    )
    open_store_at(home).close()
    assert verify_store(sqlite_store).findings == ()


def import_file(
    store: Store, folder: Path, numbers: list[str], *, reason: str | None = None
) -> ImportReport:
    """Import an exam of these pupils."""
    path = folder / "期中.csv"
    rows = "".join(f"S01,示例第1学校,1班,{number},88\n" for number in numbers)
    path.write_text(f"学校代码,学校名称,班级,学籍号,语文\n{rows}", encoding="utf-8")
    request = ImportRequest(
        path, "期中", date(2026, 4, 20), 9, None, {"语文": 10000}, reason=reason
    )
    return import_scores(store, request, is_dry_run=False, actor="test")


def test_the_file_from_before_a_deletion_is_not_taken_for_what_is_stored(
    store: Store, tmp_path: Path
) -> None:
    numbers = [f"T{i:05d}" for i in range(12)]
    assert import_file(store, tmp_path, numbers).release == 1
    delete(store, numbers[3])
    again = import_file(store, tmp_path, numbers)
    assert (again.outcome, again.release) == ("reject", None)
    [error] = [f for f in again.findings if f.severity == "error"]
    assert (error.check, error.row) == ("deleted_pupils", 5)
    assert numbers[3] not in error.message_zh + error.message_en
    corrected = import_file(store, tmp_path, numbers[:3] + numbers[4:10])
    assert (corrected.release, corrected.n_removed) == (2, 2)
    assert import_file(store, tmp_path, numbers).outcome == "reject"


def test_a_pupil_who_was_deleted_comes_back_with_a_stated_reason_only(
    store: Store, tmp_path: Path
) -> None:
    numbers = [f"T{i:05d}" for i in range(12)]
    import_file(store, tmp_path, numbers)
    delete(store, numbers[3])
    back = import_file(store, tmp_path, numbers, reason="监护人撤回申请")
    assert (back.release, back.n_added) == (2, 1)
    assert "deleted_pupils" in {f.check for f in back.findings if f.severity == "warning"}
