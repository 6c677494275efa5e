"""Diagnostics of value-added: effects, influence, leverage, assumed reliabilities."""

import numpy as np
import pandas as pd
import pytest

from core.errors import SettingsError
from core.value_added.diagnostics import compute_normality, count_changes, flag_influence
from tests.core.value_added.make_county import County, make_county
from tests.core.value_added.make_diagnostics import METHODS, diagnosed, drawn


def test_standardised_effects_are_normal_where_the_truth_is() -> None:
    schools = diagnosed(drawn(10, n_schools=80)).schools
    found = compute_normality(schools)
    assert found.status == "ok"
    assert found.p is not None
    assert found.p > 0.05
    assert found.schools["standardised"].std() == pytest.approx(1, abs=0.2)
    assert found.schools["is_outside"].mean() < 0.2


def test_a_school_far_off_stands_outside_the_envelope() -> None:
    pupils = drawn(11).pupils
    far = pupils["school"] == "S007"
    county = County(pupils.assign(current=pupils["current"] + 4000 * far))
    found = compute_normality(diagnosed(county).schools)
    assert found.p is not None
    assert found.p < 0.001
    last = found.schools.iloc[-1]
    assert (last["school"], bool(last["is_outside"])) == ("S007", True)


def by_reliability(rows: pd.DataFrame) -> dict[float, dict[str, float]]:
    """Return the rows by their reliability."""
    found = rows.set_index("reliability").to_dict("index")
    return {float(str(value)): row for value, row in found.items()}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("n", "status"),
    [(7, "too_few_schools"), (5001, "too_many_schools"), (0, "too_few_schools")],
)
def test_too_few_or_too_many_schools_have_no_test(n: int, status: str) -> None:
    rows = pd.DataFrame({"school": [str(k) for k in range(n)], "standardised": np.arange(n)})
    found = compute_normality(rows.astype({"school": "str", "standardised": "float64"}))
    assert (found.status, found.w, found.p) == (status, None, None)
    assert len(found.schools) == n


@pytest.mark.parametrize("method", METHODS)
def test_shares_and_holds_add_up_and_follow_the_rows(method: str) -> None:
    schools = diagnosed(make_county(12), method).schools
    assert schools["share"].sum() == pytest.approx(1)
    assert schools["hold"].sum() == pytest.approx(1)
    n_coefficients = 3 if method == "contextual" else 2
    assert schools["leverage"].sum() == pytest.approx(n_coefficients)
    assert f"change_{n_coefficients - 1}" in schools
    assert (schools["status"] == "ok").all()


def test_a_planted_school_stands_first_in_influence() -> None:
    pupils = drawn(13).pupils
    own = pupils["school"] == "S003"
    odd = 2 * (8000 - pupils["prior"]) + pupils["current"]
    county = County(pupils.assign(current=pupils["current"].mask(own, odd)))
    schools = diagnosed(county).schools
    flagged = flag_influence(schools, n_schools=40)
    assert flagged.nlargest(1, "cook")["school"].tolist() == ["S003"]
    assert bool(flagged.loc[flagged["school"] == "S003", "is_influential"].item())


def test_small_schools_hold_more_than_their_share() -> None:
    pupils = drawn(14).pupils
    few = pupils["school"].isin(["S001", "S002"]) & (pupils.index % 8 != 0)
    schools = diagnosed(County(pupils[~few].reset_index(drop=True))).schools
    small = schools["n"] == 10
    assert small.sum() == 2
    ratio = schools["hold"] / schools["share"]
    assert ratio[small].min() > ratio[~small].max()


def test_every_reliability_is_that_of_the_estimator() -> None:
    county = make_county(15)
    rows = by_reliability(diagnosed(county).sweep.rows)
    assert list(rows) == [0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1.00]
    one = county.value_added("reliability_corrected", reliability=0.8)
    assert rows[0.8]["slope"] == one.fixed_effects[1].estimate
    assert rows[0.8]["slope_se"] == one.fixed_effects[1].se
    assert (rows[0.8]["fairness_r"], rows[0.8]["sigma_u2"]) == (
        one.fairness_r,
        one.sigma_u2,
    )
    plain = county.value_added("random_intercept")
    assert rows[1.0]["slope"] == pytest.approx(plain.fixed_effects[1].estimate)
    slopes = [row["slope"] for row in rows.values()]
    assert slopes == sorted(slopes, reverse=True)


def test_changed_verdicts_are_counted_against_the_assumed_reliability() -> None:
    county = make_county(16, n_schools=40)
    sweep = diagnosed(county).sweep
    counted = by_reliability(count_changes(sweep.verdicts))
    assert counted[0.85]["n_changed"] == 0
    low, assumed = (
        county.value_added("reliability_corrected", reliability=r).schools.set_index("school")
        for r in (0.70, 0.85)
    )
    changed = (low["verdict"] != assumed.loc[low.index, "verdict"]).sum()
    assert counted[0.70]["n_changed"] == changed > 0
    assert counted[0.70]["share"] == pytest.approx(changed / 40)


def test_the_least_reliability_is_the_squared_correlation() -> None:
    county = make_county(17)
    r = np.corrcoef(county.pupils["prior"], county.pupils["current"])[0, 1]
    assert diagnosed(county).sweep.least == pytest.approx(r**2)


def test_a_reliability_that_leaves_nothing_of_the_prior_has_no_figures() -> None:
    # Priors of schools far apart: inside the schools they vary less than 0.3 of all variance.
    pupils = make_county(18).pupils
    shift = pupils["school"].str[1:].astype(int) * 2000
    county = County(pupils.assign(prior=pupils["prior"] + shift))
    rows = diagnosed(county).sweep.rows
    assert set(rows["status"]) <= {"ok", "not_estimable", "no_difference_found"}
    missing = rows["status"] == "not_estimable"
    assert missing.any()
    assert rows.loc[missing, ["slope", "fairness_r", "sigma_u2"]].isna().all(axis=None)
    counted = count_changes(diagnosed(county).sweep.verdicts)
    assert counted.loc[counted["reliability"] == 0.70, "n_changed"].isna().all()


def test_where_no_difference_is_found_effects_are_unknown_and_the_rest_is_not() -> None:
    pupils = make_county(3, n_schools=20, effect=0.0, error=0.1).pupils
    pupils = pupils.iloc[np.argsort(pupils["current"] - pupils["prior"])].reset_index(drop=True)
    pupils["school"] = [f"S{k % 20:03d}" for k in range(len(pupils))]
    found = diagnosed(County(pupils))
    assert found.status == "no_difference_found"
    assert found.schools["standardised"].isna().all()
    assert compute_normality(found.schools).status == "no_difference_found"
    assert found.schools["hold"].sum() == pytest.approx(1)
    assert found.residuals is not None
    assert found.residuals.groups["mean"].notna().all()


def test_the_order_of_the_rows_changes_nothing() -> None:
    county = make_county(19)
    turned = County(county.pupils.iloc[::-1].reset_index(drop=True))
    one, other = diagnosed(county), diagnosed(turned)
    pd.testing.assert_frame_equal(one.schools, other.schools, rtol=1e-8)
    assert one.residuals is not None
    assert other.residuals is not None
    pd.testing.assert_frame_equal(one.residuals.groups, other.residuals.groups, rtol=1e-8)


def test_a_method_without_a_model_is_refused() -> None:
    with pytest.raises(SettingsError, match="3 of 6"):
        diagnosed(make_county(20), "z_change")
