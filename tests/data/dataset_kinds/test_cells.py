"""Cells become values only where they plainly are: tables of texts, and what is refused."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.dataset_kinds.cells import (
    DAY,
    GRADE,
    SEX,
    TEXT,
    Column,
    Format,
    decimal_number,
    hundredths,
    plain_decimal,
    read_cells,
    whole_number,
)


def column(form: Format, *texts: str | None, kinds: tuple[str, ...] = ()) -> Column:
    kind = kinds or tuple("empty" if text is None else "text" for text in texts)
    return read_cells(
        pd.Series(texts, dtype="str"),
        pd.Series(kind),
        rows=pd.Series(range(2, len(texts) + 2)),
        header="列",
        form=form,
    )


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        (whole_number(0, 500), "１２３", 123),
        (whole_number(0, 500), "120.0", 120),
        (hundredths(150), "85.5", 8550),
        (decimal_number(0, 9), "0.1", 0.1),
        (GRADE, "初二", 8),
        (SEX, " 男 ", "male"),
        (DAY, "2026/3/1", "2026-03-01"),
        (DAY, "2026年03月01日", "2026-03-01"),
        (DAY, "20260301", "2026-03-01"),
        (TEXT, " 七 (1)班 ", "七 (1)班"),
    ],
)
def test_a_plain_cell_becomes_its_value(form: Format, text: str, value: object) -> None:
    read = column(form, text)
    assert (read.values.tolist(), len(read.faults)) == ([value], 0)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (whole_number(0, 500), "1.5"),
        (whole_number(0, 500), "-1"),
        (whole_number(0, 500), "501"),
        (whole_number(0, 500), "٨٥"),
        (whole_number(0, 500), "1_00"),
        (whole_number(0, 500), "1,200"),
        (whole_number(0, 500), "nan"),
        (decimal_number(0, 500), "1e2"),
        (decimal_number(0, 500), "inf"),
        (hundredths(150), "85.555"),
        (hundredths(150), "缺考"),
        (DAY, "2026-02-30"),
        (DAY, "1899-01-01"),
        (GRADE, "2024级"),
        (TEXT, "=1+1"),
        (TEXT, "字" * 61),
    ],
)
def test_any_other_cell_is_a_fault_and_no_value(form: Format, text: str) -> None:
    read = column(form, None, text)
    assert read.values.isna().all()
    assert read.faults[["row", "column", "fault"]].to_numpy().tolist() == [[3, "列", "wrong"]]


@pytest.mark.parametrize("kind", ["boolean", "error", "blank", "date"])
def test_a_cell_of_another_kind_is_a_fault_whatever_its_text(kind: str) -> None:
    assert column(whole_number(0, 9), "1", kinds=(kind,)).faults["fault"].tolist() == [kind]


def test_a_date_cell_is_welcome_where_a_day_is_wanted() -> None:
    assert column(DAY, "2026-03-01", kinds=("date",)).values.tolist() == ["2026-03-01"]


@given(st.decimals(-999_999, 999_999, places=4))
def test_a_number_keeps_its_exact_value(number: object) -> None:
    assert plain_decimal(f"{number:f}") == number


@given(st.text(max_size=12))
def test_no_text_stops_the_reading_and_a_value_is_in_range(text: str) -> None:
    read = column(whole_number(0, 20), text)
    values = read.values.dropna()
    assert len(values) + len(read.faults) <= 1
    assert values.between(0, 20).all()
