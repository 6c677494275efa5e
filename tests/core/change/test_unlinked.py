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
from core.interval import wilson_interval
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


def test_a_school_in_two_groups_is_refused() -> None:
    exam = make_indicators({"A": 0.1, "B": 0.2})
    group = pd.Series(["junior", "rural", "junior"], index=["A", "A", "B"])
    with pytest.raises(DataError, match=r"'group': rows too many 1 \(first: A\)"):
        compute_rank_change(exam, previous=exam, group=group, indicator="z")


def make_rate(count: int, n: int, *, indicator: str = "pass_rate") -> pd.DataFrame:
    """Return INDICATORS with one rate and its Wilson interval."""
    ends = wilson_interval([count], n=[n])
    rows = make_indicators({"A": count / n}, indicator=indicator)
    return rows.assign(low=ends.low, high=ends.high, n_pupils=n)


def test_the_interval_of_a_changed_rate_is_that_of_newcombe() -> None:
    """56 of 70 against 48 of 80 is the first example of his paper."""
    change = compute_rate_change(make_rate(56, 70), previous=make_rate(48, 80))
    (row,) = change.to_dict("records")
    assert (row["before"], row["after"]) == (0.6, 0.8)
    assert row["change"] == pytest.approx(0.2)
    assert (row["low"], row["high"]) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert row["verdict"] == "up"


def test_nobody_before_and_nobody_after_is_no_certainty() -> None:
    (row,) = compute_rate_change(make_rate(0, 1), previous=make_rate(0, 1)).to_dict("records")
    assert (row["low"], row["high"]) == pytest.approx((-0.793, 0.793), abs=1e-3)
    assert (row["verdict"], row["status"]) == ("flat", "ok")


def test_a_rate_that_is_not_known_has_a_status() -> None:
    now = make_rate(5, 10).assign(estimate=np.nan, status="not_estimable")
    (row,) = compute_rate_change(now, previous=make_rate(5, 10)).to_dict("records")
    assert row["status"] == "not_estimable"
    assert np.isnan(row["change"])


def test_only_the_four_rates_are_compared_and_the_order_stays() -> None:
    names = ["low_rate", "z", "excellent_rate", "good_rate", "pass_rate", "participation"]
    exam = pd.concat([make_rate(5, 10, indicator=name) for name in names])
    table = compute_rate_change(exam, previous=exam)
    rates = ["low_rate", "excellent_rate", "good_rate", "pass_rate"]
    assert table["indicator"].tolist() == rates
    assert (table["verdict"] == "flat").all()


def test_nothing_is_said_of_causes() -> None:
    causal = r"\b(caus|because of the school|effect of|due to|led to|improved by)"
    assert re.search(causal, inspect.getsource(unlinked)) is None
