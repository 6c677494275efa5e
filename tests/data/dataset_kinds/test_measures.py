"""Measures: wide and long files, units, the dictionary, and what is asked about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dataset_tables import SCHOOL_MEASURES
from core.indicator_direction import BETTER
from data.dataset_kinds.kind import Surroundings
from data.dataset_kinds.measure_dictionary import MEASURES, UNITS
from data.dataset_kinds.measures import MEASURES_KIND
from tests.data.dataset_kinds.books import SCHOOLS, Rows, checks, plain_rows, read

NAMES = ("school", "measure", "value", "unit")
WIDE: Rows = [
    [
        "学校名称",
        "体测优良率",
        "视力不良率(%)",
        "作业时长（分钟）",
        "睡眠(分钟)",
        "证书数",
        "校本课程(门次)",
    ],
    ["青禾一中", "55%", 45.5, 60, 540, 12, None],
    ["青禾二中", "60%", 0.9, 70, 480, 0, None],
]


def test_a_wide_file_becomes_one_row_a_school_and_measure_in_the_dictionarys_units() -> None:
    content = read(MEASURES_KIND, WIDE)
    assert plain_rows(content, *NAMES)[::2] == [
        ["S01", "fitness_good_rate", 0.55, "rate"],
        ["S01", "poor_vision_rate", 0.455, "rate"],
        ["S01", "homework_minutes", 60.0, "minutes"],
        ["S01", "sleep_hours", 9.0, "hours"],
        ["S01", "certificates", 12.0, "count"],
    ]
    assert content.rows is not None
    SCHOOL_MEASURES.require(content.rows)


def test_a_long_file_says_the_same() -> None:
    rows = [
        ["学校代码", "年级", "性别", "学期", "指标", "数值", "计量单位", "人数"],
        ["S01", 7, "男", "2025 秋", "近视率", "45%", None, 120],
        ["S01", 7, "女", "2025 秋", "近视率", "55%", None, 110],
        ["S01", None, None, None, "社团数", 12, "个", None],
    ]
    content = read(MEASURES_KIND, rows)
    names = ("grade", "sex", "period", "measure", "value", "unit", "n_pupils")
    assert plain_rows(content, *names) == [
        [7, "male", "2025 秋", "myopia_rate", 0.45, "rate", 120],
        [7, "female", "2025 秋", "myopia_rate", 0.55, "rate", 110],
        [None, None, None, "社团数", 12.0, "count", None],
    ]


@pytest.mark.parametrize("values", [(0.5, 0.8), (45, 0.8), ("45", "0.8"), (45, 80)])
@pytest.mark.parametrize("unit", ["%", "％"])
def test_the_unit_per_cent_decides_alike_in_both_layouts(
    values: tuple[object, object], unit: str
) -> None:
    schools = ("S01", "S02")
    long = [
        ["学校代码", "指标", "数值", "计量单位"],
        *([s, "视力不良率", v, unit] for s, v in zip(schools, values, strict=True)),
    ]
    wide = [
        ["学校代码", f"视力不良率({unit})"],
        *([s, v] for s, v in zip(schools, values, strict=True)),
    ]
    expected = [[s, float(str(v)) / 100] for s, v in zip(schools, values, strict=True)]
    for rows in (long, wide):
        content = read(MEASURES_KIND, rows)
        assert checks(content) == []
        found = plain_rows(content, "school", "value")
        assert [[s, round(float(str(v)), 12)] for s, v in found] == expected


def test_per_cent_in_the_name_of_a_long_file_counts_as_well() -> None:
    rows = [["学校代码", "指标", "数值"], ["S01", "视力不良率(%)", 0.5]]
    assert plain_rows(read(MEASURES_KIND, rows), "value") == [[0.005]]


def test_a_unit_that_nobody_knows_is_never_taken_for_the_usual_one() -> None:
    rows = [
        ["学校代码", "指标", "数值", "计量单位"],
        ["S01", "视力不良率", 0.5, "斤"],
        ["S02", "视力不良率", 0.5, None],
    ]
    content = read(MEASURES_KIND, rows)
    (finding,) = content.findings
    assert (finding.severity, finding.check, finding.row) == ("error", "unit", 2)


def test_a_rate_per_mille_is_refused_in_both_layouts() -> None:
    long = [["学校代码", "指标", "数值", "计量单位"], ["S01", "视力不良率", 5, "‰"]]
    for rows in (long, [["学校代码", "视力不良率(‰)"], ["S01", 5]]):
        content = read(MEASURES_KIND, rows)
        assert ("unit", None) in checks(content)
        assert content.rows is None


def test_a_measure_that_is_new_is_kept_under_its_own_name_and_unit() -> None:
    rows = [["学校", "实验开出率(%)", "生均占地(平方米)"], ["S01", 95, 20.5]]
    assert plain_rows(read(MEASURES_KIND, rows), *NAMES) == [
        ["S01", "实验开出率", 0.95, "rate"],
        ["S01", "生均占地", 20.5, "square_metres"],
    ]


@pytest.mark.parametrize(
    ("rows", "check"),
    [
        ([["学校", "班额", "某指数"], ["S01", 45, 3]], "unknown_measure"),
        ([["学校", "某指数"], ["S01", 3]], "unknown_measure"),
        ([["学校", "指标", "数值"], ["S01", "某指数", 3]], "unknown_measure"),
        ([["学校", "指标", "数值"], ["S01", None, 3]], "measure_missing"),
        ([["学校", "作业时长"], ["S01", 700]], "range"),
        ([["学校", "睡眠时间"], ["S01", 540]], "range"),
        ([["学校", "班额"], ["S01", "四十五"]], "cell"),
        ([["学校", "班额(%)"], ["S01", 45]], "unit"),
        ([["学校", "近视率", "出勤率"], ["S01", 45, 0.98]], "rate_form"),
        ([["学校", "班额"], ["S01", 45], ["青禾一中", 46]], "repeated"),
        ([["学校", "班额"], ["S07", 45]], "school_unknown"),
    ],
)
def test_what_cannot_be_understood_is_refused(rows: Rows, check: str) -> None:
    content = read(MEASURES_KIND, rows)
    assert content.rows is None
    assert check in {found for found, _ in checks(content)}


def test_what_a_bureau_said_of_its_header_is_used() -> None:
    around = Surroundings(SCHOOLS, remembered={"班容量": "平均班额"})
    content = read(MEASURES_KIND, [["学校", "班容量"], ["S01", 45]], around)
    assert plain_rows(content, *NAMES) == [["S01", "class_size", 45.0, "pupils"]]


def test_the_dictionary_has_one_meaning_a_name_and_sane_ranges() -> None:
    names = [name for m in MEASURES for name in (m.code, m.zh, *m.synonyms)]
    assert len(names) == len(set(names))
    assert {m.better for m in MEASURES} <= {*BETTER, None}
    assert all(m.low < m.high for m in MEASURES)
    assert {m.unit for m in MEASURES} <= set(UNITS.values())


@given(st.lists(st.decimals(0, 600, places=2), min_size=1, max_size=3))
@settings(max_examples=15)
def test_a_value_comes_back_as_it_was_written(minutes: list[object]) -> None:
    rows: list[list[object]] = [["学校", "作业时长(分钟)"]]
    rows += [[f"S0{k}", f"{m}"] for k, m in enumerate(minutes, start=1)]
    values = [float(str(m)) for m in minutes]
    assert [row[2] for row in plain_rows(read(MEASURES_KIND, rows), *NAMES)] == values


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    [
        ("作业时长(分钟)", "75分钟", 75),
        ("作业时长(分钟)", "1.5小时", 90),
        ("睡眠时间(小时)", "8h", 8),
        ("睡眠时间(小时)", "8 小时", 8),
        ("睡眠时间(分钟)", "480分钟", 8),
        ("证书数", "12本", 12),
    ],
)
def test_a_cell_may_carry_its_unit(header: str, cell: str, value: float) -> None:
    content = read(MEASURES_KIND, [["学校", header], ["S01", cell]])
    assert plain_rows(content, "value") == [[value]]


def test_a_cell_of_another_unit_is_refused_with_what_is_required() -> None:
    content = read(MEASURES_KIND, [["学校", "作业时长(分钟)"], ["S01", "约75"], ["S02", "8本"]])
    assert checks(content) == [("cell", 2), ("cell", 3)]
    assert "应为：数字，如 75 或 75分钟" in content.findings[0].message_zh
