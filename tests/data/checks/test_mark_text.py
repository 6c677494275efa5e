"""What a score cell means: states, hundredths, faults; nothing becomes 0 by itself."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.checks.mark_text import ABSENT, AMBIGUOUS, EXEMPT, WITHHELD, parse_mark, read_marks


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("85", 8500),
        ("85.5", 8550),
        ("85.05", 8505),
        ("70.000", 7000),
        (" 85 ", 8500),
        ("８５．５", 8550),
        ("\u300085\xa0", 8500),
        ("085", 8500),
    ],
)
def test_a_plain_number_is_present(text: str, value: int) -> None:
    mark = parse_mark(text, kind="text")
    assert (mark.state, mark.value, mark.fault) == ("present", value, "")
    assert mark.is_tidied is (text != text.strip() or not text.isascii())


@pytest.mark.parametrize(
    "text",
    [
        "85分", "85,5", "约90", "1_00", "٨٥", "८५", "8e1", "0x55", "+85", "nan", "NaN", "inf",
        "1e309", ".5", "85.", "85%", "8 5", "8.5.1", "A", "优", "00085", "²", "①", "85\u200b",
        "ⅤⅢ", "TRUE", "85/100", "－", "0(缺考)",
    ],
)  # fmt: skip
def test_anything_that_is_no_plain_number_is_refused_or_asked(text: str) -> None:
    mark = parse_mark(text, kind="text")
    assert (mark.state, mark.value) == ("missing", None)
    assert mark.fault == "not_number" or mark.is_ambiguous


@pytest.mark.parametrize("text", ["-5", "-0.5", "−5", "－5"])
def test_a_negative_number_is_a_fault_of_its_own(text: str) -> None:
    assert parse_mark(text, kind="number").fault == "negative"


@pytest.mark.parametrize(
    ("text", "fault"), [("85.123", "precision"), ("12345", "above_full_mark")]
)
def test_too_many_digits_are_faults(text: str, fault: str) -> None:
    assert parse_mark(text, kind="number").fault == fault


@pytest.mark.parametrize("kind", ["boolean", "date", "error"])
def test_odd_kinds_are_faults_whatever_their_text(kind: str) -> None:
    assert parse_mark("85", kind=kind).fault == kind


@pytest.mark.parametrize("text", [None, "", "  ", "\u3000"])
def test_a_blank_cell_is_missing_and_no_fault(text: str | None) -> None:
    mark = parse_mark(text, kind="text")
    assert (mark.state, mark.fault, mark.is_ambiguous) == ("missing", "", False)


@pytest.mark.parametrize(
    ("words", "state"), [(ABSENT, "absent"), (WITHHELD, "withheld"), (EXEMPT, "exempt")]
)
def test_agreed_words_have_their_state(words: frozenset[str], state: str) -> None:
    assert {parse_mark(word, kind="text").state for word in words} == {state}


@pytest.mark.parametrize("text", ["缺 考", " 缺考", "Absent", "ＡＢＳ"])
def test_words_may_be_spaced_wide_or_capital(text: str) -> None:
    assert parse_mark(text, kind="text").state == "absent"


@pytest.mark.parametrize("text", [*sorted(AMBIGUOUS), "N/A", "NULL", "None", "？", "／"])
def test_unclear_signs_are_missing_and_asked_about(text: str) -> None:
    mark = parse_mark(text, kind="text")
    assert (mark.state, mark.fault, mark.is_ambiguous) == ("missing", "", True)


def test_no_word_has_two_meanings() -> None:
    assert len(ABSENT | WITHHELD | EXEMPT | AMBIGUOUS) == sum(
        map(len, (ABSENT, WITHHELD, EXEMPT, AMBIGUOUS))
    )


@given(st.text(max_size=8))
def test_a_value_is_what_decimal_arithmetic_says(text: str) -> None:
    mark = parse_mark(text, kind="text")
    assert (mark.value is not None) is (mark.state == "present")
    if mark.value is not None:
        assert Decimal(mark.value) == Decimal(text.strip()) * 100


@given(st.integers(0, 999_999))
def test_every_hundredth_is_read_exactly(hundredths: int) -> None:
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    assert parse_mark(text, kind="number").value == hundredths


def test_a_table_of_marks_is_read_cell_by_cell() -> None:
    marks = pd.DataFrame({
        "subject": ["math", "math", "math", "art", "art"],
        "text": pd.array(["85", "缺考", None, "85", "100.01"], dtype="str"),
        "kind": pd.array(["number", "text", "empty", "formula", "number"], dtype="str"),
    })  # fmt: skip
    read = read_marks(marks, full_marks={"math": 10000, "art": 10000})
    assert read["state"].tolist() == ["present", "absent", "missing", "present", "missing"]
    assert read["value"].fillna(-1).tolist() == [8500, -1, -1, 8500, -1]
    assert read["fault"].tolist() == ["", "", "", "", "above_full_mark"]


def test_the_same_text_of_another_kind_is_read_apart() -> None:
    marks = pd.DataFrame({
        "subject": ["math", "math"],
        "text": pd.array(["85", "85"], dtype="str"),
        "kind": pd.array(["number", "date"], dtype="str"),
    })  # fmt: skip
    read = read_marks(marks, full_marks={"math": 10000})
    assert read["fault"].tolist() == ["", "date"]
