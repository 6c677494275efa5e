"""Cells as text with a kind: shortest decimals, flags, blank rows, limits."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers.grid import (
    BLANK,
    BOOLEAN,
    DATE,
    EMPTY,
    ERROR,
    FORMULA,
    MAX_TEXT,
    NUMBER,
    PERCENT,
    PERCENT_FORMULA,
    TEXT,
    TEXT_FORMULA,
    Grid,
    make_grid,
    number_text,
)
from data.importers.limits import Limits
from data.importers.remarks import RefusedError


def grid_of(*rows: list[object], flags: dict[tuple[int, int], int] | None = None) -> Grid:
    return make_grid(rows, name="S", flags=flags or {}, limits=Limits())


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        ("85", "85", TEXT),
        ("  ", None, EMPTY),
        (85.0, "85", NUMBER),
        (85, "85", NUMBER),
        (85.5, "85.5", NUMBER),
        (85.30000000000001, "85.3", NUMBER),
        (0.1 + 0.2, "0.3", NUMBER),
        (-1.0, "-1", NUMBER),
        (999999201202030160.0, "999999201202030208", NUMBER),
        (1e-7, "0.0000001", NUMBER),
        (True, "TRUE", BOOLEAN),
        (False, "FALSE", BOOLEAN),
        (datetime.time(1, 30), "01:30:00", DATE),
        (datetime.date(2026, 7, 1), "2026-07-01", DATE),
        (datetime.timedelta(hours=30), "1 day, 6:00:00", DATE),
        ("", None, EMPTY),
    ],
)
def test_a_value_becomes_text_and_kind(value: object, text: str | None, kind: int) -> None:
    grid = grid_of(["x", value])
    assert (grid.columns[1], grid.kinds[1]) == ([text], str(kind))


@pytest.mark.parametrize(
    ("value", "flag", "text", "kind"),
    [
        (85.0, FORMULA, "85", FORMULA),
        ("缺考", FORMULA, "缺考", FORMULA),
        (True, FORMULA, "TRUE", BOOLEAN),
        ("", FORMULA, None, ERROR),
        (" ", PERCENT_FORMULA, None, ERROR),
        ("", TEXT_FORMULA, None, BLANK),
        ("", PERCENT, None, EMPTY),
        ("缺考", TEXT_FORMULA, "缺考", FORMULA),
        (0.85, PERCENT_FORMULA, "85%", TEXT),
        ("", ERROR, None, ERROR),
        (0.85, PERCENT, "85%", TEXT),
        ("85", PERCENT, "85", TEXT),
    ],
)
def test_a_flag_overrules_the_value(
    value: object, flag: int, text: str | None, kind: int
) -> None:
    grid = grid_of(["x", value], flags={(1, 2): flag})
    assert (grid.columns[1], grid.kinds[1]) == ([text], str(kind))


def test_blank_rows_are_left_out_and_counted() -> None:
    grid = grid_of(["a"], ["", " "], [], ["b", "c"])
    assert grid.lines == [1, 4]
    assert grid.columns == [["a", "b"], [None, "c"]]


def test_a_row_with_only_an_error_is_kept() -> None:
    assert grid_of(["a"], [""], flags={(2, 1): ERROR}).lines == [1, 2]


def test_a_lost_formula_beyond_the_values_is_kept() -> None:
    grid = grid_of(["a", "b"], ["c"], flags={(2, 3): FORMULA, (4, 1): FORMULA})
    assert grid.lines == [1, 2, 4]
    assert grid.kinds == [
        f"{TEXT}{TEXT}{ERROR}",
        f"{TEXT}{EMPTY}{EMPTY}",
        f"{EMPTY}{ERROR}{EMPTY}",
    ]


def test_a_row_of_formulas_that_show_nothing_is_blank() -> None:
    assert grid_of(["a"], [""], flags={(2, 1): TEXT_FORMULA}).lines == [1]


def test_endless_text_is_cut_where_no_reader_would_take_it() -> None:
    assert grid_of(["x" * 10_000]).columns == [["x" * MAX_TEXT]]


@pytest.mark.parametrize(
    ("limits", "check"),
    [
        (Limits(max_rows=1), "too_many_rows"),
        (Limits(max_columns=1), "too_many_columns"),
        (Limits(max_cells=3), "too_many_cells"),
    ],
)
def test_limits_are_kept(limits: Limits, check: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        make_grid([["a", "b"], ["c", "d"]], name="", flags={}, limits=limits)
    assert refusal.value.finding.check == check


@given(st.integers(0, 99_999_99))
def test_hundredths_survive_as_text(hundredths: int) -> None:
    whole, rest = divmod(hundredths, 100)
    expected = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    assert number_text(hundredths / 100) == expected
