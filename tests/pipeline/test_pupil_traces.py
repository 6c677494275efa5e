"""A pupil is found under every number that the store knows to be his, and nobody else is."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core.errors import SettingsError
from data.catalogue import find_exam, list_releases
from data.dataset_publication import NewDataset, publish_dataset
from data.datasets import find_dataset, read_for_figures
from data.importers.sheet import Reading
from data.pupils import pupils_of
from data.roster import number_hashes
from data.scope import OPERATOR
from data.store import Store
from pipeline.check_scores import ImportRequest
from pipeline.delete_pupil import DeletedPupil, delete_pupil
from pipeline.import_roster import RosterRequest, import_roster_sheet
from pipeline.import_scores import draft_scores, import_scores
from pipeline.organisation import LOCAL_COUNTY
from pipeline.pupil_traces import traces_of
from pipeline.release_rows import stored_rows
from tests.builders import write_csv
from tests.data.importers.sheets import make_sheet

NUMBER, EXAM_NUMBER, NAME = "20230001", "9001", "示例甲"
ROSTER = (
    "学校代码,学校名称,年级,班级,学籍号,考号,姓名\n"
    "01,示例一中,8,1班,20230001,9001,示例甲\n"
    "01,示例一中,8,1班,20230002,9002,示例乙\n"
    "02,示例二中,8,1班,20230003,9003,示例丙\n"
)
LINES = {
    "01,示例一中,1班,9001": NAME,
    "01,示例一中,1班,9002": "示例乙",
    "02,示例二中,1班,9003": "示例丙",
}


def scores(names: dict[str, str] = LINES, *, has_names: bool = True) -> str:
    head = "学校代码,学校名称,班级,考号,语文" + (",姓名" if has_names else "")
    rows = [
        f"{place},{70 + k}" + (f",{name}" if has_names else "")
        for k, (place, name) in enumerate(names.items())
    ]
    return "\n".join([head, *rows, ""])


def exam(
    store: Store, folder: Path, content: str, name: str = "期中", *, is_draft: bool = False
) -> None:
    path = write_csv(folder / "scores.csv", content)
    request = ImportRequest(path, name, date(2026, 4, 20), 8, None, {"语文": 12000})
    if is_draft:
        assert draft_scores(store, request, actor="t").is_draft
    else:
        report = import_scores(store, request, is_dry_run=False, actor="t")
        assert report.release == 1, report.findings


def roster(store: Store, folder: Path, content: str = ROSTER) -> None:
    report = import_roster_sheet(
        store, Reading(make_sheet(content), ()), RosterRequest(folder / "r.csv"),
        is_dry_run=False, actor="t",
    )  # fmt: skip
    assert report.is_saved


def delete(store: Store) -> DeletedPupil:
    return delete_pupil(
        OPERATOR, store, NUMBER, county=LOCAL_COUNTY, reason="监护人申请", actor="t"
    )


def numbers_in(store: Store, name: str = "期中") -> set[str]:
    rows = stored_rows(store, find_exam(OPERATOR, store, name))
    assert set(rows.wide["pupil"]) == set(rows.roster["pupil"])
    return set(rows.roster["exam_number"].dropna())


def test_scores_under_the_exam_number_go_with_the_pupil(store: Store, tmp_path: Path) -> None:
    exam(store, tmp_path, scores())
    roster(store, tmp_path)
    done = delete(store)
    assert done == DeletedPupil(("期中",), 1, 0, was_in_roster=True)
    assert numbers_in(store) == {"9002", "9003"}
    assert len(pupils_of(OPERATOR, store, LOCAL_COUNTY)) == 2


def test_without_names_the_school_tells_that_a_number_is_his(
    store: Store, tmp_path: Path
) -> None:
    exam(store, tmp_path, scores(has_names=False))
    roster(store, tmp_path)
    assert delete(store).exams == ("期中",)
    assert numbers_in(store) == {"9002", "9003"}


def test_another_pupil_who_had_the_exam_number_before_stays(
    store: Store, tmp_path: Path
) -> None:
    exam(store, tmp_path, scores(LINES | {"01,示例一中,1班,9001": "示例丁"}))
    roster(store, tmp_path)
    done = delete(store)
    assert done == DeletedPupil((), 0, 0, was_in_roster=True)
    assert numbers_in(store) == {"9001", "9002", "9003"}


def test_a_number_without_a_name_at_another_school_is_told_and_stays(
    store: Store, tmp_path: Path
) -> None:
    others = {"02,示例二中,1班,9001": "", "02,示例二中,1班,9003": ""}
    exam(store, tmp_path, scores(others, has_names=False))
    roster(store, tmp_path)
    done = delete(store)
    assert done == DeletedPupil((), 0, 0, was_in_roster=True, doubtful=("期中",))
    assert numbers_in(store) == {"9001", "9003"}


def test_the_exam_number_of_another_release_leads_on(store: Store, tmp_path: Path) -> None:
    """Once the roster has new exam numbers, an exam with both numbers still knows the old."""
    exam(store, tmp_path, scores(), "上学期")
    both = "学校代码,学校名称,班级,学籍号,考号,姓名,语文\n"
    both += "01,示例一中,1班,20230001,9001,示例甲,80\n"
    both += "01,示例一中,1班,20230002,9002,示例乙,70\n"
    exam(store, tmp_path, both, "期中")
    roster(store, tmp_path, ROSTER.replace(",90", ",80"))
    assert set(delete(store).exams) == {"上学期", "期中"}
    assert numbers_in(store, "上学期") == {"9002", "9003"}
    assert numbers_in(store, "期中") == {"9002"}


@pytest.mark.parametrize("has_exam", [True, False])
def test_points_on_items_under_the_exam_number_go_too(
    store: Store, tmp_path: Path, has_exam: bool
) -> None:
    exam(store, tmp_path, scores())
    roster(store, tmp_path)
    release = find_exam(OPERATOR, store, "期中")
    pupils = number_hashes(store.home)([EXAM_NUMBER, "9002"]).tolist()
    rows = pd.DataFrame({"pupil": pupils, "school": ["01", "01"], "item_1": [300, 200]})
    exam_id = release.exam_id if has_exam else None
    new = NewDataset(LOCAL_COUNTY, "items", "期中语文", exam_id, "f" * 64, rows)
    publish_dataset(store, new, actor="t")
    assert delete(store).n_datasets == 1
    after = find_dataset(OPERATOR, store, county=LOCAL_COUNTY, kind="items", name="期中语文")
    assert list(read_for_figures(OPERATOR, store, after).rows["pupil"]) == pupils[1:]


def test_a_draft_under_the_exam_number_must_end_first(store: Store, tmp_path: Path) -> None:
    exam(store, tmp_path, scores(), is_draft=True)
    roster(store, tmp_path)
    with pytest.raises(SettingsError, match="Drafts hold this pupil"):
        delete(store)
    traces = traces_of(OPERATOR, store, "20230003", county=LOCAL_COUNTY)
    assert (len(traces.drafts), traces.releases) == (1, {})


def test_every_release_of_an_exam_is_followed(store: Store, tmp_path: Path) -> None:
    exam(store, tmp_path, scores())
    path = write_csv(tmp_path / "b.csv", scores().replace(",70,", ",75,"))
    request = ImportRequest(
        path, "期中", date(2026, 4, 20), 8, None, {"语文": 12000}, reason="更正"
    )
    import_scores(store, request, is_dry_run=False, actor="t")
    roster(store, tmp_path)
    assert delete(store).n_releases == 2
    gone = number_hashes(store.home)([NUMBER, EXAM_NUMBER])
    for release in list_releases(OPERATOR, store):
        rows = stored_rows(store, release)
        assert not rows.wide["pupil"].isin(gone).any()
        assert NAME not in set(rows.roster["pupil_name"])
