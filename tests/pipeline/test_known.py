"""Files of scores against the roster and the exams that the store has."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.findings import Finding
from data.catalogue import find_exam
from data.importers.sheet import Reading
from data.pseudonym import read_key
from data.roster import number_hashes
from data.scope import OPERATOR
from data.store import Store
from pipeline.import_roster import RosterRequest, import_roster_sheet
from pipeline.import_scores import ImportReport, ImportRequest, import_scores
from pipeline.known import known_for
from pipeline.publish import publish
from pipeline.release_rows import stored_rows
from tests.builders import make_submission, write_csv
from tests.data.importers.sheets import make_sheet

ROSTER = "学校代码,学校名称,年级,班级,学籍号,考号,姓名\n"
SCORES = "学校代码,学校名称,年级,班级,学籍号,姓名,语文,数学\n"
NOW_GRADE = 8


def roster_lines(n: int = 12, *, school: str = "01") -> str:
    return "".join(
        f"{school},示例{school}中,8,{i % 2 + 1}班,00{school}{i:04d},9{school}{i:03d},学生{i}\n"
        for i in range(n)
    )


def score_lines(n: int = 12, *, school: str = "01", number: str = "00{s}{i:04d}") -> str:
    return "".join(
        f"{school},示例{school}中,8,{i % 2 + 1}班,{number.format(s=school, i=i)},学生{i},"
        f"{50 + i * 7 % 60},{60 + i * 5 % 50}\n"
        for i in range(n)
    )


@pytest.fixture
def county(store: Store, tmp_path: Path) -> Store:
    content = ROSTER + roster_lines() + roster_lines(school="02")
    report = import_roster_sheet(
        store,
        Reading(make_sheet(content), ()),
        RosterRequest(tmp_path / "roster.csv"),
        is_dry_run=False,
        actor="t",
    )
    assert report.outcome == "accept"
    return store


def bring(store: Store, tmp_path: Path, content: str, **fields: Any) -> ImportReport:
    path = write_csv(tmp_path / "scores.csv", content)
    usual: dict[str, Any] = {
        "exam": "期中", "held_on": date.today(), "grade": NOW_GRADE, "stage": None,
        "full_marks": {"语文": 12000, "数学": 12000},
    }  # fmt: skip
    is_dry_run = fields.pop("is_dry_run", False)
    request = ImportRequest(path=path, **{**usual, **fields})
    return import_scores(store, request, is_dry_run=is_dry_run, actor="t")


def named(report: ImportReport, *checks: str) -> list[Finding]:
    return [f for f in report.findings if f.check in checks]


def test_a_file_that_agrees_with_the_roster_is_accepted(county: Store, tmp_path: Path) -> None:
    content = SCORES + score_lines() + score_lines(school="02")
    report = bring(county, tmp_path, content)
    assert [(f.severity, f.check) for f in report.findings] == []
    assert report.release == 1


def test_a_dry_run_tells_the_same_of_pupils(county: Store, tmp_path: Path) -> None:
    content = SCORES + score_lines(10) + score_lines(2, school="02", number="77{i:06d}")
    found = bring(county, tmp_path, content, is_dry_run=True)
    assert [f.check for f in named(found, "pupil_unknown", "pupils_missing")] == [
        "pupil_unknown", "pupils_missing", "pupils_missing",
    ]  # fmt: skip


def test_scores_under_exam_numbers_are_stored_under_the_pupil(
    county: Store, tmp_path: Path
) -> None:
    header = "学校代码,学校名称,年级,班级,考号,姓名,语文,数学\n"
    report = bring(county, tmp_path, header + score_lines(number="9{s}{i:03d}"))
    assert report.release == 1, report.findings
    assert named(report, "pupil_number_column") == []
    (taken,) = named(report, "pupil_number_by_exam_number")
    assert "有 12 名学生按“考号”" in taken.message_zh
    rows = stored_rows(county, find_exam(OPERATOR, county, "期中"))
    real = number_hashes(county.home)([f"0001{i:04d}" for i in range(12)])
    assert set(rows.wide["pupil"]) == set(real)
    assert set(rows.roster["pupil_number"]) == {f"0001{i:04d}" for i in range(12)}


def test_exam_numbers_of_other_names_publish_nothing(county: Store, tmp_path: Path) -> None:
    header = "学校代码,学校名称,年级,班级,考号,姓名,语文,数学\n"
    lines = score_lines(number="9{s}{i:03d}").replace("学生", "别人")
    report = bring(county, tmp_path, header + lines)
    assert (report.outcome, report.release) == ("reject", None)
    assert len(named(report, "pupil_number_by_exam_number")) == 12


def test_zeros_that_a_spreadsheet_ate_come_back(county: Store, tmp_path: Path) -> None:
    report = bring(county, tmp_path, SCORES + score_lines(number="1{i:04d}"))
    (restored,) = named(report, "pupil_number_restored")
    assert "有 12 个学籍号开头的 0 已丢失" in restored.message_zh
    rows = stored_rows(county, find_exam(OPERATOR, county, "期中"))
    assert set(rows.roster["pupil_number"]) == {f"0001{i:04d}" for i in range(12)}


def test_a_schools_clerk_cannot_bring_another_school(county: Store, tmp_path: Path) -> None:
    content = SCORES + score_lines() + score_lines(3, school="02")
    report = bring(county, tmp_path, content, school="01")
    assert (report.outcome, report.release) == ("reject", None)
    (finding,) = named(report, "other_school")
    assert "有 3 行不是学校 01 的学生" in finding.message_zh


def test_a_schools_clerk_cannot_take_numbers_of_other_schools_pupils(
    county: Store, tmp_path: Path
) -> None:
    """An exam number of a pupil of 02 under the code of 01 must not open his identity."""
    header = "学校代码,学校名称,年级,班级,考号,语文,数学\n"
    lines = "".join(f"01,示例01中,8,1班,902{i:03d},70,80\n" for i in range(5))
    report = bring(county, tmp_path, header + lines, school="01", is_dry_run=True)
    told = "".join(f.message_zh + f.message_en for f in report.findings)
    assert "有 5 名学生" not in told
    assert "02" not in told.replace("902", "")


def foreign_line(name: str = "学生3", class_name: str = "2班", number: str = "00020003") -> str:
    return f"01,示例01中,8,{class_name},{number},{name},70,80\n"


def test_a_schools_clerk_cannot_try_names_and_classes_of_other_schools_pupils(
    county: Store, tmp_path: Path
) -> None:
    """Whatever he writes of a pupil of 02, he is told the same."""
    told = [
        bring(county, tmp_path, SCORES + score_lines() + line, school="01", is_dry_run=True)
        for line in (foreign_line(), foreign_line("别人"), foreign_line(class_name="1班"))
    ]
    assert [f.check for f in told[0].findings] == ["pupil_elsewhere"]
    assert told[0].findings == told[1].findings == told[2].findings


def test_a_schools_clerk_cannot_try_names_through_lost_zeros(
    county: Store, tmp_path: Path
) -> None:
    told = [
        bring(county, tmp_path, SCORES + score_lines() + line, school="01", is_dry_run=True)
        for line in (foreign_line(number="20003"), foreign_line("别人", number="20003"))
    ]
    assert [f.check for f in told[0].findings] == ["pupil_unknown"]
    assert told[0].findings == told[1].findings


def test_earlier_exams_are_found_by_cohort_and_by_season(store: Store) -> None:
    for name, day, grade in (
        ("2025 七下", date(2025, 6, 28), 7),
        ("2025 八下", date(2025, 6, 25), 8),
        ("2025 八上", date(2025, 1, 10), 8),
    ):
        publish(store, make_submission(name, day=day, grade=grade), actor="t")
    record = make_submission("2026 八下", day=date(2026, 6, 28), grade=8).exam
    known = known_for(store, record, as_school=None)
    assert known.baseline is not None
    assert known.baseline.name == "2025 七下"
    assert known.last_year is not None
    assert known.last_year.name == "2025 八下"
    assert known.superseded is None
    assert list(known.baseline.scores) == ["pupil", "school", "chinese", "math"]
    assert known.baseline.full_marks == {"chinese": 12000, "math": 12000}
    assert len(known.schools) == 3


def test_what_is_known_shows_no_key(store: Store) -> None:
    record = make_submission().exam
    shown = repr(known_for(store, record, as_school=None))
    assert repr(read_key(store.home, "pseudonym")) not in shown
    assert "hash_numbers" not in shown
