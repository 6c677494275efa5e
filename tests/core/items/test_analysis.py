"""Item analysis of an exam: the table, its states, and the whole test's reliability."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.interval import wilson_interval
from core.items.analysis import compute_items
from core.survey_tables import ITEMS

FULL = pd.Series({"1": 1, "2": 1, "3": 4})


def made_points(n: int = 60, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=n)
    chance = 1 / (1 + np.exp(-ability[:, None] + np.array([-1.0, 0.5])))
    points = pd.DataFrame((rng.uniform(size=(n, 2)) < chance).astype(float), columns=["1", "2"])
    return points.assign(**{"3": np.clip(np.round(2 + ability), 0, 4)})


def test_the_rows_are_the_declared_table_in_the_order_of_the_columns() -> None:
    result = compute_items(made_points(), full_mark=FULL)
    assert ITEMS.require(result.items)["item"].tolist() == ["1", "2", "3"]
    assert list(result.items.columns) == ITEMS.names
    assert set(result.items["status"]) == {"ok"}


def test_items_of_all_or_nothing_have_wilson_intervals() -> None:
    points = made_points()
    row = compute_items(points, full_mark=FULL).items.iloc[0]
    ends = wilson_interval(points["1"].sum(), n=60)
    assert (row["low"], row["high"]) == pytest.approx((ends.low.item(), ends.high.item()))


def test_graded_items_have_intervals_within_0_and_1() -> None:
    points = pd.DataFrame({"1": [1.0, 0, 1], "2": [1.0, 1, 0], "3": [4.0, 4, 3]})
    row = compute_items(points, full_mark=FULL).items.iloc[2]
    assert row["high"] == 1
    assert row["low"] == pytest.approx(11 / 12 - 1.959964 / 12, abs=1e-6)


def test_pupils_left_out_and_incomplete_ones_are_counted() -> None:
    points = made_points()
    points.iloc[0] = np.nan
    points.iloc[1, 0] = np.nan
    result = compute_items(points, full_mark=FULL)
    assert (result.n_pupils, result.n_complete, result.n_left_out) == (59, 58, 1)
    assert result.items["n_pupils"].tolist() == [58, 59, 59]
    assert result.group_size == 16  # 27 % of 58
    assert result.reliability is not None
    assert result.reliability.n_pupils == 58


def test_a_choice_of_items_leaves_difficulty_and_says_why_alpha_is_missing() -> None:
    points = made_points()
    points.loc[:29, "1"] = np.nan
    points.loc[30:, "2"] = np.nan
    result = compute_items(points, full_mark=FULL)
    assert result.reliability is None
    assert result.reason is not None
    assert "items 3, pupils with all items 0" in result.reason.message
    assert result.items["difficulty"].notna().all()
    assert (
        result.items[["discrimination", "item_rest", "alpha_if_dropped"]].isna().all(axis=None)
    )


def test_one_bad_item_does_not_stop_the_others() -> None:
    points = made_points().assign(**{"1": 1.0, "2": np.nan})
    items = compute_items(points, full_mark=FULL).items
    assert items["status"].tolist() == ["no_spread", "not_estimable", "ok"]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_order_of_rows_changes_nothing(seed: int) -> None:
    points = made_points(seed=seed)
    mixed = points.sample(frac=1, random_state=seed)
    before, after = (compute_items(p, full_mark=FULL).items for p in (points, mixed))
    pd.testing.assert_frame_equal(before, after)
