"""Several years: 3:2:1 by hand, missing years, the error against drawn effects, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, SettingsError
from core.value_added import compute_several_years, shrunken_effects
from tests.core.value_added.make_county import make_county


def year(estimate: float, se: float = 0.1, **more: object) -> pd.DataFrame:
    columns = {"school": "A", "reliability": 0.75, "verdict": "above", "status": "ok", **more}
    return pd.DataFrame([{"estimate": estimate, "se": se, **columns}])


def test_three_years_count_three_two_one() -> None:
    years = {"2025": year(0.3, 0.1), "2024": year(-0.1, 0.2), "2023": year(0.6, 0.3)}
    row = compute_several_years(years, persistence=0.0).iloc[0]
    assert row["estimate"] == pytest.approx((3 * 0.3 - 2 * 0.1 + 0.6) / 6)
    assert row["se"] == pytest.approx(np.sqrt(0.3**2 + 0.4**2 + 0.3**2) / 6)
    assert (row["years"], row["missing"], row["n_years"]) == ("2025;2024;2023", "", 3)


def test_lasting_effects_make_errors_go_together() -> None:
    years = {"2025": year(0.3, 0.1), "2024": year(-0.1, 0.2)}
    row = compute_several_years(years).iloc[0]
    cov = 0.25 * 0.1 * 0.2  # (1 - reliability) SE SE
    assert row["se"] == pytest.approx(np.sqrt(9 * 0.01 + 4 * 0.04 + 2 * 6 * cov) / 5)


def test_missing_years_are_named_and_their_weight_goes_to_the_others() -> None:
    thin = year(9.0, status="low_coverage")
    years = {"2025": year(0.3), "2024": thin, "2023": year(0.6)}
    row = compute_several_years(years).iloc[0]
    assert row["estimate"] == pytest.approx((3 * 0.3 + 0.6) / 4)
    assert (row["years"], row["missing"], row["n_years"]) == ("2025;2023", "2024", 2)
    none = compute_several_years({"2025": thin, "2024": thin}).iloc[0]
    assert none[["estimate", "se", "low", "high", "index", "verdict"]].isna().all()
    assert (none["status"], none["missing"]) == ("not_estimable", "2025;2024")


def test_a_year_without_differences_counts_as_an_effect_of_zero() -> None:
    none = {"reliability": 0.0, "verdict": "no_difference_found"}
    years = {"2025": year(0.3, 0.1), "2024": year(0.0, 0.2, **none), "2023": year(0.6, 0.3)}
    row = compute_several_years(years).iloc[0]
    assert row["estimate"] == pytest.approx((3 * 0.3 + 0.6) / 6)
    assert (row["years"], row["missing"]) == ("2025;2024;2023", "")
    # An error of 0.2 of which none is luck goes along with half of those of the other years.
    products = 3 * 0.1 * 2 * 0.2 * 0.5 + 2 * 0.2 * 0.3 * 0.5 + 3 * 0.1 * 0.3 * 0.25
    assert row["se"] == pytest.approx(np.sqrt(0.3**2 + 0.4**2 + 0.3**2 + 2 * products) / 6)
    assert row["verdict"] == "above"


def test_years_that_all_found_no_difference_give_no_verdict() -> None:
    none = {"reliability": 0.0, "verdict": "no_difference_found"}
    years = {"2025": year(0.0, 0.1, **none), "2024": year(0.0, 0.1, **none)}
    row = compute_several_years(years).iloc[0]
    assert (row["estimate"], row["status"]) == (0.0, "ok")
    assert row["se"] == pytest.approx(0.1)
    assert row["verdict"] == "no_difference_found"
    assert np.isnan(row["index"])


def test_one_year_alone_is_that_year() -> None:
    effects = shrunken_effects(make_county(1).value_added("random_intercept"))
    pooled = compute_several_years({"2025": effects})
    pd.testing.assert_series_equal(pooled["estimate"], effects["estimate"])
    pd.testing.assert_series_equal(pooled["se"], effects["se"])


def test_intervals_cover_drawn_effects_that_last_in_part() -> None:
    rng, n, c = np.random.default_rng(1), 10_000, 0.5
    common = rng.normal(size=n)
    true, years = [], {}
    for name in ("2025", "2024", "2023"):
        u = 0.2 * (np.sqrt(c) * common + np.sqrt(1 - c) * rng.normal(size=n))
        raw = u + 0.15 * rng.normal(size=n)
        r = 0.2**2 / (0.2**2 + 0.15**2)
        columns = {"estimate": r * raw, "se": 0.2 * np.sqrt(1 - r), "reliability": r}
        school = pd.Series(np.arange(n), dtype="str").str.zfill(5)
        frame = pd.DataFrame({"school": school, **columns, "status": "ok"})
        years[name] = frame.assign(verdict="above")
        true.append(u)
    target = np.average(true, axis=0, weights=[3, 2, 1])
    for persistence, coverage in ((c, 0.95), (0.0, 0.925), (1.0, 0.964)):
        pooled = compute_several_years(years, persistence=persistence)
        pooled = pooled.set_index("school").sort_index()
        held = ((pooled["low"] <= target) & (target <= pooled["high"])).mean()
        assert held == pytest.approx(coverage, abs=0.01)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.floats(-1, 1), min_size=1, max_size=3),
    st.floats(0, 1),
    st.floats(0.1, 10),
)
def test_the_mean_lies_between_the_years_and_follows_the_unit(
    values: list[float], persistence: float, scale: float
) -> None:
    years = {str(k): year(value) for k, value in enumerate(values)}
    row = compute_several_years(years, persistence=persistence).iloc[0]
    assert min(values) - 1e-12 <= row["estimate"] <= max(values) + 1e-12
    assert 0 < row["se"] <= 0.1 + 1e-12
    wider = {name: year(scale * v, scale * 0.1) for name, v in zip(years, values, strict=True)}
    other = compute_several_years(wider, persistence=persistence).iloc[0]
    assert other["se"] == pytest.approx(scale * row["se"])
    assert other["estimate"] == pytest.approx(scale * row["estimate"], abs=1e-12)


def test_too_many_years_and_wrong_weights_are_refused() -> None:
    four = {str(k): year(0.1) for k in range(4)}
    with pytest.raises(SettingsError, match="4 years, weights 3:2:1, persistence 1"):
        compute_several_years(four)
    with pytest.raises(SettingsError, match="1 years, weights 0"):
        compute_several_years({"2025": year(0.1)}, weights=(0.0,))
    for weight in (np.nan, np.inf):
        with pytest.raises(SettingsError, match=rf"1 years, weights 3:{weight}, "):
            compute_several_years({"2025": year(0.1)}, weights=(3.0, weight))
    with pytest.raises(SettingsError, match=r"persistence 1\.5"):
        compute_several_years({"2025": year(0.1)}, persistence=1.5)


def test_a_school_twice_in_a_year_is_refused() -> None:
    twice = pd.concat([year(0.1), year(0.2)])
    with pytest.raises(DataError, match=r"'2024': rows too many 1 \(first: A\)"):
        compute_several_years({"2025": year(0.1), "2024": twice})
