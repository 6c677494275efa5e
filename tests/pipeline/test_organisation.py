"""Schools of a file and of the store: matched by code, else by a name that only one has."""

from datetime import date
from pathlib import Path

from data.catalogue import units_of
from data.pupils import pupils_of
from data.scope import OPERATOR
from data.store import Store
from pipeline.import_roster import RosterReport, RosterRequest, import_roster
from pipeline.import_scores import ImportReport, ImportRequest, import_scores
from pipeline.organisation import check_known_schools
from tests.builders import write_csv
from tests.data.importers.workbooks import save_sheets

HEADER = "学校代码,学校名称,乡镇,班级,学籍号,姓名,语文\n"


def lines(*schools: str, n: int = 3, first: int = 0) -> str:
    """Return the rows of pupils; a school is written as its cells up to the township."""
    return "".join(
        f"{school},1班,T{first + k}{i},示例学生,{70 + i}\n"
        for k, school in enumerate(schools)
        for i in range(n)
    )


COUNTY = HEADER + lines("01,一中,甲镇", "02,二中,乙镇")


def bring(
    store: Store, folder: Path, text: str, exam: str = "期末", school: str | None = None
) -> ImportReport:
    path = write_csv(folder / "scores.csv", text)
    marks = {"语文": 120_00}
    request = ImportRequest(path, exam, date(2026, 6, 28), 8, None, marks, school=school)
    return import_scores(store, request, is_dry_run=False, actor="test")


def schools(store: Store) -> list[str]:
    units = units_of(store, "local")
    return sorted(units.loc[units["level"] == "school", "code"])


def checks(report: ImportReport | RosterReport) -> list[tuple[str, str]]:
    return [(finding.severity, finding.check) for finding in report.findings]


def test_schools_that_are_named_only_are_the_known_ones(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, COUNTY, "上次")
    by_name = "学校,班级,学籍号,姓名,语文\n" + lines("一中", " 二 中 ")
    report = bring(store, tmp_path, by_name)
    assert report.release == 1
    assert ("note", "school_by_name") in checks(report)
    assert not {"school_recoded", "school_moved"} & {check for _, check in checks(report)}
    assert schools(store) == ["01", "02"]


def test_a_name_that_several_schools_have_is_asked(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, HEADER + lines("01,一中,甲镇", "02,一中,乙镇"), "上次")
    report = bring(store, tmp_path, "学校,班级,学籍号,姓名,语文\n" + lines("一中"))
    assert report.outcome == "reject"
    assert ("error", "school_shared_name") in checks(report)


def test_a_school_that_no_one_knows_keeps_its_name_as_its_code(
    store: Store, tmp_path: Path
) -> None:
    bring(store, tmp_path, COUNTY, "上次")
    bring(store, tmp_path, "学校,班级,学籍号,姓名,语文\n" + lines("三中", first=5))
    assert schools(store) == ["01", "02", "三中"]


def test_a_clerk_may_name_his_school_without_its_code(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, COUNTY, "上次")
    report = bring(
        store, tmp_path, "学校,班级,学籍号,姓名,语文\n" + lines("二中", first=1), school="02"
    )
    assert report.release == 1


def test_a_roster_names_known_schools_without_their_codes(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, COUNTY, "上次")
    path = write_csv(
        tmp_path / "roster.csv", "学校,年级,班级,学籍号,姓名\n二中,八年级,1班,T10,示例学生\n"
    )
    report = import_roster(store, RosterRequest(path), is_dry_run=False, actor="test")
    assert ("note", "school_by_name") in checks(report)
    assert pupils_of(OPERATOR, store, "local")["school"].tolist() == ["02"]
    assert schools(store) == ["01", "02"]


def test_a_file_without_townships_moves_no_school(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, COUNTY, "上次")
    plain = "学校代码,学校名称,班级,学籍号,姓名,语文\n" + lines("01,一中", "02,二中")
    assert "school_moved" not in {check for _, check in checks(bring(store, tmp_path, plain))}
    moved = bring(store, tmp_path, COUNTY.replace("甲镇", "丙镇"), "再次")
    assert ("warning", "school_moved") in checks(moved)


def test_units_compared_with_themselves_give_nothing(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, COUNTY)
    units = units_of(store, "local")
    assert check_known_schools(units, units) == []


def test_a_further_school_of_an_exam_is_added_and_no_correction(
    store: Store, tmp_path: Path
) -> None:
    bring(store, tmp_path, HEADER + lines("01,一中,甲镇"), school="01")
    second = bring(store, tmp_path, HEADER + lines("02,二中,乙镇", first=1), school="02")
    (told,) = [f for f in second.findings if f.check in {"supersedes", "school_added"}]
    assert (told.severity, told.check, second.release) == ("note", "school_added", 2)
    assert "第 1 版还没有学校 02 的成绩，本次加入，成为第 2 版" in told.message_zh
    assert "更正" not in told.message_zh


def test_a_school_that_is_imported_again_is_a_correction(store: Store, tmp_path: Path) -> None:
    text = HEADER + lines("01,一中,甲镇")
    bring(store, tmp_path, text, school="01")
    again = bring(store, tmp_path, text.replace(",70\n", ",71\n"), school="01")
    assert ("warning", "supersedes") in checks(again)


def test_rows_of_sheets_read_together_are_told_by_sheet(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    header = tuple(HEADER.strip().split(","))
    rows: dict[str, list[tuple[object, ...]]] = {
        "一中": [("01", "一中", "甲镇", "1班", "T1", "示例学生", 80)],
        "二中": [("02", "二中", "乙镇", "1班", "T2", "示例学生", "x")],
    }
    save_sheets(path, {name: [header, *own] for name, own in rows.items()})
    request = ImportRequest(
        path, "期末", date(2026, 6, 28), 8, None, {"语文": 120_00}, sheet="*"
    )
    report = import_scores(store, request, is_dry_run=True, actor="test")
    (error,) = [f for f in report.findings if f.severity == "error"]
    assert error.row == 2
    assert "第 二中!2 行" in error.message_zh
