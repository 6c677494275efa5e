"""Odd but possible calls: each ends with a sentence, none with a wrong figure."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from core.errors import NotEstimableError, SettingsError
from core.value_added import ValueAddedSpec
from data.catalogue import find_exam
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store
from pipeline import __main__ as command_line
from pipeline.command_line.parser import COMMANDS
from pipeline.compute_bands import exam_bands
from pipeline.compute_gaps import exam_gaps
from pipeline.compute_value_added import ValueAddedRequest, exam_value_added
from pipeline.import_scores import ImportReport, ImportRequest, import_scores
from pipeline.load_views import list_schools, load_exams, load_leadership, load_school
from pipeline.publish import publish, publish_parts
from pipeline.views import Query
from tests.builders import make_submission, write_csv

EXAM = ("--exam", "期末", "--date", "2026-06-28", "--grade", "9")
HEADER = "学校代码,学校名称,乡镇,班级,学籍号,语文,数学\n"


def rows(*, math: str = "7", town: str = "甲镇", code: str = "S", name: str = "示例") -> str:
    """Return thirty pupils of three schools; math is the same for all, or blank."""
    return "".join(
        f"{code}{i % 3},{name}{i % 3}校,{town},1班,T{i:03d},{50 + i},{math and 40 + i}\n"
        for i in range(30)
    )


def run(
    store: Store, folder: Path, text: str, *, exam: str = "期末", year: int = 2026, **marks: int
) -> ImportReport:
    """Import a file of grade 9 in 2026, of the grade before in the year before."""
    file = write_csv(folder / f"{exam}.csv", text)
    day = date(year, 6, 28)
    request = ImportRequest(file, exam, day, 9 - (2026 - year), None, marks)
    return import_scores(store, request, is_dry_run=False, actor="test")


def value_added(store: Store, current: str, baseline: str) -> object:
    request = ValueAddedRequest(
        find_exam(OPERATOR, store, current),
        find_exam(OPERATOR, store, baseline),
        "math",
        (),
        ValueAddedSpec("random_intercept", "z"),
    )
    return exam_value_added(OPERATOR, store, request)


def test_a_subject_without_scores_stops_neither_the_others_nor_the_page(
    store: Store, tmp_path: Path
) -> None:
    run(store, tmp_path, HEADER + rows(), exam="上年", year=2025)
    run(store, tmp_path, HEADER + rows(math=""))
    with pytest.raises(NotEstimableError):
        value_added(store, "期末", "上年")
    query = Query("期末", "chinese", "上年", "random_intercept")
    view = load_school(LEADERSHIP, store, "S1", query)
    status = view.value_added.set_index("subject")["status"]
    assert status["math"] == "not_estimable"


def test_a_baseline_must_be_earlier_and_another_exam(store: Store, tmp_path: Path) -> None:
    run(store, tmp_path, HEADER + rows(), exam="上年", year=2025)
    run(store, tmp_path, HEADER + rows())
    for current, baseline in (("上年", "期末"), ("期末", "期末")):
        with pytest.raises(SettingsError, match="another, earlier exam"):
            value_added(store, current, baseline)
    assert {e.name: e.baselines for e in load_exams(LEADERSHIP, store)} == {
        "期末": ("上年",),
        "上年": (),
    }


def test_a_pair_without_a_common_pupil_is_named_as_such(store: Store, tmp_path: Path) -> None:
    run(store, tmp_path, HEADER + rows(), exam="上年", year=2025)
    run(store, tmp_path, HEADER + rows().replace(",T", ",X"))
    with pytest.raises(NotEstimableError, match=r"No pupil .* \(matched: 0\)"):
        value_added(store, "期末", "上年")


def test_a_school_may_bear_the_code_of_a_township_or_of_the_county(
    store: Store, tmp_path: Path
) -> None:
    text = HEADER + rows().replace("S0,", "甲镇,").replace("S1,", "local,")
    assert run(store, tmp_path, text).release == 1
    assert set(list_schools(LEADERSHIP, store, "期末")["school"]) == {"甲镇", "local", "S2"}
    view = load_leadership(LEADERSHIP, store, Query("期末", "math", None, "contextual"))
    assert view.stamp.n_pupils == 30


def test_a_full_mark_for_the_total_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be given for: 总分"):
        run(store, tmp_path, HEADER + rows(), 总分=300_00)


def test_a_subject_named_twice_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="数学, math"):
        run(store, tmp_path, HEADER + rows(), 数学=90_00, math=150_00)


def test_a_full_mark_for_a_subject_that_the_file_lacks_is_a_finding(
    store: Store, tmp_path: Path
) -> None:
    report = run(store, tmp_path, HEADER + rows(), 物理=100_00)
    assert report.outcome == "reject"
    [finding] = [f for f in report.findings if f.check == "declared_subject"]
    assert "--full-mark 给出的科目“物理”" in finding.message_zh


def test_another_date_is_told_in_the_words_of_each_language(
    store: Store, tmp_path: Path
) -> None:
    run(store, tmp_path, HEADER + rows())
    with pytest.raises(SettingsError) as told:
        run(store, tmp_path, HEADER + rows(), year=2025)
    assert "在库中为 日期 2026-06-28、年级 9，本次给出 日期 2025-06-28、年级 8" in (
        told.value.message_zh
    )
    assert "known with date 2026-06-28, grade 9" in told.value.message


def test_another_countys_exam_cannot_be_replaced(demonstration: Store, tmp_path: Path) -> None:
    known = load_exams(LEADERSHIP, demonstration)[0]
    file = write_csv(tmp_path / "a.csv", HEADER + rows())
    request = ImportRequest(file, known.name, known.date, known.grade, None, {})
    with pytest.raises(SettingsError, match="county demonstration"):
        import_scores(demonstration, request, is_dry_run=False, actor="test")


def test_known_schools_under_other_names_codes_or_townships_are_asked_about(
    store: Store, tmp_path: Path
) -> None:
    run(store, tmp_path, HEADER + rows(), exam="上年", year=2025)
    for change, check in (
        ({"name": "样例"}, "school_renamed"),
        ({"code": "R"}, "school_recoded"),
        ({"town": "乙镇"}, "school_moved"),
    ):
        report = run(store, tmp_path, HEADER + rows(**change), exam=check)
        assert check in {finding.check for finding in report.findings}


def test_a_second_publisher_is_told_that_it_supersedes(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another clerk publishes between the check and the publication of this file."""

    def publish_second(*arguments: object, **settings: object) -> object:
        publish(store, make_submission("期末"), actor="other")
        return publish_parts(*arguments, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr("pipeline.import_scores.publish_parts", publish_second)
    report = run(store, tmp_path, HEADER + rows())
    assert report.release == 2
    assert "supersedes" in {finding.check for finding in report.findings}


def test_a_missing_file_is_a_wrong_call(store: Store) -> None:
    request = ImportRequest(Path("nowhere.xlsx"), "期末", date(2026, 6, 28), 9, None, {})
    with pytest.raises(SettingsError, match=r"There is no file 'nowhere\.xlsx'"):
        import_scores(store, request, is_dry_run=True, actor="test")


READING = {
    "publish": ["--exam", "期末"],
    "undo": ["1"],
    "batches": [],
    "template": ["--exam", "期末", "--out", "template.xlsx"],
    "datasets": [],
    "targets": [],
    "schemes": [],
    "verify": ["--accept-trail", "restored"],
    "backup": ["backups"],
    "rotate-keys": [],
    "delete-pupil": ["1", "--reason", "moved"],
    "exams": [],
    "view": ["leadership", "--exam", "期末"],
    "indicators": ["--exam", "期末"],
    "value-added": ["--exam", "期末", "--baseline", "上年", "--subject", "数学"],
    "diagnostics": ["--exam", "期末", "--baseline", "上年", "--subject", "数学"],
    "growth": ["--exam", "期末", "--baseline", "上年", "--subject", "数学"],
    "differential": ["--exam", "期末", "--baseline", "上年", "--subject", "数学"],
    "several-years": ["--exam", "期末", "--baseline", "上年", "--subject", "数学"],
    "gaps": ["--exam", "期末"],
    "weak-schools": ["--exam", "期末"],
    "bands": ["--exam", "期末"],
    "replay": ["rules", "--exam", "期末"],
    "equity": ["--exam", "期末"],
    "composite": ["--exam", "期末", "--weights", "scheme.toml"],
}


def test_every_command_reads_a_store_or_may_make_one() -> None:
    assert set(COMMANDS) == {*READING, "import", "roster", "dataset", "demo", "restore"}


@pytest.mark.parametrize("command", READING)
def test_a_folder_without_a_store_is_refused_and_stays_as_it_is(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Most often the folder is the wrong one, or its disk is not mounted."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHUNSHENG_HOME", str(tmp_path / "unmounted"))
    assert command_line.main([command, *READING[command]]) == command_line.WRONG_CALL
    said = capsys.readouterr().err
    assert "holds no store: catalogue.sqlite is missing" in said
    assert "中没有库：缺少 catalogue.sqlite" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [OSError(28, "No space left"), SQLAlchemyError("damaged")])
