"""Residuals along the prior: from pupil rows, of planted bends, fans, ceilings and tails."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from core.standardise import Population
from core.value_added import ReliabilitySpec, ValueAddedSpec
from core.value_added.diagnostics import ResidualFinding, compute_diagnostics, judge_residuals
from tests.core.value_added.make_county import County, make_county
from tests.core.value_added.make_diagnostics import METHODS, drawn, finding_of, residuals_of

Floats = NDArray[np.float64]


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
    assert found.shape.kurtosis == pytest.approx(pd.Series(e).kurt(), abs=0.02)
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
