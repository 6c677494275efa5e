"""Low against high starts: the direct computation, a planted difference, none planted."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.multiplicity import adjust_q
from core.value_added import ValueAddedSpec, compute_differential, compute_start_gaps
from core.value_added.joint_moments import moments_of_joint
from core.value_added.unshrunken import residual_means
from tests.core.value_added.make_county import County

METHODS = ("random_intercept", "contextual", "prior_group")


def even_county(seed: int, *, n_schools: int = 25, n: int = 80, effect: float = 4.0) -> County:
    """Draw schools of equal size that add the same to every start."""
    rng = np.random.default_rng(seed)
    number = np.repeat(np.arange(n_schools), n)
    ability = rng.normal(size=number.size) + 0.4 * rng.normal(size=n_schools)[number]
    prior = 70 + 12 * ability + 5 * rng.normal(size=number.size)
    added = effect * rng.normal(size=n_schools)[number]
    current = 80 + 15 * ability + added + 8 * rng.normal(size=number.size)
    codes = [f"S{j:03d}" for j in number]
    pupils = {
        "school": codes,
        "prior": (100 * prior).round(),
        "current": (100 * current).round(),
    }
    return County(pd.DataFrame(pupils))


def fifths_of(county: County, method: str = "random_intercept") -> pd.DataFrame:
    return compute_differential(
        county.joint,
        current=county.current,
        prior=("last term", county.prior),
        spec=ValueAddedSpec(method, "z"),  # type: ignore[arg-type]
        min_pupils=5,
    )


@pytest.mark.parametrize("method", METHODS)
def test_a_residual_drawn_toward_zero_by_the_reliability_is_the_effect(method: str) -> None:
    fifths = fifths_of(even_county(1, effect=6.0), method).dropna(subset=["estimate"])
    share = fifths["reliability"] if method != "prior_group" else 1.0
    np.testing.assert_allclose(fifths["residual"] * share, fifths["estimate"], atol=1e-6)


def test_residuals_are_those_of_the_pupils_about_the_line() -> None:
    county = even_county(2)
    result = county.value_added("random_intercept")
    beta = [effect.estimate for effect in result.fixed_effects]
    pupils, x, y = county.pupils, county.prior, county.current
    z_x = (pupils["prior"] / 100 - x.mean) / x.sd
    z_y = (pupils["current"] / 100 - y.mean) / y.sd
    direct = (z_y - beta[0] - beta[1] * z_x).groupby(pupils["school"]).mean()
    means = residual_means(
        result, moments=moments_of_joint(county.joint), current=y, prior=x
    ).set_index("school")
    np.testing.assert_allclose(means["residual"], direct[means.index], atol=1e-9)
    assert (means["se_residual"] >= np.sqrt(result.sigma_e2 / 80)).all()


def test_differences_errors_and_q_values_equal_the_direct_computation() -> None:
    fifths = fifths_of(even_county(3))
    wide = fifths.pivot_table(
        index="school", columns="quintile", values=["residual", "se_residual"]
    )
    gap = wide[("residual", 1)] - wide[("residual", 5)]
    variance = wide[("se_residual", 1)] ** 2 + wide[("se_residual", 5)] ** 2
    known = gap.notna() & variance.notna()
    centre = np.average(gap[known], weights=1 / variance[known])
    own = compute_start_gaps(fifths).schools.set_index("school").loc[gap.index[known]]
    np.testing.assert_allclose(own["difference"], gap[known] - centre)
    np.testing.assert_allclose(
        own["se"] ** 2, variance[known] - 1 / (1 / variance[known]).sum()
    )
    np.testing.assert_allclose(own["q_value"], adjust_q(own["p"].to_numpy()))


@pytest.mark.parametrize("method", METHODS)
def test_a_planted_difference_is_found_at_its_school_alone(method: str) -> None:
    county = even_county(4)
    pupils = county.pupils
    low = pupils["prior"] < pupils["prior"].quantile(0.2)
    pupils.loc[low & (pupils["school"] == "S003"), "current"] += 2500
    gaps = compute_start_gaps(fifths_of(County(pupils), method))
    assert gaps.schools.iloc[0][["school", "flag"]].tolist() == ["S003", "low_more"]
    assert gaps.n_flagged <= 2
    assert gaps.p_all < 0.01
    assert gaps.spread > 0


def test_schools_that_all_do_more_for_low_starts_differ_from_none() -> None:
    """Every fifth has its own zero: what all do alike is the county's, not a school's."""
    county = even_county(5)
    pupils = county.pupils
    low = pupils["prior"] < pupils["prior"].quantile(0.2)
    pupils.loc[low, "current"] += 2500
    assert compute_start_gaps(fifths_of(County(pupils))).n_flagged == 0


@pytest.mark.parametrize("method", METHODS)
def test_where_none_is_planted_hardly_any_school_is_flagged(method: str) -> None:
    p, flagged = [], 0
    for seed in range(12):
        gaps = compute_start_gaps(fifths_of(even_county(seed, n_schools=30), method))
        p.append(gaps.schools["p"].dropna())
        flagged += gaps.n_flagged
    values = np.concatenate(p)
    # 360 schools: the standard error of a share of 5 % is 0.011.
    assert (values < 0.05).mean() <= 0.05 + 3 * 0.011
    assert flagged <= 0.05 * values.size


def test_a_county_without_differences_in_a_fifth_still_has_residuals() -> None:
    gaps = compute_start_gaps(fifths_of(even_county(6, effect=0.0)))
    assert gaps.n_compared >= 20
    assert gaps.schools["se"].dropna().gt(0.05).all()


def test_a_school_without_one_of_the_two_fifths_is_listed_but_not_compared() -> None:
    fifths = fifths_of(even_county(7))
    blank = (fifths["school"] == "S001") & (fifths["quintile"] == 5)
    figures = ["n", "estimate", "low", "high", "residual", "se_residual"]
    hidden = fifths.assign(
        **{name: fifths[name].mask(blank) for name in figures},
        status=fifths["status"].mask(blank, "suppressed"),
    )
    gaps = compute_start_gaps(hidden)
    own = gaps.schools.set_index("school").loc["S001"]
    assert own["status"] == "suppressed"
    assert own[["difference", "q_value", "flag"]].isna().all()
    assert gaps.n_compared == 24


def test_one_school_or_none_is_compared_with_nobody() -> None:
    fifths = fifths_of(even_county(8))
    one = compute_start_gaps(fifths[fifths["school"] == "S001"])
    assert (one.n_compared, one.n_flagged) == (0, 0)
    assert np.isnan(one.p_all)
    nothing = compute_start_gaps(fifths.iloc[:0])
    assert (len(nothing.schools), nothing.n_fifths) == (0, 0)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 300), shift=st.floats(-2, 2))
def test_a_shift_of_a_whole_fifth_moves_no_difference(seed: int, shift: float) -> None:
    fifths = fifths_of(even_county(seed, n_schools=8))
    moved = fifths.assign(residual=fifths["residual"] + shift * (fifths["quintile"] == 1))
    before, after = (compute_start_gaps(table).schools for table in (fifths, moved))
    np.testing.assert_allclose(
        before.set_index("school")["difference"].sort_index(),
        after.set_index("school")["difference"].sort_index(),
        atol=1e-9,
    )
