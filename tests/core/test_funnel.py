"""Funnels from INDICATORS rows: flags, hidden rows, a given target, refusals, order."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, NotEstimableError, SettingsError
from core.funnel import FUNNEL, FunnelSpec, compute_mean_funnel, compute_rate_funnel
from core.numerics.funnel_limits import limits_at

CHANCE = FunnelSpec("none")


def make_rows(
    estimate: list[float], n_pupils: list[int], *, indicator: str = "pass_rate"
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": [f"S{j}" for j in range(len(estimate))],
            "exam": "期末",
            "subject": "math",
            "indicator": indicator,
            "estimate": estimate,
            "se": np.nan,
            "low": np.nan,
            "high": np.nan,
            "n_pupils": n_pupils,
            "reliability": np.nan,
            "status": "ok",
        }
    )


def test_flags_say_how_far_out_a_unit_lies() -> None:
    rates = [0.30, 0.38, 0.50, 0.62, 0.70]
    units = compute_rate_funnel(make_rows(rates, [100] * 5), spec=CHANCE).units
    FUNNEL.require(units)
    assert units["flag"].tolist() == [
        "below_998",
        "below_95",
        "inside",
        "above_95",
        "above_998",
    ]
    assert units["z"].round(6).tolist() == [-4.0, -2.4, 0.0, 2.4, 4.0]


def test_the_pooled_rate_weighs_by_pupils() -> None:
    funnel = compute_rate_funnel(make_rows([0.2, 0.6], [30, 10]), spec=CHANCE)
    assert funnel.shape.target == pytest.approx(0.3)


def test_a_unit_on_a_limit_is_inside_it() -> None:
    rows = make_rows([70 - 1.959963984540054, 70 + 1.959963984540054], [100, 100])
    units = compute_mean_funnel(rows, sd=10.0, spec=CHANCE).units
    assert units["flag"].tolist() == ["inside", "inside"]


def test_a_given_target_takes_the_place_of_the_pooled_value() -> None:
    rows = make_rows([60.0, 61.0], [100, 100], indicator="mean")
    units = compute_mean_funnel(rows, sd=10.0, spec=FunnelSpec("none", target=70.0)).units
    assert units["flag"].tolist() == ["below_998", "below_998"]


def test_hidden_and_empty_units_keep_their_rows_and_count_for_nothing() -> None:
    rows = make_rows([0.4, 0.5, 0.6, 0.0, np.nan], [50, 50, 50, 8, 0])
    rows["status"] = ["ok", "ok", "ok", "suppressed", "not_estimable"]
    rows["n_pupils"] = rows["n_pupils"].astype("Int64").mask(rows["status"] == "suppressed")
    rows["estimate"] = rows["estimate"].where(rows["status"] == "ok")
    funnel = compute_rate_funnel(rows, spec=CHANCE)
    FUNNEL.require(funnel.units)
    assert funnel.shape.target == pytest.approx(0.5)
    hidden = funnel.units.iloc[3:]
    assert hidden["status"].tolist() == ["suppressed", "not_estimable"]
    assert hidden[["z", "low_95", "high_998", "flag"]].isna().all(axis=None)


@pytest.mark.parametrize("method", ["additive", "multiplicative"])
def test_over_dispersed_limits_flag_fewer_units(method: str) -> None:
    rng = np.random.default_rng(3)
    rates = np.clip(rng.normal(0.6, 0.12, size=40), 0, 1).tolist()
    rows = make_rows(rates, rng.integers(40, 400, size=40).tolist())
    spec = FunnelSpec(method)  # type: ignore[arg-type]
    wide, narrow = compute_rate_funnel(rows, spec=spec), compute_rate_funnel(rows, spec=CHANCE)
    outside = [(funnel.units["flag"] != "inside").sum() for funnel in (wide, narrow)]
    assert outside[0] < 12 < outside[1]
    assert wide.shape.phi_winsorised > 3


def test_the_lines_of_the_chart_pass_through_the_limits_of_the_units() -> None:
    rows = make_rows([0.4, 0.5, 0.7, 0.6], [20, 50, 80, 110])
    funnel = compute_rate_funnel(rows, spec=FunnelSpec("additive"))
    lines = limits_at(rows["n_pupils"].to_numpy(float), shape=funnel.shape)
    assert funnel.units["low_998"].to_numpy() == pytest.approx(lines.low_998)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 500))
def test_the_order_of_units_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = rng.integers(5, 300, size=12)
    rows = make_rows((rng.binomial(n, 0.6) / n).tolist(), n.tolist())
    spec = FunnelSpec("additive")
    one = compute_rate_funnel(rows, spec=spec).units.set_index("unit")
    turned = compute_rate_funnel(rows[::-1], spec=spec).units.set_index("unit")
    pd.testing.assert_frame_equal(one, turned.loc[one.index])


@settings(max_examples=25, deadline=None)
@given(shift=st.integers(-50, 50), scale=st.floats(0.1, 10))
def test_flags_of_means_do_not_depend_on_the_scale(shift: int, scale: float) -> None:
    value = np.array([52.0, 60.0, 63.0, 66.0, 71.0, 80.0])
    n = [30, 60, 90, 40, 50, 70]
    spec = FunnelSpec("multiplicative")
    before = compute_mean_funnel(make_rows(value.tolist(), n), sd=20.0, spec=spec)
    rows = make_rows((shift + scale * value).tolist(), n)
    after = compute_mean_funnel(rows, sd=scale * 20.0, spec=spec)
    assert after.units["flag"].tolist() == before.units["flag"].tolist()
    assert after.units["z"].to_numpy() == pytest.approx(before.units["z"].to_numpy())


def test_two_figures_in_one_funnel_are_refused() -> None:
    two = pd.concat([make_rows([0.4], [10]), make_rows([0.6], [10], indicator="low_rate")])
    with pytest.raises(DataError, match=r"rows are of 2 \(期末/math/pass_rate; "):
        compute_rate_funnel(two, spec=CHANCE)


def test_a_mean_is_no_rate() -> None:
    with pytest.raises(DataError, match=r"above 1: 2 of 2"):
        compute_rate_funnel(make_rows([60.0, 70.0], [10, 10]), spec=CHANCE)


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_a_line_that_nobody_or_everybody_reaches_is_refused(rate: float) -> None:
    with pytest.raises(NotEstimableError, match=rf"target rate is {rate:.0f}\."):
        compute_rate_funnel(make_rows([rate, rate], [10, 10]), spec=CHANCE)


def test_too_few_units_are_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"at least 2 units .*found: 1\)"):
        compute_rate_funnel(make_rows([0.5], [10]), spec=CHANCE)
    with pytest.raises(NotEstimableError, match=r"at least 2 units .*found: 0\)"):
        compute_rate_funnel(make_rows([], []), spec=CHANCE)


def test_pupils_without_spread_are_refused() -> None:
    with pytest.raises(NotEstimableError, match="pupils is 0"):
        compute_mean_funnel(make_rows([60.0, 70.0], [10, 10]), sd=0.0, spec=CHANCE)


@pytest.mark.parametrize("target", [np.nan, np.inf])
def test_a_target_that_is_no_number_is_refused(target: float) -> None:
    with pytest.raises(SettingsError, match=rf"stands around {target}\."):
        FunnelSpec("none", target=target)


def test_a_rate_below_0_is_no_rate() -> None:
    with pytest.raises(DataError, match=r"above 1: 0 of 2, below 0: 1\."):
        compute_rate_funnel(make_rows([-0.1, 0.7], [10, 10]), spec=CHANCE)


def test_figures_that_are_ok_without_a_value_are_refused_with_their_number() -> None:
    rows = make_rows([0.5, np.nan, 0.7], [10, 10, 10])
    with pytest.raises(DataError, match=r"no finite value: 1 of 3\."):
        compute_rate_funnel(rows, spec=CHANCE)
    with pytest.raises(DataError, match=r"no finite value: 1 of 3\."):
        compute_mean_funnel(rows, sd=1.0, spec=CHANCE)


@pytest.mark.parametrize(("method", "cut"), [("both", 0.1), ("additive", 0.5)])
def test_unknown_settings_are_refused(method: str, cut: float) -> None:
    with pytest.raises(SettingsError, match=rf"'{method}', cut at {cut} "):
        FunnelSpec(method, winsorise=cut)  # type: ignore[arg-type]
