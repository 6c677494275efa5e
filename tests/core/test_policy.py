"""A policy read key by key: right values are returned, wrong ones named."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.policy import Section


def test_values_of_every_kind_are_returned() -> None:
    values = {
        "name": "预警",
        "share": 0.2,
        "years": 3,
        "strict": True,
        "cuts": [0.2, 0.4],
        "bands": ["none", "red"],
        "below": {"zh": "一", "en": "one"},
        "steps": [{"years": 1}, {"years": 2}],
    }
    top = Section(values)
    assert top.text("name") == "预警"
    assert top.number("share", low=0, high=1) == 0.2
    assert top.integer("years", low=1) == 3
    assert top.flag("strict") is True
    assert top.rising("cuts", length=2) == top.numbers("cuts") == (0.2, 0.4)
    assert top.words("bands", allowed=("none", "red")) == ("none", "red")
    assert top.title("below").en == "one"
    assert [step.integer("years", low=1) for step in top.sections("steps")] == [1, 2]
    top.close()


@pytest.mark.parametrize(
    ("read", "found", "message"),
    [
        (lambda s: s.number("x", low=0, high=1), 1.5, "x is 1.5. It must be a number from 0"),
        (lambda s: s.number("x", low=0), -1, "x is -1. It must be a number of at least 0"),
        (lambda s: s.number("x", high=0), 1, "x is 1. It must be a number of at most 0"),
        (lambda s: s.number("x"), "3", "x is '3'. It must be a number. "),
        (lambda s: s.number("x"), True, "x is True. It must be a number. "),
        (lambda s: s.number("x"), float("nan"), "x is nan. It must be a number. "),
        (lambda s: s.integer("x", low=1), 2.0, "x is 2.0. It must be a whole number of"),
        (lambda s: s.integer("x", low=1, high=3), 4, "x is 4. It must be a whole number"),
        (lambda s: s.text("x"), "  ", "x is '  '. It must be a text"),
        (lambda s: s.text("x", allowed=["a", "b"]), "c", "x is 'c'. It must be one of: a b"),
        (lambda s: s.flag("x"), 1, "x is 1. It must be true or false"),
        (lambda s: s.numbers("x"), [1, "2"], r"x is \[1, '2'\]. It must be a list of numbers"),
        (lambda s: s.numbers("x"), [], r"x is \[\]. It must be a list with at least one"),
        (lambda s: s.rising("x", length=2), [2, 1], "It must be 2 numbers, each above"),
        (lambda s: s.rising("x", length=3), [1, 2], "It must be 3 numbers, each above"),
        (lambda s: s.words("x", allowed=["a"], length=2), ["a"], "be 2 words, each of: a"),
        (lambda s: s.words("x", allowed=["a"]), ["b"], r"x is \['b'\]. It must be words"),
        (lambda s: s.section("x"), 3, "x is 3. It must be a table of keys"),
        (lambda s: s.sections("x"), [3], r"x is \[3\]. It must be a list of tables"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_its_key_and_what_is_allowed(
    read: Callable[[Section], object], found: object, message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        read(Section({"x": found}))


def test_the_name_of_a_key_holds_the_tables_above_it() -> None:
    deep = Section({"grid": {"cells": [{"low": 9}]}}).section("grid").sections("cells")[0]
    with pytest.raises(SettingsError, match=r"grid\.cells\[1\]\.low is 9") as error:
        deep.number("low", high=1)
    assert "设置项 grid.cells[1].low 为 9" in error.value.message_zh


def test_a_missing_key_is_told_with_those_that_are_there() -> None:
    with pytest.raises(SettingsError, match=r"Setting x is missing \(keys found there: a b\)"):
        Section({"a": 1, "b": 2}).number("x")


def test_a_key_that_nobody_asked_for_is_refused() -> None:
    top = Section({"low": 1, "hgih": 2})
    top.number("low")
    with pytest.raises(SettingsError, match=r"hgih\. Known keys here are: high low\. Correct"):
        top.close(known=("high",))


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(0, 1), st.floats(0, 1))
def test_a_number_is_returned_just_if_it_lies_in_its_range(
    found: float, one: float, two: float
) -> None:
    low, high = sorted((one, two))
    section = Section({"x": found})
    if low <= found <= high:
        assert section.number("x", low=low, high=high) == found
    else:
        with pytest.raises(SettingsError, match="x is"):
            section.number("x", low=low, high=high)
