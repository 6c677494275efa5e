"""Rank points: the junior and primary vectors by hand, ties, edge cases, properties."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base_count import compute_base_rates
from core.errors import DataError, SettingsError
from core.rank_points import (
    XINBIN_JUNIOR,
    XINBIN_PRIMARY,
    PointIndicator,
    RankPointScheme,
    compute_rank_points,
    rank_points,
)

SINGLE = RankPointScheme("A", (PointIndicator("mean", Decimal(1)),), first_points=15)
MARKS = st.lists(st.integers(0, 6).map(Decimal), min_size=1, max_size=20)

JUNIOR = pd.DataFrame(
    {
        "unit": ["X", "Y", "Z"],
        "roll": [200, 100, 300],
        "score_sum": [98_000, 50_000, 140_000],
        "n_admitted": [60, 28, 96],
        "n_outflow": [5, 1, 12],
    }
)
JUNIOR_RATES = {
    "mean": "score_sum",
    "admission_rate": "n_admitted",
    "outflow_rate": "n_outflow",
}


def points_of(values: list[Decimal | None], scheme: RankPointScheme = SINGLE) -> list[object]:
    return list(rank_points(values, scheme=scheme))


def marks(*values: int) -> list[Decimal | None]:
    return [Decimal(value) for value in values]


def test_three_junior_schools_get_the_points_computed_by_hand() -> None:
    table = compute_rank_points(
        compute_base_rates(JUNIOR, rates=JUNIOR_RATES), scheme=XINBIN_JUNIOR
    )
    assert table["unit"].tolist() == ["Y", "X", "Z"]
    assert table["points_mean"].tolist() == [15, 14, 13]
    assert table["points_admission_rate"].tolist() == [13, 14, 15]
    assert table["points_outflow_rate"].tolist() == [15, 14, 13]
    assert table["result"].tolist() == [Decimal("14.4"), Decimal("14.0"), Decimal("13.6")]
    assert table["rank"].tolist() == [1, 2, 3]


def test_three_primary_units_tie_entirely() -> None:
    counts = pd.DataFrame(
        {
            "unit": ["T1", "T2", "T3"],
            "roll": [100, 200, 50],
            "sum_1": [25_000, 51_000, 12_000],
            "sum_2": [26_000, 50_000, 13_500],
        }
    )
    rates = compute_base_rates(counts, rates={"mean_term_1": "sum_1", "mean_term_2": "sum_2"})
    table = compute_rank_points(rates, scheme=XINBIN_PRIMARY)
    assert table["points_mean_term_1"].tolist() == [15, 16, 14]
    assert table["points_mean_term_2"].tolist() == [15, 14, 16]
    assert table["result"].tolist() == [Decimal("15.0")] * 3
    assert table["rank"].tolist() == [1, 1, 1]
    assert table["unit"].tolist() == ["T1", "T2", "T3"]


def test_sums_that_floats_would_part_tie_in_decimals() -> None:
    assert 0.4 * 15 + 0.3 * 14 + 0.3 * 12 != 0.4 * 12 + 0.3 * 15 + 0.3 * 15
    columns = {
        "mean": marks(9, 1, 5, 4),
        "admission_rate": marks(8, 9, 2, 1),
        "outflow_rate": marks(4, 1, 2, 3),
    }
    rows = pd.DataFrame({"unit": list("abcd"), **columns})
    table = compute_rank_points(rows, scheme=XINBIN_JUNIOR).set_index("unit")
    assert table.loc[["a", "b"], "result"].tolist() == [Decimal("13.8")] * 2
    assert table.loc[["a", "b"], "rank"].tolist() == [1, 1]


def test_equal_values_share_the_better_points_and_use_up_the_places() -> None:
    assert points_of(marks(7, 9, 7, 5)) == [14, 15, 14, 12]


def test_equal_values_may_share_the_mean_of_their_places() -> None:
    scheme = replace(SINGLE, ties="mean")
    assert points_of(marks(7, 9, 7, 5), scheme) == [Decimal("13.5"), 15, Decimal("13.5"), 12]


def test_beyond_fifteen_schools_points_go_on_below_zero_or_stop_at_the_floor() -> None:
    values = marks(*range(17, 0, -1))
    assert points_of(values)[-3:] == [1, 0, -1]
    assert points_of(values, replace(SINGLE, floor=Decimal(0)))[-3:] == [1, 0, 0]


def test_a_school_without_a_value_takes_no_place_and_has_no_result() -> None:
    rates = compute_base_rates(
        JUNIOR.assign(n_outflow=[5, float("nan"), 12]), rates=JUNIOR_RATES
    )
    table = compute_rank_points(rates, scheme=XINBIN_JUNIOR).set_index("unit")
    assert table.loc["Y", "status"] == "not_estimable"
    assert table.loc["Y", "result"] is None
    assert table.index.tolist()[-1] == "Y"
    assert table.loc["Y", "points_mean"] == 15
    assert table.loc[["X", "Z"], "points_outflow_rate"].tolist() == [15, 14]
    assert table.loc[["X", "Z"], "rank"].tolist() == [1, 2]


def test_where_less_is_better_the_least_comes_first() -> None:
    assert list(rank_points(marks(3, 1, 2), scheme=SINGLE, better="lower")) == [13, 15, 14]


@given(MARKS)
def test_a_point_is_one_less_for_each_better_school(values: list[Decimal]) -> None:
    expected = [15 - sum(other > value for other in values) for value in values]
    assert points_of(list(values)) == expected


@given(MARKS)
def test_with_mean_ties_the_points_of_all_places_are_given_out(values: list[Decimal]) -> None:
    given_out = rank_points(values, scheme=replace(SINGLE, ties="mean"))
    total = sum((p for p in given_out if p is not None), Decimal(0))
    assert float(total) == pytest.approx(sum(15 - place for place in range(len(values))))


@given(MARKS)
def test_the_order_of_the_schools_changes_nothing(values: list[Decimal]) -> None:
    backwards = points_of(list(reversed(values)))
    assert backwards == list(reversed(points_of(list(values))))


def test_weights_must_sum_to_exactly_one() -> None:
    with pytest.raises(SettingsError, match=r"sum 0\.9, negative 0, indicators 1, "):
        replace(SINGLE, indicators=(PointIndicator("mean", Decimal("0.9")),))
    twice = (PointIndicator("mean", Decimal("0.5")),) * 2
    with pytest.raises(SettingsError, match="indicators 2, different names 1"):
        replace(SINGLE, indicators=twice)
    signs = (PointIndicator("a", Decimal("1.5")), PointIndicator("b", Decimal("-0.5")))
    with pytest.raises(SettingsError, match="negative 1"):
        replace(SINGLE, indicators=signs)


def test_settings_out_of_range_are_refused_with_their_numbers() -> None:
    with pytest.raises(SettingsError, match="gives 0 points"):
        replace(SINGLE, first_points=0)
    with pytest.raises(SettingsError, match=r"ties 'dice'.*better mean"):
        replace(SINGLE, ties="dice")  # type: ignore[arg-type]


def test_weights_that_are_no_numbers_are_refused_with_their_count() -> None:
    for weight in (Decimal("NaN"), Decimal("Infinity"), Decimal("sNaN")):
        with pytest.raises(SettingsError, match=r"sum 0, negative 0, .* not finite 1\)"):
            replace(SINGLE, indicators=(PointIndicator("mean", weight),))
    with pytest.raises(SettingsError, match="floor NaN"):
        replace(SINGLE, floor=Decimal("NaN"))


def test_a_direction_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"mean .* when 'Higher'\. .*: higher lower"):
        PointIndicator("mean", Decimal(1), "Higher")  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match=r"when 'Lower'"):
        rank_points(marks(1, 2), scheme=SINGLE, better="Lower")  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity"])
def test_values_without_a_place_are_refused_with_their_number(value: str) -> None:
    values = [Decimal(value), Decimal(1), None]
    with pytest.raises(DataError, match="infinite: 1 of 3"):
        rank_points(values, scheme=SINGLE)
    rows = pd.DataFrame({"unit": list("abc"), "mean": pd.Series(values, dtype=object)})
    with pytest.raises(DataError, match="infinite: 1 of 3"):
        compute_rank_points(rows, scheme=SINGLE)


def test_tables_that_do_not_fit_are_refused_with_their_numbers() -> None:
    with pytest.raises(DataError, match=r"missing columns: mean; repeated units: 0; .*: 0"):
        compute_rank_points(pd.DataFrame({"unit": ["a"]}), scheme=SINGLE)
    with pytest.raises(DataError, match=r"missing columns: unit"):
        compute_rank_points(pd.DataFrame({"mean": marks(1)}), scheme=SINGLE)
    floats = pd.DataFrame({"unit": ["a", "a"], "mean": [1.5, 2.5]})
    with pytest.raises(DataError, match=r"repeated units: 1; values that are no decimals: 2"):
        compute_rank_points(floats, scheme=SINGLE)
