"""Gaps between groups: statsmodels, scipy, brute force from pupils, statuses, properties."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from core.errors import DataError, NotEstimableError, SettingsError
from core.group_gaps import compute_pupil_group_gaps, compute_school_group_gaps, group_by_size
from core.standardise import Population, population_of

LOCALE = pd.Series({"A": "town", "B": "town", "C": "country", "D": "country"})
ORDER = ("town", "country")


def _pupils(seed: int, *, n: int = 200) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    school = rng.choice(list("ABCD"), n)
    level = pd.Series({"A": 75.0, "B": 70.0, "C": 66.0, "D": 60.0})
    score = (100 * (level[school].to_numpy() + rng.normal(0, 8, n)).round()).astype(np.int64)
    return pd.DataFrame({"school": school, "score": score, "sex": rng.choice(["f", "m"], n)})


def _histogram(pupils: pd.DataFrame, subject: str = "math") -> pd.DataFrame:
    counts = pupils.groupby(["school", "score"], as_index=False).size()
    return counts.rename(columns={"size": "n"}).assign(subject=subject)


def _sums(pupils: pd.DataFrame) -> pd.DataFrame:
    y = pupils["score"]
    frame = pd.DataFrame({"group": pupils["sex"], "n": 1, "y": y, "y_y": y * y})
    return frame.groupby("group", as_index=False).sum().assign(subject="math")


def _town_country(pupils: pd.DataFrame) -> pd.Series:
    return compute_school_group_gaps(
        _histogram(pupils), groups=LOCALE, order=ORDER, grouping="locale"
    ).iloc[0]


def test_the_clustered_error_is_that_of_statsmodels() -> None:
    from statsmodels.regression.linear_model import OLS

    pupils = _pupils(1)
    town = (LOCALE[pupils["school"]] == "town").to_numpy(float)
    y = pupils["score"].to_numpy(float)
    fit = OLS(y, np.column_stack([np.ones_like(town), town])).fit(
        cov_type="cluster",
        cov_kwds={"groups": pd.factorize(pupils["school"])[0], "use_correction": False},
    )
    found, sd = _town_country(pupils), y.std()
    assert found["estimate"] == pytest.approx(fit.params[1] / sd)
    # Two schools a side: each side's variance is J / (J - 1) = 2 times the uncorrected one.
    assert found["se"] == pytest.approx(np.sqrt(2) * fit.bse[1] / sd)


def test_the_share_of_variance_is_that_of_an_analysis_of_variance() -> None:
    pupils = _pupils(2)
    town = LOCALE[pupils["school"]].to_numpy() == "town"
    y = pupils["score"].to_numpy(float)
    fitted = np.where(town, y[town].mean(), y[~town].mean())
    assert _town_country(pupils)["variance_share"] == pytest.approx(fitted.var() / y.var())


def test_groups_of_pupils_are_compared_as_by_welch() -> None:
    pupils = _pupils(3)
    population = population_of(_histogram(pupils))
    found = compute_pupil_group_gaps(
        _sums(pupils), populations=population, order=("f", "m"), grouping="sex"
    ).iloc[0]
    girls, boys = (pupils.loc[pupils["sex"] == s, "score"] / 100 for s in ("f", "m"))
    test = ttest_ind(girls, boys, equal_var=False)
    sd = population["math"].sd
    assert found["estimate"] / found["se"] == pytest.approx(test.statistic)
    ends = test.confidence_interval()
    # Degrees of freedom are whole numbers here.
    assert [found["low"], found["high"]] == pytest.approx(
        [ends.low / sd, ends.high / sd], rel=1e-3
    )


def test_rows_per_school_add_up_to_those_of_the_county() -> None:
    pupils = _pupils(4)
    population = {"math": Population(70.0, 10.0)}
    keywords: dict[str, Any] = {
        "populations": population,
        "order": ("f", "m"),
        "grouping": "sex",
    }
    whole = compute_pupil_group_gaps(_sums(pupils), **keywords)
    split = pd.concat([_sums(part) for _, part in pupils.groupby("school")])
    pd.testing.assert_frame_equal(compute_pupil_group_gaps(split, **keywords), whole)


def test_three_groups_give_three_pairs_in_the_order_asked_for() -> None:
    size = pd.Series({"A": "large", "B": "large", "C": "small", "D": "middle"})
    found = compute_school_group_gaps(
        _histogram(_pupils(5)), groups=size, order=("large", "middle", "small"), grouping="size"
    )
    assert found[["group_a", "group_b"]].to_numpy().tolist() == [
        ["large", "middle"], ["large", "small"], ["middle", "small"],
    ]  # fmt: skip
    assert found["grouping"].unique().tolist() == ["size"]


def test_a_group_of_one_school_is_not_estimable_in_that_subject_only() -> None:
    pupils = _pupils(6)
    both = pd.concat(
        [_histogram(pupils), _histogram(pupils[pupils["school"] != "D"], "music")],
        ignore_index=True,
    )
    found = compute_school_group_gaps(both, groups=LOCALE, order=ORDER, grouping="locale")
    found = found.set_index("subject")
    assert found["status"].to_dict() == {"math": "ok", "music": "not_estimable"}
    assert found.loc["music", ["estimate", "se", "low", "variance_share"]].isna().all()


def test_schools_without_a_group_count_for_the_population_alone() -> None:
    pupils = _pupils(7)
    found = compute_school_group_gaps(
        _histogram(pupils), groups=LOCALE.drop("D"), order=ORDER, grouping="locale"
    ).iloc[0]
    assert found["n_b"] == (pupils["school"] == "C").sum()
    assert found["status"] == "not_estimable"


def test_a_subject_without_spread_is_not_estimable() -> None:
    pupils = _pupils(8).assign(score=7000)
    assert _town_country(pupils)["status"] == "not_estimable"


def test_one_group_alone_is_refused_with_its_number() -> None:
    with pytest.raises(NotEstimableError, match=r"found: 1 of 2"):
        compute_school_group_gaps(
            _histogram(_pupils(9)), groups=LOCALE.replace("country", "town"), order=ORDER,
            grouping="locale",
        )  # fmt: skip


def test_sums_without_a_column_are_refused_by_name() -> None:
    with pytest.raises(DataError, match=r"lack y_y \(1 of 5 columns\)"):
        compute_pupil_group_gaps(
            _sums(_pupils(1)).drop(columns="y_y"),
            populations={},
            order=("f", "m"),
            grouping="sex",
        )


def test_bounds_of_size_that_overlap_are_refused_with_their_numbers() -> None:
    with pytest.raises(SettingsError, match=r"below 60 .* from 50 on"):
        group_by_size(pd.Series({"A": 55}), small_below=60, large_from=50)


def test_a_school_at_a_bound_of_size_belongs_above_it() -> None:
    sizes = group_by_size(
        pd.Series({"a": 30, "b": 29, "c": 200}), small_below=30, large_from=200
    )
    assert sizes.tolist() == ["middle", "small", "large"]


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 10**6), st.integers(1, 9), st.integers(-20, 20))
def test_unit_of_the_score_and_order_of_rows_do_not_matter_and_sides_mirror(
    seed: int, scale: int, shift: int
) -> None:
    pupils = _pupils(seed % 1000)
    moved = pupils.assign(score=scale * pupils["score"] + 100 * shift).sample(
        frac=1, random_state=seed % 97
    )
    plain, other = _town_country(pupils), _town_country(moved)
    figures = ["estimate", "se", "low", "high", "variance_share"]
    assert other[figures].to_numpy(float) == pytest.approx(plain[figures].to_numpy(float))
    assert 0 <= plain["variance_share"] <= 1
    mirror = compute_school_group_gaps(
        _histogram(pupils), groups=LOCALE, order=ORDER[::-1], grouping="locale"
    ).iloc[0]
    assert mirror["estimate"] == pytest.approx(-plain["estimate"])
    assert mirror["low"] == pytest.approx(-plain["high"])
