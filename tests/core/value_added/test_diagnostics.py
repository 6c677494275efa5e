"""Diagnostics of value-added: from pupil rows, of planted faults, of assumed reliabilities."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from core.errors import SettingsError
from core.standardise import Population
from core.value_added import ReliabilitySpec, ValueAddedSpec
from core.value_added.diagnostics import (
    Diagnostics,
    PupilResiduals,
    ResidualFinding,
    compute_diagnostics,
    compute_normality,
    count_changes,
    flag_influence,
    judge_residuals,
)
from tests.core.value_added.make_county import County, make_county

Floats = NDArray[np.float64]
METHODS = ["random_intercept", "contextual", "reliability_corrected"]


def diagnosed(county: County, method: str = "random_intercept") -> Diagnostics:
    """Compute the diagnostics of a county."""
    return compute_diagnostics(
        county.moments,
        current=county.current,
        prior=("last term", county.prior),
        spec=ValueAddedSpec(method=method, scale="z"),  # type: ignore[arg-type]
        joint=county.joint,
    )


def residuals_of(county: County, method: str = "random_intercept") -> PupilResiduals:
    """Return the residuals, which are there where a joint histogram is."""
    found = diagnosed(county, method).residuals
    assert found is not None
    return found


def finding_of(county: County, method: str = "random_intercept") -> ResidualFinding:
    """Return what the groups of a county say of its line."""
    found = residuals_of(county, method)
    return judge_residuals(found.groups, shape=found.shape)


def drawn(
    seed: int, *, n_schools: int = 40, bend: float = 0.0, tail: float = 0.0, fan: float = 0.0
) -> County:
    """Draw a county whose truth is curved, heavy in the tails, or wider at the top."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(n_schools), 80)
    prior = rng.normal(size=school.size)
    noise = (
        rng.standard_t(4, size=school.size) / 2**0.5 if tail else rng.normal(size=school.size)
    )
    noise = noise * np.exp(fan * prior)
    added = 0.3 * rng.normal(size=n_schools)[school]
    current = 0.7 * prior + bend * (prior**2 - 1) + added + 0.6 * noise
    pupils = {"school": [f"S{j:03d}" for j in school]}
    for name, score in (("prior", prior), ("current", current)):
        pupils[name] = (100 * (80 + 12 * score)).round()  # type: ignore[assignment]
    return County(pd.DataFrame(pupils))


def z(points: pd.Series, population: Population) -> Floats:
    """Return hundredths of a point as population SDs."""
    found: Floats = (points.to_numpy(float) / 100 - population.mean) / population.sd
    return found


@pytest.mark.parametrize("method", ["random_intercept", "contextual"])
def test_residuals_are_those_of_the_pupils_rows(method: str) -> None:
    county = make_county(1)
    result = county.value_added(method)
    pupils = county.pupils
    x, y = z(pupils["prior"], county.prior), z(pupils["current"], county.current)
    beta = [effect.estimate for effect in result.fixed_effects]
    effect = result.schools.set_index("school")["estimate"][pupils["school"]].to_numpy()
    e = y - beta[0] - beta[1] * x - effect
    if method == "contextual":
        e = e - beta[2] * pd.Series(x).groupby(pupils["school"]).transform("mean").to_numpy()
    assert e.mean() == pytest.approx(0, abs=1e-9)
    assert (e @ x) / len(x) == pytest.approx(0, abs=1e-9)
    found = residuals_of(county, method)
    assert found.shape.sd == pytest.approx(e.std())
    assert found.shape.kurtosis == pytest.approx(float(pd.Series(e).kurt()), abs=0.02)
    first = pd.Series(e)[np.argsort(x, kind="stable")].to_numpy()
    groups = found.groups
    assert groups["n"].sum() == len(x)
    ends = np.cumsum(groups["n"])
    for (start, end), mean in zip(
        zip([0, *ends[:-1]], ends, strict=True), groups["mean"], strict=True
    ):
        assert mean == pytest.approx(first[start:end].mean())


def test_groups_are_twenty_or_so_many_that_each_has_fifty_pupils() -> None:
    assert len(residuals_of(drawn(2)).groups) == 20
    assert len(residuals_of(drawn(2, n_schools=3)).groups) == 4


@pytest.mark.parametrize("method", METHODS)
def test_a_straight_line_of_equal_spread_is_found_so(method: str) -> None:
    found = finding_of(drawn(3), method)
    assert (found.group, found.spread, found.is_ceiling) == (None, "equal", False)


