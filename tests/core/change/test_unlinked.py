"""Changes of rank and rates: by hand, ties, who is counted, no causal word."""

import inspect
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.change import compute_rank_change, compute_rate_change, unlinked
from core.errors import DataError
from tests.core.change.make_indicators import make_indicators

GROUP = pd.Series({"A": "junior", "B": "junior", "C": "junior", "D": "rural"})


def rank_change(now: dict[str, float], then: dict[str, float]) -> pd.DataFrame:
    return compute_rank_change(
        make_indicators(now), previous=make_indicators(then), group=GROUP, indicator="z"
    ).set_index("unit")


def test_places_are_counted_inside_the_group_and_ties_share_the_better() -> None:
    table = rank_change(
        {"A": 0.1, "B": 0.4, "C": 0.4, "D": 0.9}, {"A": 0.5, "B": 0.2, "C": 0.1, "D": 0.0}
    )
    assert table["before"].to_dict() == {"B": 2, "C": 3, "A": 1, "D": 1}
    assert table["after"].to_dict() == {"B": 1, "C": 1, "A": 3, "D": 1}
    assert table["change"].to_dict() == {"B": 1, "C": 2, "A": -2, "D": 0}
    assert table["n_units"].to_dict() == {"B": 3, "C": 3, "A": 3, "D": 1}


def test_a_school_that_opened_moves_nobody() -> None:
    table = rank_change({"A": 0.1, "B": 0.4, "C": 0.9}, {"A": 0.1, "B": 0.4, "D": 1.0})
    assert table["change"].to_dict() == {"B": 0, "A": 0}
    assert table["n_units"].to_dict() == {"B": 2, "A": 2}


def test_units_outside_every_group_and_nulls_are_not_ranked() -> None:
    figures = {"A": 0.1, "B": np.nan, "C": 0.2, "county": 0.5}
    assert rank_change(figures, figures).index.tolist() == ["C", "A"]


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.integers(-9, 9), min_size=3, max_size=3),
    st.lists(st.integers(-9, 9), min_size=3, max_size=3),
)
def test_the_way_back_is_the_way_there_reversed(one: list[float], other: list[float]) -> None:
    now, then = (dict(zip("ABC", values, strict=True)) for values in (one, other))
    there, back = rank_change(now, then)["change"], rank_change(then, now)["change"]
    assert there.to_dict() == (-back).to_dict()
    stretched = {unit: 3 * value - 1 for unit, value in now.items()}
    assert rank_change(stretched, then)["change"].to_dict() == there.to_dict()


def test_no_school_in_common_is_refused_with_the_numbers() -> None:
    with pytest.raises(DataError, match=r"in both exams: 0 \(now 1, before 2\)"):
        rank_change({"A": 0.1}, {"B": 0.1, "C": 0.2})


def test_rates_change_with_the_error_of_both() -> None:
    n = 100
    rate = {"now": 0.8, "then": 0.6}
    exams = [
        make_indicators({"A": p}, se=np.sqrt(p * (1 - p) / n), indicator="pass_rate")
        for p in rate.values()
    ]
    (row,) = compute_rate_change(exams[0], previous=exams[1]).to_dict("records")
    assert (row["before"], row["after"]) == (0.6, 0.8)
    assert row["change"] == pytest.approx(0.2)
    assert row["se"] == pytest.approx(np.sqrt((0.8 * 0.2 + 0.6 * 0.4) / n))
    assert row["verdict"] == "up"


def test_only_the_four_rates_are_compared_and_the_order_stays() -> None:
    names = ["low_rate", "z", "excellent_rate", "good_rate", "pass_rate", "participation"]
    exam = pd.concat([make_indicators({"A": 0.5}, indicator=name) for name in names])
    table = compute_rate_change(exam, previous=exam)
    rates = ["low_rate", "excellent_rate", "good_rate", "pass_rate"]
    assert table["indicator"].tolist() == rates
    assert (table["verdict"] == "flat").all()


def test_nothing_is_said_of_causes() -> None:
    causal = r"\b(caus|because of the school|effect of|due to|led to|improved by)"
    assert re.search(causal, inspect.getsource(unlinked)) is None
