"""A roster from its file to the catalogue."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import text

from core.errors import DataError, SettingsError
from core.findings import Finding
from data.catalogue import units_of
from data.importers.sheet import Reading
from data.pupils import identities_of, pupils_of
from data.scope import OPERATOR, Scope
from data.store import Store
from pipeline import import_roster as module
from pipeline.import_roster import (
    RosterReport,
    RosterRequest,
    import_roster,
    import_roster_sheet,
)
from tests.data.importers.sheets import make_sheet

HEADER = "学校代码,学校名称,乡镇,年级,班级,学籍号,考号,姓名\n"
GOOD = HEADER + (
    "01,示例一中,青禾镇,七年级,1班,20230001,9001,示例甲\n"
    "01,示例一中,青禾镇,八年级,2班,20220002,9002,示例乙\n"
    "02,示例二小,白水镇,3,1班,20210003,9003,示例丙\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def bring(
    store: Store, folder: Path, content: str = GOOD, *, is_dry_run: bool = False, **fields: Any
) -> RosterReport:
    request = RosterRequest(folder / "roster.csv", **fields)
    reading = Reading(make_sheet(content), ())
    return import_roster_sheet(store, reading, request, is_dry_run=is_dry_run, actor="t")


def test_a_roster_makes_schools_townships_classes_and_pupils(
    store: Store, folder: Path
) -> None:
    report = bring(store, folder)
    assert (report.outcome, report.findings) == ("accept", ())
    assert (report.n_rows, report.n_schools, report.n_classes) == (3, 2, 3)
    assert report.counts["new"] == 3
    units = units_of(store, "local").set_index("code")
    assert units.loc["01", "name"] == "示例一中"
    assert units.loc["02", "parent"] == "township/白水镇"
    assert units.loc[["01", "02"], "stage"].tolist() == ["junior", "primary"]
    pupils = pupils_of(OPERATOR, store, "local")
    assert sorted(pupils["grade"].tolist()) == [3, 7, 8]
    opened = identities_of(OPERATOR, store, "local", pupils["pupil"].tolist())
    assert set(opened["pupil_name"]) == {"示例甲", "示例乙", "示例丙"}


def test_the_same_roster_again_changes_nothing(store: Store, folder: Path) -> None:
    bring(store, folder)
    report = bring(store, folder)
    assert report.counts == {
        "new": 0, "changed": 0, "moved": 0, "left": 0, "unchanged": 3,
    }  # fmt: skip
    assert report.findings == ()


def test_a_dry_run_tells_and_changes_nothing(store: Store, folder: Path) -> None:
    report = bring(store, folder, is_dry_run=True)
    assert (report.counts["new"], report.is_saved) == (3, False)
    assert pupils_of(OPERATOR, store, "local").empty
    assert units_of(store, "local").empty


@pytest.mark.parametrize(
    ("line", "check", "row"),
    [
        ("01,示例一中,青禾镇,七年级,1班,20230001,9009,示例丁\n", "duplicate_pupil", 5),
        ("01,示例一中,青禾镇,七年级,1班,,9009,示例丁\n", "pupil_number_missing", 5),
        ("01,示例一中,青禾镇,七年级,1班,20230009,9001,示例丁\n", "exam_number_twice", 2),
        ("01,示例一中,青禾镇,七年级,1班,G33010620120302001,9009,示例丁\n",
         "pupil_number_shape", 5),
        ("01,示例一中,青禾镇,七年级,1班,2.02E+19,9009,示例丁\n", "pupil_number_stored", 5),
        ("01,示例一中,青禾镇,毕业班,1班,20230009,9009,示例丁\n", "grade", 5),
        ("01,示例一中,青禾镇,七年级,1班,20230009,9009,<b>示例丁</b>\n", "text_characters", 5),
        (",,青禾镇,七年级,1班,20230009,9009,示例丁\n", "school_missing", 5),
        ("09,示例一中,青禾镇,七年级,1班,20230009,9009,示例丁\n", "school_identity", 5),
    ],
)  # fmt: skip
def test_a_file_with_an_error_changes_nothing(
    store: Store, folder: Path, line: str, check: str, row: int
) -> None:
    report = bring(store, folder, GOOD + line)
    errors = [f for f in report.findings if f.severity == "error"]
    assert (check, row) in {(f.check, f.row) for f in errors}
    assert (report.outcome, report.counts, report.is_saved) == ("reject", {}, False)
    assert report.n_refused >= 1
    told = "".join(f.message_zh + f.message_en for f in report.findings)
    for secret in ("示例甲", "示例丁", "20230001", "20230009", "9001"):
        assert secret not in told
    assert pupils_of(OPERATOR, store, "local").empty
    assert units_of(store, "local").empty


def test_a_wrong_check_character_is_a_warning(store: Store, folder: Path) -> None:
    line = "01,示例一中,青禾镇,七年级,1班,G330106201203020013,9009,示例丁\n"
    report = bring(store, folder, GOOD + line)
    assert [(f.severity, f.check, f.row) for f in report.findings] == [
        ("warning", "pupil_number_shape", 5)
    ]
    assert report.counts["new"] == 4


def test_a_missing_column_names_it(store: Store, folder: Path) -> None:
    for content, word in (
        ("学校代码,班级,学籍号,姓名\n01,1班,1,甲\n", "年级"),
        ("年级,班级,学籍号,姓名\n七年级,1班,1,甲\n", "学校代码（或学校名称）"),
    ):
        report = bring(store, folder, content)
        assert report.outcome == "reject"
        assert any(word in f.message_zh for f in report.findings)


def test_english_headers_are_known(store: Store, folder: Path) -> None:
    content = (
        "school code,school name,grade,class,pupil number,exam number,name\n"
        "01,Example,7,1,20230001,9001,Ann\n"
    )
    report = bring(store, folder, content)
    assert (report.outcome, report.counts["new"]) == ("accept", 1)


def test_a_known_school_under_another_name_or_code_is_a_warning(
    store: Store, folder: Path
) -> None:
    bring(store, folder)
    report = bring(store, folder, GOOD.replace("示例一中", "示例中学").replace("02,", "22,"))
    assert {f.check for f in report.findings} >= {"school_renamed", "school_recoded"}
    assert units_of(store, "local").set_index("code").loc["01", "name"] == "示例一中"


def test_a_complete_roster_counts_who_left(store: Store, folder: Path) -> None:
    bring(store, folder)
    shorter = GOOD.replace("01,示例一中,青禾镇,八年级,2班,20220002,9002,示例乙\n", "")
    partial = bring(store, folder, shorter)
    assert [(f.severity, f.check, f.value) for f in partial.findings] == [
        ("note", "roster_missing", "1")
    ]
    assert pupils_of(OPERATOR, store, "local")["is_enrolled"].all()
    dry = bring(store, folder, shorter, is_complete=True, is_dry_run=True)
    assert dry.counts["left"] == 1
    complete = bring(store, folder, shorter, is_complete=True)
    assert [(f.severity, f.check, f.value) for f in complete.findings] == [
        ("warning", "roster_left", "1")
    ]
    assert int((~pupils_of(OPERATOR, store, "local")["is_enrolled"]).sum()) == 1


def test_a_part_of_a_school_is_never_its_complete_roster(store: Store, folder: Path) -> None:
    lines = [f"01,示例一中,青禾镇,{7 + i % 3},1班,N{i:04d},,示例{i}\n" for i in range(30)]
    bring(store, folder, HEADER + "".join(lines))
    one_grade = HEADER + "".join(lines[::3])
    report = bring(store, folder, one_grade, is_complete=True)
    (finding,) = report.findings
    assert (finding.check, report.outcome) == ("roster_incomplete", "reject")
    assert "现有 30 名在校学生，其中 20 名不在这份名单中" in finding.message_zh
    assert pupils_of(OPERATOR, store, "local")["is_enrolled"].all()
    two_grades = HEADER + "".join(line for i, line in enumerate(lines) if i % 3)
    assert bring(store, folder, two_grades, is_complete=True).counts["left"] == 10


def test_pupils_who_changed_school_are_counted(store: Store, folder: Path) -> None:
    bring(store, folder)
    moved = GOOD.replace(
        "01,示例一中,青禾镇,八年级,2班,20220002", "02,示例二小,白水镇,八年级,2班,20220002"
    )
    report = bring(store, folder, moved)
    assert report.counts["moved"] == 1
    assert [(f.check, f.value) for f in report.findings] == [("roster_moved", "1")]


def test_a_schools_clerk_brings_his_own_school_only(store: Store, folder: Path) -> None:
    report = bring(store, folder, school="01")
    (finding,) = report.findings
    assert (finding.check, report.outcome, report.n_refused) == ("other_school", "reject", 1)
    assert pupils_of(OPERATOR, store, "local").empty


CLAIM = HEADER + (
    "01,示例一中,青禾镇,七年级,1班,20230001,9001,示例甲\n"
    "01,示例一中,青禾镇,三年级,9班,20210003,,改名丁\n"
)


@pytest.mark.parametrize("has_left", [False, True])
@pytest.mark.parametrize("name", ["改名丁", "示例丙"])
def test_a_schools_clerk_cannot_take_a_pupil_of_another_school(
    store: Store, folder: Path, name: str, has_left: bool
) -> None:
    bring(store, folder)
    if has_left:
        others = GOOD.replace("20210003,9003,示例丙", "20210009,9009,示例戊")
        bring(store, folder, others, is_complete=True)
    before = pupils_of(OPERATOR, store, "local")
    version = store.version()
    report = bring(store, folder, CLAIM.replace("改名丁", name), school="01")
    (finding,) = report.findings
    assert (finding.severity, finding.check) == ("error", "pupil_claimed")
    assert (finding.row, finding.column) == (3, "学籍号")
    assert "由教育局" in finding.message_zh
    assert "02" not in finding.message_zh.replace("2021", "")
    assert (report.outcome, report.n_refused, report.counts) == ("reject", 1, {})
    pd.testing.assert_frame_equal(pupils_of(OPERATOR, store, "local"), before)
    assert store.version() == version
    own = Scope("clerk", ("01",))
    opened = identities_of(own, store, "local", before["pupil"].tolist())
    assert "9003" not in set(opened["exam_number"])


def test_the_bureau_moves_a_pupil_and_then_his_new_school_lists_him(
    store: Store, folder: Path
) -> None:
    bring(store, folder)
    assert bring(store, folder, CLAIM).counts["moved"] == 1
    report = bring(store, folder, CLAIM, school="01")
    assert (report.outcome, report.counts["unchanged"]) == ("normalise", 2)


def test_a_claim_that_another_writer_made_possible_is_refused_while_saving(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pupil is enrolled elsewhere between the check and the transaction."""
    bring(store, folder, GOOD.replace("20210003", "20210008"))

    def enrolled_meanwhile(*_args: object) -> list[Finding]:
        monkeypatch.undo()
        bring(store, folder)
        return []

    monkeypatch.setattr(module, "check_known_schools", enrolled_meanwhile)
    with pytest.raises(DataError, match="another school"):
        bring(store, folder, CLAIM, school="01")
    pupils = pupils_of(OPERATOR, store, "local")
    assert sorted(pupils["school"]) == ["01", "01", "02", "02"]


def test_a_school_gets_the_township_that_was_not_known(store: Store, folder: Path) -> None:
    without = GOOD.replace("青禾镇", "").replace("白水镇", "")
    bring(store, folder, without)
    assert units_of(store, "local").set_index("code").loc["01", "parent"] == "county/local"
    bring(store, folder)
    assert units_of(store, "local").set_index("code").loc["01", "parent"] == "township/青禾镇"


def test_a_file_that_is_not_there_is_a_wrong_call(store: Store, folder: Path) -> None:
    with pytest.raises(SettingsError, match="no file"):
        import_roster(store, RosterRequest(folder / "none.csv"), is_dry_run=True, actor="t")


def test_no_name_or_number_reaches_the_disk(store: Store, folder: Path) -> None:
    exam_number = "K20269001"  # no hexadecimal digest holds it by chance
    bring(store, folder, GOOD.replace("9001", exam_number))
    with store.write() as session:
        session.execute(text("SELECT 1"))
    for path in store.home.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for secret in ("示例甲", "20230001", exam_number):
                assert secret.encode() not in content, path.name
