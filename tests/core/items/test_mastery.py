"""Mastery of knowledge points: hand-computed values, weights, small schools, properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError
from core.interval import wilson_interval
from core.items.mastery import compute_mastery
from core.survey_tables import MASTERY

FULL = pd.Series({"1": 1, "2": 4, "3": 6})
TWO_WAY = pd.DataFrame(
    {
        "item": ["1", "2", "3", "3"],
        "knowledge_point": ["number", "number", "number", "shape"],
        "weight": [1.0, 1.0, 0.5, 0.5],
    }
)
POINTS = pd.DataFrame({"1": [1.0, 0, 1, 1], "2": [4.0, 2, 3, 1], "3": [6.0, 2, 4, 0]})
SCHOOL = pd.Series(["B", "B", "A", "A"])


def mastery_of(points: pd.DataFrame, school: pd.Series, *, min_pupils: int = 1) -> pd.DataFrame:
    return compute_mastery(
        points, school=school, full_mark=FULL, two_way=TWO_WAY, min_pupils=min_pupils
    )


def made_points(seed: int = 1, n: int = 80) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    points = np.round(rng.uniform(size=(n, 3)) * FULL.to_numpy())
    return pd.DataFrame(points, columns=FULL.index)


def test_two_schools_by_hand() -> None:
    rows = mastery_of(POINTS, SCHOOL).set_index(["school", "knowledge_point"])
    # Number: 1 + 4 + half of 6 = 8 points possible for each pupil.
    assert rows["mastery"].to_dict() == pytest.approx(
        {
            ("A", "number"): (6 + 2) / 16,
            ("A", "shape"): 2 / 6,
            ("B", "number"): (8 + 3) / 16,
            ("B", "shape"): 4 / 6,
        }
    )
    assert rows["n_items"].tolist() == [3, 1, 3, 1]
    assert rows.xs("A")["county"].tolist() == pytest.approx([19 / 32, 0.5])
    # Pupils' proportions 1 and 3/8: SD / sqrt(2) = their difference / 2.
    assert rows.loc[("B", "number"), "se"] == pytest.approx(5 / 16)
    # Half of the county: the difference is half of that between the schools.
    apart_se = np.hypot(5 / 16, 4 / 16) / 2
    assert rows.loc[("B", "number"), "difference_se"] == pytest.approx(apart_se)
    assert rows.loc[("B", "number"), "difference"] == pytest.approx(3 / 32)


def test_a_missing_item_leaves_both_sums() -> None:
    points = POINTS.copy()
    points.loc[0, "2"] = np.nan
    rows = mastery_of(points, SCHOOL).set_index(["school", "knowledge_point"])
    assert rows.loc[("B", "number"), "mastery"] == pytest.approx((4 + 3) / (4 + 8))


def test_rows_are_the_declared_table_in_order_of_text() -> None:
    rows = mastery_of(made_points(), pd.Series(["S2", "S1", "S3", "S1"] * 20))
    assert list(MASTERY.require(rows).columns) == MASTERY.names
    assert rows["school"].tolist() == ["S1", "S1", "S2", "S2", "S3", "S3"]


def test_all_or_nothing_gets_wilsons_interval() -> None:
    two_way = pd.DataFrame({"item": ["1"], "knowledge_point": ["k"], "weight": [1.0]})
    rows = compute_mastery(POINTS, school=SCHOOL, full_mark=FULL, two_way=two_way, min_pupils=1)
    ends = wilson_interval([2, 1], n=[2, 2])
    assert rows["low"].tolist() == pytest.approx(ends.low.tolist())
    assert rows["high"].tolist() == pytest.approx(ends.high.tolist())


def test_a_small_school_keeps_its_number_and_loses_its_figures() -> None:
    school = pd.Series(["A"] * 75 + ["B"] * 5)
    rows = mastery_of(made_points(), school, min_pupils=10).set_index("school")
    small = rows[rows.index == "B"]
    assert set(small["status"]) == {"too_few"}
    assert set(small["n_pupils"]) == {5}
    hidden = ["mastery", "se", "low", "high", "difference", "difference_se", "difference_low"]
    assert small[hidden].isna().all(axis=None)
    assert rows[rows.index == "A"][hidden].notna().all(axis=None)


def test_a_school_without_the_items_is_not_estimable() -> None:
    points = made_points()
    points.loc[:9, "3"] = np.nan
    rows = mastery_of(points, pd.Series(["A"] * 10 + ["B"] * 70), min_pupils=5)
    assert rows.query("school == 'A'")["status"].tolist() == ["ok", "not_estimable"]


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("item", "9", "rows 4, rows with an item that the exam lacks 4"),
        ("weight", 0.0, "weights outside 0 to 1 4"),
        ("weight", 1.5, "weights outside 0 to 1 4"),
    ],
)
def test_a_two_way_table_that_does_not_fit_is_refused(
    column: str, value: str | float, found: str
) -> None:
    two_way = TWO_WAY.copy()
    two_way[column] = value
    two_way["knowledge_point"] = ["a", "b", "c", "d"]
    with pytest.raises(DataError, match=found):
        compute_mastery(POINTS, school=SCHOOL, full_mark=FULL, two_way=two_way, min_pupils=1)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_pupils_in_order_or_not_the_county_is_the_mean_of_its_schools(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points, school = made_points(seed), pd.Series(rng.choice(["A", "B", "C"], size=80))
    order = rng.permutation(80)
    before = mastery_of(points, school)
    after = mastery_of(points.iloc[order], school.iloc[order])
    pd.testing.assert_frame_equal(before, after)
    for _, rows in before.groupby("knowledge_point"):
        county = np.average(rows["mastery"], weights=rows["n_pupils"])
        assert rows["county"].tolist() == pytest.approx([county] * len(rows))
    assert before["mastery"].between(before["low"], before["high"]).all()
