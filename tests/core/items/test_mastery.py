"""Mastery of knowledge points: hand-computed values, weights, small schools, properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, SettingsError
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
# Two kinds of pupils in each of two schools, five of each kind.
KINDS = pd.DataFrame({"1": [1.0, 0, 1, 1], "2": [4.0, 2, 3, 1], "3": [6.0, 2, 4, 0]})
POINTS = pd.concat([KINDS] * 5, ignore_index=True)
SCHOOL = pd.Series(["B", "B", "A", "A"] * 5)


def mastery_of(points: pd.DataFrame, school: pd.Series, *, min_pupils: int = 5) -> pd.DataFrame:
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
    # Pupils' proportions 1 and 3/8, five times each: half their difference / sqrt(10 - 1).
    assert rows.loc[("B", "number"), "se"] == pytest.approx(5 / 16 / 3)
    # Half of the county: the difference is half of that between the schools.
    apart_se = np.hypot(5 / 16, 4 / 16) / 3 / 2
    assert rows.loc[("B", "number"), "difference_se"] == pytest.approx(apart_se)
    assert rows.loc[("B", "number"), "difference"] == pytest.approx(3 / 32)


def test_a_missing_item_leaves_both_sums() -> None:
    points = POINTS.copy()
    points.loc[::4, "2"] = np.nan
    rows = mastery_of(points, SCHOOL).set_index(["school", "knowledge_point"])
    assert rows.loc[("B", "number"), "mastery"] == pytest.approx((4 + 3) / (4 + 8))


def test_rows_are_the_declared_table_in_order_of_text() -> None:
    rows = mastery_of(made_points(), pd.Series(["S2", "S1", "S3", "S1"] * 20))
    assert list(MASTERY.require(rows).columns) == MASTERY.names
    assert rows["school"].tolist() == ["S1", "S1", "S2", "S2", "S3", "S3"]


def test_all_or_nothing_gets_wilsons_interval() -> None:
    two_way = pd.DataFrame({"item": ["1"], "knowledge_point": ["k"], "weight": [1.0]})
    rows = compute_mastery(POINTS, school=SCHOOL, full_mark=FULL, two_way=two_way, min_pupils=5)
    ends = wilson_interval([10, 5], n=[10, 10])
    assert rows["low"].tolist() == pytest.approx(ends.low.tolist())
    assert rows["high"].tolist() == pytest.approx(ends.high.tolist())


def test_a_small_school_and_its_partner_lose_every_figure() -> None:
    school = pd.Series(["A"] * 35 + ["B"] * 3 + ["C"] * 42)
    rows = mastery_of(made_points(), school, min_pupils=10).set_index("school")
    assert rows["status"].to_dict() == {"A": "suppressed", "B": "too_few", "C": "ok"}
    own = ["n_pupils", "mastery", "se", "low", "high", "difference", "difference_se"]
    own += ["difference_low", "difference_high"]
    assert rows.loc[["A", "B"], own].isna().to_numpy().all()
    assert rows.loc[["C"], own].notna().to_numpy().all()
    assert rows["county"].notna().all()
    assert list(MASTERY.require(rows.reset_index()).columns) == MASTERY.names


def test_nothing_shown_tells_a_hidden_school_from_its_partner() -> None:
    school = np.repeat(["A", "B", "C"], [40, 40, 3])
    points, other = made_points(n=83), made_points(n=83)
    # Pupils change places between the small school and its partner.
    other.iloc[[0, 1, 2, 80, 81, 82]] = points.iloc[[80, 81, 82, 0, 1, 2]].to_numpy()
    told, told_other = (
        mastery_of(table, pd.Series(school), min_pupils=10) for table in (points, other)
    )
    assert (points.iloc[80:].sum() != other.iloc[80:].sum()).any()
    shown = ["school", "knowledge_point", "n_pupils", "mastery", "county", "difference"]
    pd.testing.assert_frame_equal(told[shown], told_other[shown])


def test_a_county_that_is_small_itself_shows_nothing() -> None:
    school = pd.Series(["A"] * 4 + ["B"] * 5)
    rows = mastery_of(made_points(n=9), school, min_pupils=10)
    assert set(rows["status"]) == {"too_few"}
    assert rows[["n_pupils", "mastery", "county"]].isna().all(axis=None)


def test_a_school_without_the_items_is_not_estimable() -> None:
    points = made_points()
    points.loc[:9, "3"] = np.nan
    rows = mastery_of(points, pd.Series(["A"] * 10 + ["B"] * 70), min_pupils=5)
    assert rows.query("school == 'A'")["status"].tolist() == ["ok", "not_estimable"]


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (["A"] * 10, "pupils: 20, codes: 10, of them empty: 0"),
        (["A"] * 19 + [None], "pupils: 20, codes: 20, of them empty: 1"),
        (["A"] * 18 + ["", None], "pupils: 20, codes: 20, of them empty: 2"),
    ],
)
def test_a_pupil_without_a_school_is_refused_with_the_numbers(
    codes: list[str | None], found: str
) -> None:
    with pytest.raises(DataError, match=found):
        mastery_of(POINTS, pd.Series(codes, dtype=object))


def test_fewer_than_five_pupils_are_never_shown() -> None:
    with pytest.raises(SettingsError, match=r"set to 4\. It must be at least 5"):
        mastery_of(POINTS, SCHOOL, min_pupils=4)


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
        compute_mastery(POINTS, school=SCHOOL, full_mark=FULL, two_way=two_way, min_pupils=5)


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
