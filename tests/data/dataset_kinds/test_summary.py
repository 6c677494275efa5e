"""Summaries: merged two-level headers, one header row, a column 科目; rates that contradict."""

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dataset_tables import SCHOOL_SUMMARY
from data.dataset_kinds.kind import Content, Surroundings
from data.dataset_kinds.summary import SUMMARY
from data.importers.limits import Limits
from data.importers.read_file import read_sheet
from tests.data.dataset_kinds.books import AROUND, SCHOOLS, Rows, checks, plain_rows, read

FIGURES = ("school", "subject", "n_sat", "mean", "excellent_rate", "pass_rate", "low_rate")
TWO_LEVELS: Rows = [
    ["2026 年春季期末质量监测一分三率统计表"],
    ["序号", "学校", "参考人数", "语文(120分)", None, None, None, "数学", None, None, None,
     "备注"],
    [None, None, None, *["均分", "优秀率", "及格率", "低分率"] * 2],
    [1, "青禾一中", 100, 88.5, "25%", "70%", "5%", 90, "30%", "80%", "4%"],
    [2, "青禾二中", 80, 80.25, "15%", "60%", "9%", 70, "10%", "50%", "20%"],
    ["合计", None, 180, 85, "20%", "65%", "7%", 80, "20%", "65%", "12%"],
    ["制表人：某某"],
]  # fmt: skip


def test_two_levels_of_header_become_one_row_a_school_and_subject() -> None:
    content = read(SUMMARY, TWO_LEVELS)
    assert plain_rows(content, *FIGURES) == [
        ["S01", "chinese", 100, 88.5, 0.25, 0.7, 0.05],
        ["S02", "chinese", 80, 80.25, 0.15, 0.6, 0.09],
        ["S01", "math", 100, 90.0, 0.3, 0.8, 0.04],
        ["S02", "math", 80, 70.0, 0.1, 0.5, 0.2],
    ]
    assert content.rows is not None
    assert content.rows["row"].tolist() == [4, 5, 4, 5]
    assert content.about["full_marks"] == {"chinese": 12000}
    assert content.about["decimals"] == {"mean": 2, "rate": 0}
    SCHOOL_SUMMARY.require(content.rows)


def test_a_workbook_with_merged_cells_and_per_cent_formats_is_read_alike(
    tmp_path: Path,
) -> None:
    path = tmp_path / "汇总.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, percent = book.add_worksheet("八年级"), book.add_format({"num_format": "0.0%"})
        sheet.merge_range(0, 0, 0, 9, "一分四率")
        sheet.merge_range(1, 0, 2, 0, "学校名称")
        for start, name in ((1, "语文"), (6, "数学")):
            sheet.merge_range(1, start, 1, start + 4, name)
            for i, title in enumerate(["平均分", "优秀率", "良好率", "及格率", "低分率"]):
                sheet.write(2, start + i, title)
                value = 80.5 if i == 0 else (0.1, 0.4, 0.7, 0.125)[i - 1]
                sheet.write(3, start + i, value, None if i == 0 else percent)
        sheet.write(3, 0, "南溪学校")
    reading = read_sheet(path, limits=Limits())
    assert reading.sheet is not None
    content = SUMMARY.read(reading.sheet, AROUND)
    wanted = ["S03", None, 80.5, 0.1, 0.4, 0.7, 0.125]
    names = ("school", "n_sat", "mean", "excellent_rate", "good_rate", "pass_rate", "low_rate")
    assert plain_rows(content, *names) == [wanted, wanted]


def test_a_full_table_leaves_counts_and_places_unread_and_says_so() -> None:
    rows = [
        ["学校", "语文", None, None, None, None],
        [None, "实考人数", "均分", "优秀人数", "优秀率", "名次"],
        ["青禾一中", 50, 80, 10, "20%", 1],
    ]
    content = read(SUMMARY, rows)
    assert plain_rows(content, *FIGURES[:5]) == [["S01", "chinese", 50, 80.0, 0.2]]
    words = next(f for f in content.findings if f.check == "ignored_column")
    assert "优秀人数" in words.message_zh
    assert "名次" in words.message_zh


def test_one_header_row_that_joins_subject_and_figure_is_read() -> None:
    rows = [["学校代码", "语文均分", "语文及格率", "数学均分"], ["S01", 80, "50%", 60]]
    content = read(SUMMARY, rows)
    assert plain_rows(content, "subject", "mean", "pass_rate") == [
        ["chinese", 80.0, 0.5],
        ["math", 60.0, None],
    ]


