"""Knowledge points, moves, scale keys and admission lines: a good file and its faults."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dataset_tables import ADMISSION_LINES, KNOWLEDGE_POINTS, SCALE_KEY
from data.dataset_kinds.admission_lines import ADMISSION_LINES_KIND
from data.dataset_kinds.knowledge import KNOWLEDGE
from data.dataset_kinds.moves import MOVES
from data.dataset_kinds.scales import SCALES_KIND
from tests.data.dataset_kinds.books import Rows, checks, plain_rows, read

TREE: Rows = [["代码", "名称", "上级"], ["A", "数与代数", None], ["A1", "有理数", "A"],
              ["A11", "绝对值", "有理数"]]  # fmt: skip


def test_a_tree_of_knowledge_points_has_levels_and_parents_by_code_or_name() -> None:
    content = read(KNOWLEDGE, TREE)
    assert plain_rows(content, "code", "parent", "level") == [
        ["A", None, 1], ["A1", "A", 2], ["A11", "A1", 3],
    ]  # fmt: skip
    assert content.rows is not None
    KNOWLEDGE_POINTS.require(content.rows)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (["A", "图形", None], {("repeated", 2)}),
        (["B", "图形", "Z"], {("parent", 5)}),
        (["B", "图形", "B"], {("circle", 5)}),
        ([None, "图形", None], {("cell", 5)}),
    ],
)
def test_a_tree_that_is_none_is_refused(row: list[object], found: set[object]) -> None:
    content = read(KNOWLEDGE, [*TREE, row])
    assert content.rows is None
    assert found <= set(checks(content))


@given(st.lists(st.integers(0, 8), min_size=1, max_size=9))
@settings(max_examples=15)
def test_any_tree_comes_back_with_its_levels(parents: list[int]) -> None:
    above = [min(p, k) for k, p in enumerate(parents)]  # 0 is the top
    rows: list[list[object]] = [["代码", "名称", "上级"]]
    rows += [[f"K{k + 1}", f"点{k + 1}", f"K{p}" if p else None] for k, p in enumerate(above)]
    levels: list[int] = []
    for p in above:
        levels.append(levels[p - 1] + 1 if p else 1)
    assert [row[-1] for row in plain_rows(read(KNOWLEDGE, rows))] == levels


MOVE = ["学籍号", "姓名", "异动类型", "异动日期", "转出学校", "转入学校"]


def test_moves_take_their_schools_by_code_and_a_move_inside_is_between() -> None:
    rows = [
        MOVE,
        ["P1", "示例甲", "转出", "2026-03-01", "青禾一中", "青禾二中"],
        ["P2", "示例乙", "转出", "2026/3/2", "青禾一中", "外省某校"],
        ["P3", "示例丙", "死亡", "20260303", "S02", None],
        ["P4", "示例丁", "复学", "2026年3月4日", None, "S02"],
    ]
    content = read(MOVES, rows)
    assert plain_rows(content) == [
        ["P1", "2026-03-01", "between", "transfer", "S01", "S02"],
        ["P2", "2026-03-02", "out", "transfer", "S01", "外省某校"],
        ["P3", "2026-03-03", "out", "death", "S02", None],
        ["P4", "2026-03-04", "resumed", "return", None, "S02"],
    ]
    assert "示例" not in str(content.findings)


def test_the_reporting_school_fills_its_own_end() -> None:
    rows = [["学校", "学籍号", "异动类型", "日期"], ["S01", "P1", "转入", "2026-03-01"],
            ["S01", "P2", "休学", "2026-03-01"]]  # fmt: skip
    assert plain_rows(read(MOVES, rows), "kind", "from_school", "to_school") == [
        ["in", None, "S01"], ["suspended", "S01", None],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "check"),
    [
        (["P9", "某", "失踪", "2026-03-01", "S01", None], "cell"),
        (["P9", "某", "转出", "2026-13-01", "S01", None], "cell"),
        (["P9", "某", "转出", "2026-03-01", None, None], "school_missing"),
        (["P9", "某", "转出", "2026-03-01", "外校", "外省"], "school_unknown"),
        ([None, "某", "转出", "2026-03-01", "S01", None], "pupil_number_missing"),
        (["P1", "某", "转出", "2026-03-01", "S01", None], "repeated"),
    ],
)
def test_a_move_that_cannot_be_is_refused_without_naming_anyone(
    row: list[object], check: str
) -> None:
    content = read(MOVES, [MOVE, ["P1", "某", "转出", "2026-03-01", "S01", None], row])
    assert content.rows is None
    assert check in {found for found, _ in checks(content)}
    assert "P9" not in str(content.findings)


def test_moves_without_a_column_of_pupil_numbers_are_refused() -> None:
    rows = [["异动类型", "异动日期", "转出学校"], ["转出", "2026-03-01", "S01"]]
    assert ("missing_column", 1) in checks(read(MOVES, rows))


KEY: Rows = [["题目", "量表", "反向", "最小值", "最大值"], ["Q1", "conduct", "否", 1, 4],
             ["第2题", "conduct", "是", 1, 4], ["3", "pressure", None, None, None]]  # fmt: skip


def test_a_scale_key_goes_from_one_to_five_unless_it_says_so() -> None:
    content = read(SCALES_KIND, KEY)
    assert plain_rows(content) == [
        ["Q1", "conduct", False, 1, 4],
        ["Q2", "conduct", True, 1, 4],
        ["Q3", "pressure", False, 1, 5],
    ]
    assert content.rows is not None
    SCALE_KEY.require(content.rows)


@pytest.mark.parametrize(
    ("row", "check"),
    [
        (["Q1", "pressure", None, None, None], "repeated"),
        (["Q4", "pressure", None, 5, 1], "ends"),
        (["Q4", "conduct", None, 1, 5], "ends"),
        (["甲", "pressure", None, None, None], "cell"),
        (["Q4", "pressure", "也许", None, None], "cell"),
        (["Q4", None, None, None, None], "cell"),
    ],
)
def test_a_scale_key_that_contradicts_itself_is_refused(row: list[object], check: str) -> None:
    assert check in {found for found, _ in checks(read(SCALES_KIND, [*KEY, row]))}


LINES: Rows = [
    ["年份", "分数线", "学校", "最低分", "指标数"],
    [2025, "普高线", None, 560.5, None],
    [2025, "县一中", "青禾一中", None, 12],
]


def test_lines_for_all_and_quotas_of_schools_stand_in_one_table() -> None:
    content = read(ADMISSION_LINES_KIND, LINES)
    assert plain_rows(content) == [
        [2025, "普高线", None, 56050, None],
        [2025, "县一中", "S01", None, 12],
    ]
    assert content.rows is not None
    ADMISSION_LINES.require(content.rows)


@pytest.mark.parametrize(
    ("row", "check"),
    [
        ([2025, "县二中", None, None, 5], "school_missing"),
        ([2025, "县二中", "S01", None, None], "empty"),
        ([2025, "县一中", "S01", 500, 3], "repeated"),
        ([25, "县二中", None, 500, None], "cell"),
        ([2025, "县二中", "S08", None, 5], "school_unknown"),
    ],
)
def test_a_line_that_says_nothing_or_too_much_is_refused(row: list[object], check: str) -> None:
    assert check in {found for found, _ in checks(read(ADMISSION_LINES_KIND, [*LINES, row]))}


def test_a_scale_key_without_a_single_scale_is_refused() -> None:
    rows = [["题目", "量表"], ["Q1", None], ["Q2", "=x"]]
    assert checks(read(SCALES_KIND, rows)) == [("cell", 2), ("cell", 3)]
