"""Datasets in the store: versions, seals, who may read which rows, all of it or nothing."""

from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import select

from core.errors import DataError, SettingsError
from data import lake
from data.dataset_publication import NewDataset, publish_dataset
from data.datasets import (
    dataset_versions,
    find_dataset,
    list_datasets,
    read_dataset,
    read_for_figures,
    verify_dataset,
)
from data.records import AuditEvent, Dataset
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store, open_store_at

ROWS = pd.DataFrame({"school": ["S01", "S02"], "n_enrolled": [100, 90]})
POINTS = pd.DataFrame({"pupil": [11, 12], "school": ["S01", "S02"], "item_1": [300, 100]})


def enrolment(rows: pd.DataFrame = ROWS, fingerprint: str = "a", **more: object) -> NewDataset:
    new = NewDataset("local", "enrolment", "2026 春", None, fingerprint, rows, {"note": "甲"})
    return replace(new, **more)  # type: ignore[arg-type]


def publish(store: Store, new: NewDataset) -> object:
    return publish_dataset(store, new, actor="test")


def test_a_version_keeps_rows_and_what_belongs_to_them_under_its_seal(store: Store) -> None:
    done = publish_dataset(store, enrolment(), actor="test")
    assert (done.is_new, done.version.number, done.version.n_rows) == (True, 1, 2)
    found = read_dataset(
        OPERATOR, store, find_dataset(OPERATOR, store, kind="enrolment", name="2026 春")
    )
    pd.testing.assert_frame_equal(found.rows, ROWS)
    assert found.about == {"note": "甲"}
    verify_dataset(store, done.version)


def test_the_same_content_is_published_once(store: Store) -> None:
    publish(store, enrolment())
    before = store.version()
    again = publish_dataset(store, enrolment(), actor="test")
    assert (again.is_new, again.version.number) == (False, 1)
    assert store.version() == before


def test_a_correction_is_a_new_version_that_supersedes_with_its_reason(store: Store) -> None:
    first = publish_dataset(store, enrolment(), actor="test").version
    new = enrolment(ROWS.assign(n_enrolled=[101, 90]), "b", reason="一中漏报 1 人")
    second = publish_dataset(store, new, actor="test").version
    assert (second.number, second.supersedes_id, second.reason) == (
        2,
        first.id,
        "一中漏报 1 人",
    )
    assert [d.number for d in list_datasets(OPERATOR, store)] == [2]
    versions = dataset_versions(
        OPERATOR, store, county="local", kind="enrolment", name="2026 春"
    )
    assert [v.number for v in versions] == [1, 2]
    assert read_dataset(OPERATOR, store, versions[0]).rows["n_enrolled"].tolist() == [100, 90]


def test_publishing_leaves_an_event_and_no_value_of_the_rows(store: Store) -> None:
    publish(store, enrolment())
    with store.read() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.action, event.object) == ("publish_dataset", "2026 春")
    assert event.detail == "enrolment version 1, rows 2"


def test_a_changed_file_is_not_read(store: Store) -> None:
    version = publish_dataset(store, enrolment(), actor="test").version
    path = store.home.lake / version.bundle / "rows.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(DataError, match="changed after it was published"):
        read_dataset(OPERATOR, store, version)


def test_other_rows_in_an_honest_file_break_the_seal(store: Store) -> None:
    version = publish_dataset(store, enrolment(), actor="test").version
    other = publish_dataset(store, enrolment(ROWS.iloc[:1], "b"), actor="test").version
    forged = replace(other, rows_sha256=version.rows_sha256)
    with pytest.raises(DataError, match="not those that were published"):
        verify_dataset(store, forged)


def test_rows_are_limited_to_the_schools_of_the_scope(store: Store) -> None:
    version = publish_dataset(store, enrolment(), actor="test").version
    own = read_dataset(Scope("school", ("S02",)), store, version)
    assert own.rows["school"].tolist() == ["S02"]
    assert len(read_dataset(LEADERSHIP, store, version).rows) == 2


@pytest.mark.parametrize("role", ["leadership", "township", "researcher", "school"])
def test_rows_of_single_pupils_are_not_for_whoever_has_no_such_level(
    store: Store, role: str
) -> None:
    new = enrolment(POINTS, kind="items", name="小题分")
    version = publish_dataset(store, new, actor="test").version
    with pytest.raises(PermissionError, match="not single rows"):
        read_dataset(Scope(role), store, version)  # type: ignore[arg-type]


def test_a_school_reads_the_points_of_its_own_pupils_and_no_questionnaires(
    store: Store,
) -> None:
    items = publish_dataset(store, enrolment(POINTS, kind="items"), actor="test").version
    school = Scope("school", ("S01",))
    assert read_dataset(school, store, items).rows["pupil"].tolist() == [11]
    answers = POINTS.rename(columns={"pupil": "respondent"})
    survey = publish_dataset(store, enrolment(answers, kind="survey"), actor="test").version
    with pytest.raises(PermissionError):
        read_dataset(school, store, survey)
    assert len(read_for_figures(school, store, survey).rows) == 2


def test_a_clerk_of_some_schools_reads_moves_of_these_schools(store: Store) -> None:
    moves = pd.DataFrame({
        "pupil": [1, 2], "moved_on": ["2026-03-01"] * 2, "kind": ["between", "out"],
        "reason": ["transfer"] * 2, "from_school": ["S01", "S02"], "to_school": ["S03", None],
    }).astype({"to_school": "str"})  # fmt: skip
    version = publish_dataset(store, enrolment(moves, kind="moves"), actor="test").version
    clerk = Scope("clerk", ("S03",))
    assert read_dataset(clerk, store, version).rows["pupil"].tolist() == [1]


def test_an_unknown_dataset_is_told_with_those_that_exist(store: Store) -> None:
    publish(store, enrolment())
    with pytest.raises(SettingsError, match=r"'x': 0 .*2026 春"):
        find_dataset(OPERATOR, store, kind="enrolment", name="x")


def test_a_failed_transaction_leaves_no_version_and_the_next_start_sweeps(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_work: object) -> None:
        raise OSError("disk")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "change", lambda _self, work: fail(work))
        with pytest.raises(OSError, match="disk"):
            publish(store, enrolment())
    assert list_datasets(OPERATOR, store) == ()
    assert len(list(store.home.lake.iterdir())) == 1
    again = open_store_at(store.home)
    assert list(again.home.lake.iterdir()) == []


def test_a_published_bundle_survives_the_sweep(store: Store) -> None:
    version = publish_dataset(store, enrolment(), actor="test").version
    (store.home.staging / f"{version.bundle}.waiting").touch()
    again = open_store_at(store.home)
    with again.read() as session:
        assert session.scalars(select(Dataset.bundle)).all() == [version.bundle]
    lake.verify(again.home, f"{version.bundle}/rows.parquet", sha256=version.sha256)