def test_a_column_of_subjects_is_read() -> None:
    rows = [
        ["学校", "科目", "均分", "及格率"],
        ["S01", "语文", 80, "50%"],
        ["S01", "数学", 60, "40%"],
    ]
    content = read(SUMMARY, rows)
    assert plain_rows(content, "subject", "mean") == [["chinese", 80.0], ["math", 60.0]]


@pytest.mark.parametrize(
    ("title", "subject"), [("八年级数学质量分析", None), ("质量分析", "math")]
)
def test_a_sheet_of_one_subject_takes_it_from_its_title_or_the_call(
    title: str, subject: str | None
) -> None:
    rows = [[title], ["学校", "均分", "及格率"], ["S01", 80, "50%"]]
    content = read(SUMMARY, rows, Surroundings(SCHOOLS, subject=subject))
    assert plain_rows(content, "subject", "mean") == [["math", 80.0]]


def one_school(**cells: object) -> Content:
    figures = {
        "均分": 80,
        "优秀率": "20%",
        "良好率": "40%",
        "及格率": "70%",
        "低分率": "5%",
    } | cells
    return read(
        SUMMARY, [["学校", "语文(100分)"], [None, *figures], ["S01", *figures.values()]]
    )


@pytest.mark.parametrize(
    ("cells", "check"),
    [
        ({"优秀率": "45%"}, "rates"),
        ({"良好率": "75%"}, "rates"),
        ({"低分率": "35%"}, "rates"),
        ({"均分": 100.5}, "mean_range"),
        ({"及格率": "120%"}, "cell"),
        ({"均分": "约80"}, "cell"),
        ({"优秀率": 0.2, "及格率": 70}, "rate_form"),
    ],
)
def test_figures_that_contradict_are_refused_with_their_row(
    cells: dict[str, object], check: str
) -> None:
    content = one_school(**cells)
    assert content.rows is None
    assert (check, 3) in checks(content)


def test_rounded_pass_and_low_rates_may_add_up_to_a_little_more_than_all() -> None:
    content = one_school(及格率="66.7%", 低分率="33.4%")
    assert content.rows is not None


def test_a_school_twice_an_unknown_school_and_a_nameless_subject_are_refused() -> None:
    twice = [["学校", "语文均分", "语文及格率"], ["S01", 80, "50%"], ["青禾一中", 81, "50%"]]
    assert checks(read(SUMMARY, twice)) == [("duplicate_school", 2)]
    unknown = [["学校", "语文均分", "语文及格率"], ["S09", 80, "50%"]]
    assert checks(read(SUMMARY, unknown)) == [("school_unknown", 2)]
    nameless = [["学校", "均分", "及格率"], ["S01", 80, "50%"]]
    assert checks(read(SUMMARY, nameless)) == [("subject_missing", 1)]
    partly = [
        ["学校", "语文", None, "某课"],
        [None, "均分", "及格率", "均分"],
        ["S01", 80, "50%", 70],
    ]
    assert checks(read(SUMMARY, partly)) == [("subject_missing", 2)]


def test_a_sheet_without_figures_or_without_schools_is_refused() -> None:
    assert checks(read(SUMMARY, [["学校", "语文"], ["S01", 80]])) == [("header_row", None)]
    assert checks(read(SUMMARY, [["学校", "语文均分", "语文及格率"]])) == [("no_data", 1)]


SHARES = st.lists(st.integers(0, 1000), min_size=3, max_size=3).map(sorted)


@given(
    st.lists(
        st.tuples(st.integers(0, 1500), SHARES, st.integers(1, 999)), min_size=3, max_size=3
    )
)
@settings(max_examples=12)
def test_a_table_comes_back_as_it_was_written(
    schools: list[tuple[int, list[int], int]],
) -> None:
    rows: list[list[object]] = [
        ["学校", "语文", None, None, None, None],
        [None, "参考人数", "均分", "优秀率", "良好率", "及格率"],
    ]
    wanted = []
    for k, (mean, shares, n) in enumerate(schools, start=1):
        rows.append([f"S0{k}", n, mean / 10, *(f"{s / 10:.1f}%" for s in shares)])
        wanted.append(
            [f"S0{k}", "chinese", n, mean / 10, *(s / 1000 for s in shares), None, k + 2]
        )
    content = read(SUMMARY, rows)
    assert plain_rows(content) == wanted