@pytest.mark.parametrize("method", METHODS)
def test_a_curved_truth_shows_a_bend(method: str) -> None:
    county = drawn(4, bend=0.12)
    groups = residuals_of(county, method).groups
    assert finding_of(county, method).group in (1, 20)
    assert groups["mean"].iloc[0] > 0.1
    assert groups["mean"].iloc[9] < 0
    assert groups["mean"].iloc[-1] > 0.1


def test_a_fan_shows_in_the_spread() -> None:
    assert finding_of(drawn(5, fan=0.3)).spread == "wider"
    assert finding_of(drawn(5, fan=-0.3)).spread == "narrower"


def test_a_test_that_is_too_easy_shows_a_ceiling() -> None:
    pupils = drawn(6).pupils
    county = County(pupils.assign(current=pupils["current"].clip(upper=8800)))
    assert finding_of(county).is_ceiling


def test_heavy_tails_show_in_the_kurtosis() -> None:
    assert residuals_of(drawn(7)).shape.kurtosis == pytest.approx(0, abs=0.3)
    assert residuals_of(drawn(7, tail=1.0)).shape.kurtosis > 1


def test_an_error_in_the_prior_is_no_bend_and_no_slope() -> None:
    county = make_county(8, n_schools=60, error=6.0)
    share = ReliabilitySpec((0.8,))
    found = compute_diagnostics(
        county.moments,
        current=county.current,
        prior=("last term", county.prior),
        spec=ValueAddedSpec("reliability_corrected", "z", reliability=share),
        joint=county.joint,
    ).residuals
    assert found is not None
    groups = found.groups
    slope = np.polyfit(groups["prior"], groups["mean"], 1)[0]
    assert slope == pytest.approx(0, abs=0.02)
    assert judge_residuals(groups, shape=found.shape).group is None


def test_groups_without_figures_take_no_part_in_the_finding() -> None:
    found = residuals_of(drawn(9, bend=0.12))
    inner = found.groups.assign(mean=found.groups["mean"].mask(found.groups["group"] != 10))
    finding = judge_residuals(inner, shape=found.shape)
    assert (finding.ratio, finding.spread) == (None, "equal")
    none = judge_residuals(inner.iloc[:0], shape=found.shape)
    assert none == ResidualFinding(None, None, "equal", is_ceiling=False)


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
    assert flagged.loc[flagged["cook"].idxmax(), "school"] == "S003"
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
    rows = diagnosed(county).sweep.rows.set_index("reliability")
    assert rows.index.tolist() == [0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1.00]
    one = county.value_added("reliability_corrected", reliability=0.8)
    assert rows.loc[0.8, "slope"] == one.fixed_effects[1].estimate
    assert rows.loc[0.8, "slope_se"] == one.fixed_effects[1].se
    assert (rows.loc[0.8, "fairness_r"], rows.loc[0.8, "sigma_u2"]) == (
        one.fairness_r,
        one.sigma_u2,
    )
    plain = county.value_added("random_intercept")
    assert rows.loc[1.0, "slope"] == pytest.approx(plain.fixed_effects[1].estimate)
    assert rows["slope"].is_monotonic_decreasing


def test_changed_verdicts_are_counted_against_the_assumed_reliability() -> None:
    county = make_county(16, n_schools=40)
    sweep = diagnosed(county).sweep
    counted = count_changes(sweep.verdicts).set_index("reliability")
    assert counted.loc[0.85, "n_changed"] == 0
    low, assumed = (
        county.value_added("reliability_corrected", reliability=r).schools.set_index("school")
        for r in (0.70, 0.85)
    )
    changed = (low["verdict"] != assumed.loc[low.index, "verdict"]).sum()
    assert counted.loc[0.70, "n_changed"] == changed > 0
    assert counted.loc[0.70, "share"] == pytest.approx(changed / 40)


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


def test_without_a_joint_histogram_there_are_no_residuals() -> None:
    county = make_county(21)
    spec = ValueAddedSpec("random_intercept", "z")
    found = compute_diagnostics(
        county.moments, current=county.current, prior=("last term", county.prior), spec=spec
    )
    assert found.residuals is None
    raw = compute_diagnostics(
        county.moments,
        current=county.current,
        prior=("last term", county.prior),
        spec=replace(spec, scale="raw"),
        joint=county.joint,
    )
    in_z = residuals_of(county)
    assert raw.residuals is not None
    assert raw.residuals.shape.sd == pytest.approx(in_z.shape.sd * county.current.sd)
    assert raw.residuals.shape.skewness == pytest.approx(in_z.shape.skewness)
