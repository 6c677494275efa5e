"""Base counts and the rates over them: the junior vector by hand, edge cases, refusals."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.base_count import XINBIN_REDUCTION, base_count, compute_base_rates, pool_units
from core.errors import DataError, SettingsError

COUNTS = pd.DataFrame(
    {"unit": ["X", "Y", "Z"], "roll": [200, 100, 300], "score_sum": [98_000, 50_000, 140_000]}
)
MEAN = {"mean": "score_sum"}


def test_base_and_mean_are_as_computed_by_hand() -> None:
    rates = compute_base_rates(COUNTS, rates=MEAN)
    assert rates["base"].tolist() == [194, 97, 291]
    assert [round(mean, 4) for mean in rates["mean"]] == [
        Decimal("505.1546"),
        Decimal("515.4639"),
        Decimal("481.0997"),
    ]


def test_the_base_is_not_rounded() -> None:
    assert base_count(50, reduction=XINBIN_REDUCTION) == Decimal("48.5")


def test_a_school_without_a_roll_has_no_rate_and_stops_nobody() -> None:
    rates = compute_base_rates(COUNTS.assign(roll=[0, 100, 300]), rates=MEAN)
    assert rates["base"].tolist() == [0, 97, 291]
    assert rates["mean"].iloc[0] is None
    assert rates["mean"].iloc[1] == Decimal(50_000) / 97


def test_a_numerator_that_is_not_known_gives_no_rate() -> None:
    rates = compute_base_rates(
        COUNTS.assign(score_sum=[98_000.0, float("nan"), 140_000.5]), rates=MEAN
    )
    assert rates["mean"].iloc[1] is None
    assert rates["mean"].iloc[2] == Decimal("140000.5") / 291


def test_when_more_sit_than_the_base_the_mean_is_above_the_true_one() -> None:
    """100 pupils with 500 points each: over the base of 97 the mean is 515, not 500."""
    rates = compute_base_rates(COUNTS, rates=MEAN)
    assert rates["mean"].iloc[1] > Decimal(50_000) / 100


def test_equal_quotients_of_different_counts_are_equal() -> None:
    counts = pd.DataFrame({"unit": ["a", "b"], "roll": [7, 21], "n": [3, 9]})
    rates = compute_base_rates(counts, rates={"admission_rate": "n"})
    assert rates["admission_rate"].iloc[0] == rates["admission_rate"].iloc[1]


def test_village_schools_count_as_their_township() -> None:
    counts = pd.DataFrame(
        {"unit": ["v1", "town", "v2"], "roll": [10, 20, 5], "score_sum": [100, 300, 70]}
    )
    pooled = pool_units(counts, counted_as={"v1": "T", "v2": "T"})
    assert pooled.to_numpy().tolist() == [["T", 15, 170], ["town", 20, 300]]


def test_what_one_part_lacks_the_whole_lacks() -> None:
    counts = pd.DataFrame({"unit": ["a", "b", "c"], "roll": [1, 2, 3], "n": [1.0, None, 2.0]})
    pooled = pool_units(counts, counted_as={"a": "T", "b": "T"})
    assert pooled["roll"].tolist() == [3, 3]
    assert pooled["n"].isna().tolist() == [True, False]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=6))
def test_the_base_of_a_whole_is_the_sum_of_the_bases(rolls: list[int]) -> None:
    counts = pd.DataFrame({"unit": [f"u{i}" for i in range(len(rolls))], "roll": rolls})
    pooled = pool_units(counts, counted_as=dict.fromkeys(counts["unit"], "T"))
    parts, whole = (compute_base_rates(table, rates={}) for table in (counts, pooled))
    assert whole["base"].tolist() == [sum(parts["base"], Decimal(0))]


def test_a_reduction_out_of_range_is_refused_with_its_number() -> None:
    with pytest.raises(SettingsError, match=r"share of 1\.0"):
        base_count(10, reduction=Decimal("1.0"))
    with pytest.raises(SettingsError, match=r"share of -0\.1"):
        base_count(10, reduction=Decimal("-0.1"))


def test_rolls_that_are_negative_or_not_known_are_refused_with_their_number() -> None:
    with pytest.raises(DataError, match="roll is -3"):
        base_count(-3, reduction=XINBIN_REDUCTION)
    with pytest.raises(DataError, match="without a roll: 1 of 3"):
        compute_base_rates(COUNTS.assign(roll=[200, float("nan"), 300]), rates=MEAN)


@pytest.mark.parametrize("roll", [20.5, float("inf")])
def test_a_roll_that_is_no_whole_number_is_refused(roll: float) -> None:
    with pytest.raises(DataError, match=r"roll: 0 of 3, .* whole number: 1"):
        compute_base_rates(COUNTS.assign(roll=[200, roll, 300]), rates=MEAN)


def test_a_numerator_that_is_no_finite_number_is_refused() -> None:
    with pytest.raises(DataError, match=r"score_sum .* numbers: 1 of 3"):
        compute_base_rates(COUNTS.assign(score_sum=[1.0, float("inf"), 2.0]), rates=MEAN)


def test_a_reduction_that_is_no_number_is_refused() -> None:
    with pytest.raises(SettingsError, match="share of NaN"):
        base_count(10, reduction=Decimal("NaN"))


def test_missing_columns_and_repeated_units_are_refused_by_name() -> None:
    with pytest.raises(DataError, match=r"missing columns: score_sum; repeated units: 0"):
        compute_base_rates(COUNTS.drop(columns="score_sum"), rates=MEAN)
    with pytest.raises(DataError, match=r"missing columns: -; repeated units: 2"):
        compute_base_rates(COUNTS.assign(unit="X"), rates=MEAN)
    with pytest.raises(DataError, match=r"missing columns: unit"):
        pool_units(COUNTS.drop(columns="unit"), counted_as={})
