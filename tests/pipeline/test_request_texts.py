"""Names of exams, sources and licences: what a page or a sheet may run is refused in words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.errors import SettingsError
from data.batches import list_batches
from data.scope import OPERATOR
from data.store import Store
from pipeline.check_scores import ImportRequest
from pipeline.demo import LONDON_BASELINE, LONDON_CURRENT
from pipeline.import_scores import draft_scores, import_scores
from pipeline.publish import publish
from tests.builders import make_submission, write_csv

ROWS = "学校代码,学校名称,班级,学籍号,语文\n" + "".join(
    f"S{i % 3},示例{i % 3}校,1班,T{i:03d},{50 + i}\n" for i in range(36)
)
HOSTILE = [
    ("-2+3+cmd|' /C calc'!A0", "starts with '-' like a formula", "以“-”开头，像公式"),
    ("=1+1", "starts with '=' like a formula", "像公式"),
    (" @SUM(A1)", "starts with '@' like a formula", "像公式"),
    ("＝1+1", "starts with '＝' like a formula", "像公式"),
    ("期末\n九年级", "U+000A, which cannot be seen, at place 3 of 6", "第 3 个字符"),
    ("期末\u202e级年九", "U+202E, which cannot be seen, at place 3 of 6", "不可见的 U+202E"),
    ("期\u200b末", "U+200B", "不可见"),
]
MARKUP = [
    ("期末<b>", "holds '<' at place 3 of 5", "“<”不允许使用"),
    ("期末|x", "holds '\\|' at place 3", "不允许使用"),
    ("期[末](x)", "not allowed", "不允许使用"),
    ("期末`x`", "not allowed", "不允许使用"),
]


def request_of(folder: Path, **said: str) -> ImportRequest:
    file = write_csv(folder / "scores.csv", ROWS)
    plain = ImportRequest(file, "期末", date(2026, 6, 28), 9, None, {})
    return replace(plain, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "told", "told_zh"), HOSTILE + MARKUP)
def test_a_name_that_may_be_run_is_no_name_of_an_exam(
    store: Store, tmp_path: Path, name: str, told: str, told_zh: str
) -> None:
    request = request_of(tmp_path, exam=name)
    with pytest.raises(SettingsError, match=f"The name of the exam .*{escaped(told)}") as error:
        import_scores(store, request, is_dry_run=False, actor="test")
    assert error.value.message_zh.startswith("考试名称")
    assert told_zh in error.value.message_zh
    assert not set(error.value.message + error.value.message_zh) & set("\n\u202e\u200b")
    with pytest.raises(SettingsError, match="The name of the exam"):
        draft_scores(store, request, actor="test")
    assert list_batches(OPERATOR, store) == []


@pytest.mark.parametrize("field", ["source", "licence"])
@pytest.mark.parametrize(("text", "told", "told_zh"), HOSTILE)
def test_a_source_and_a_licence_keep_the_same_rules(
    store: Store, tmp_path: Path, field: str, text: str, told: str, told_zh: str
) -> None:
    with pytest.raises(SettingsError, match=f"The {field} of the data .*{escaped(told)}") as no:
        import_scores(
            store, request_of(tmp_path, **{field: text}), is_dry_run=True, actor="test"
        )
    assert told_zh in no.value.message_zh


@pytest.mark.parametrize(
    "name",
    [
        "2025-2026学年下学期期末 九年级",
        LONDON_BASELINE,
        LONDON_CURRENT,
        "2026年1月 九年级期末（一模）",
        "第2次月考：语文/数学",
        "《一模》全县联考，2026",
        "Year 9 – mock, paper 2: resit?",
        "B&C's 2026_2",
        "3+1+2 联考",
        "2026年“五校”联考",
        "一模(A卷) #1",
        "四月调研—数学",
    ],
)
def test_names_that_exams_have_are_names(store: Store, tmp_path: Path, name: str) -> None:
    request = request_of(
        tmp_path,
        exam=name,
        source="Goldstein et al. (1993), R package mlmRev >= 1.0; 500 + 100 z [x]",
        licence="GPL (>= 2)",
    )
    report = import_scores(store, request, is_dry_run=True, actor="test")
    assert report.outcome != "reject"


def test_an_exam_that_has_an_odd_name_already_can_be_corrected(
    store: Store, tmp_path: Path
) -> None:
    publish(store, make_submission("期末+"), actor="test")
    request = replace(
        request_of(tmp_path, exam="期末+", reason="更正"), full_marks={"chinese": 120_00}
    )
    report = import_scores(store, request, is_dry_run=True, actor="test")
    told = " ".join(finding.message_en for finding in report.findings)
    assert "The name of the exam" not in told
    assert report.n_rows == ROWS.count("\n") - 1


def escaped(told: str) -> str:
    return told.replace("+", r"\+")