def test_a_failing_machine_has_an_exit_code_of_its_own(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_options: object) -> bool:
        raise error

    monkeypatch.setitem(COMMANDS, "exams", fail)
    assert command_line.main(["exams"]) == command_line.FAILED
    assert "The machine failed" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "长" * 121])
def test_an_exam_needs_a_printable_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["import", "a.csv", "--exam", name, "--date", "2026-06-28", "--grade", "9"]
    assert command_line.main(call) == command_line.WRONG_CALL
    said = capsys.readouterr().err
    assert "exam takes" in said or "exam is empty" in said
    assert "exam 须为" in said or "exam 为空" in said


@pytest.mark.parametrize(
    "call",
    [
        ["import", "a.csv", *EXAM, "--as-school", ""],
        ["import", "a.csv", *EXAM, "--as-school", "\udcff33"],
        ["import", "a.csv", *EXAM, "--as-school", "3" * 121],
        ["import", "a\udcff.csv", *EXAM],
        ["import", "a.csv", *EXAM, "--column", "\udcff=数学"],
        ["template", "--exam", "期末", "--school", "\udcff", "--out", "a.xlsx"],
        ["delete-pupil", "\udcff", "--reason", "x"],
        ["delete-pupil", "", "--reason", "x"],
        ["delete-pupil", "T1", "--reason", "x" * 401],
        ["publish", "1", "--reason", "r\x07"],
        ["undo", "999999999999999999999"],
        ["undo", "99999999999"],
        ["publish", "99999999999999999999999"],
        ["publish", "4294967299"],
    ],
)
def test_arguments_that_cannot_be_stored_or_shown_are_wrong_calls_in_both_languages(
    call: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ZHUNSHENG_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "a.csv", HEADER + rows())
    assert command_line.main(call) == command_line.WRONG_CALL
    chinese, english = capsys.readouterr().err.strip().splitlines()
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert english.isascii()


def test_a_question_without_a_terminal_is_a_wrong_call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_terminal(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", no_terminal)
    assert command_line.main(["delete-pupil", "--reason", "x"]) == command_line.WRONG_CALL
    assert "no terminal" in capsys.readouterr().err


def test_an_exam_of_one_subject_has_bands_but_no_subject_gaps(
    store: Store, tmp_path: Path
) -> None:
    header = "学校代码,学校名称,乡镇,班级,学籍号,数学\n"
    text = "".join(f"S{i % 3},示例{i % 3}校,甲镇,1班,T{i:03d},{40 + i}\n" for i in range(60))
    run(store, tmp_path, header + text)
    exam = find_exam(OPERATOR, store, "期末")
    with pytest.raises(NotEstimableError, match=r"two subjects \(found in '期末': 1\)"):
        exam_gaps(OPERATOR, store, exam)
    judgements = exam_bands(OPERATOR, store, exam).judgements
    assert set(judgements["unit"]) == {"S0", "S1", "S2"}
