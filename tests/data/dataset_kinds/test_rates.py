"""Rates: 85 %, 0.85 and 85 mean the same, and a mixture is asked about."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dataset_kinds.rates import RateCells, Rates, read_rates


def cells(*texts: str | None, header: str = "优秀率", is_percent: bool = False) -> RateCells:
    return RateCells(
        header,
        pd.Series(texts, dtype="str"),
        pd.Series(["empty" if t is None else "text" for t in texts]),
        pd.Series(range(3, len(texts) + 3)),
        is_percent,
    )


def values(rates: Rates) -> list[list[float]]:
    return [column.values.tolist() for column in rates.columns]


@pytest.mark.parametrize("texts", [("85%", "7.5%"), ("85％", "7.5 %"), ("0.85", "0.075")])
def test_signs_and_shares_give_the_same(texts: tuple[str, str]) -> None:
    assert values(read_rates([cells(*texts)])) == [[0.85, 0.075]]


def test_numbers_above_one_are_per_cent_over_all_columns_of_the_file() -> None:
    rates = read_rates([cells("85", "100"), cells("1", "0", header="低分率")])
    assert values(rates) == [[0.85, 1.0], [0.01, 0.0]]
    assert rates.findings == ()


def test_a_number_between_zero_and_one_among_per_cent_is_asked_about() -> None:
    rates = read_rates([cells("85", "0.9")])
    assert [(f.severity, f.check, f.row) for f in rates.findings] == [("error", "rate_form", 4)]
    assert rates.refused == {4}


def test_a_header_that_states_per_cent_settles_it() -> None:
    assert values(read_rates([cells("85", "0.9", is_percent=True)])) == [[0.85, 0.009]]


def test_signs_in_some_cells_of_a_column_only_are_asked_about() -> None:
    rates = read_rates([cells("85%", "0.9", "70%")])
    assert [(f.check, f.row, f.column) for f in rates.findings] == [("rate_form", 4, "优秀率")]


@pytest.mark.parametrize("text", ["101%", "-1%", "约85%", "85%%"])
def test_what_is_no_rate_is_a_fault(text: str) -> None:
    assert read_rates([cells(text)]).columns[0].faults["row"].tolist() == [3]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=20))
@settings(max_examples=20)
def test_every_way_of_writing_rates_is_read_alike(hundredths: list[int]) -> None:
    exact = [n / 10_000 for n in hundredths]
    signed = [f"{n // 100}.{n % 100:02d}%" for n in hundredths]
    shares = [f"{n // 10_000}.{n % 10_000:04d}" for n in hundredths]
    assert values(read_rates([cells(*signed)])) == [exact]
    assert values(read_rates([cells(*shares)])) == [exact]
