"""reliability_corrected: at reliability 1, what it assumed, several priors, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEstimableError, SettingsError
from core.value_added import ReliabilitySpec, ValueAddedSpec, compute_value_added
from tests.core.make_moments import make_moments
from tests.core.value_added.make_county import FIGURES, by_school, make_county, population


def test_a_perfect_prior_gives_the_random_intercept_model() -> None:
    county = make_county(1)
    plain = county.value_added("random_intercept")
    corrected = county.value_added("reliability_corrected", reliability=1.0)
    one, other = (by_school(result)[FIGURES].to_numpy() for result in (plain, corrected))
    assert other == pytest.approx(one, rel=1e-8, abs=1e-10)
    assert corrected.sigma_u2 == pytest.approx(plain.sigma_u2, rel=1e-8)
    assert corrected.neg2_log_reml == pytest.approx(plain.neg2_log_reml, rel=1e-10)


def test_points_are_standard_scores_times_the_population_sd() -> None:
    county = make_county(2)
    z, raw = (
        by_school(county.value_added("reliability_corrected", scale=scale))["estimate"]
        for scale in ("z", "raw")
    )
    assert raw.to_numpy() == pytest.approx(county.current.sd * z.to_numpy(), rel=1e-6)


def test_a_reliability_that_nobody_gave_is_recorded_as_assumed() -> None:
    county = make_county(3)
    (assumed,) = county.value_added("reliability_corrected").reliabilities
    assert (assumed.name, assumed.value, assumed.is_assumed) == ("last term", 0.85, True)
    (given_,) = county.value_added("reliability_corrected", reliability=0.9).reliabilities
    assert (given_.value, given_.is_assumed) == (0.9, False)
    assert county.value_added("random_intercept").reliabilities == ()


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 500))
def test_a_less_reliable_prior_gets_a_steeper_slope(seed: int) -> None:
    county = make_county(seed, n_schools=6)
    slopes = [
        county.value_added("reliability_corrected", reliability=value).fixed_effects[1].estimate
        for value in (0.8, 0.9, 1.0)
    ]
    assert slopes == sorted(slopes, reverse=True)


def test_two_priors_have_a_reliability_each() -> None:
    pupils = make_county(4).pupils
    rng = np.random.default_rng(4)
    pupils["second"] = (pupils["prior"] + 100 * rng.normal(0, 9, len(pupils))).round()
    names = ["prior", "second"]
    moments = make_moments(
        pupils["school"], current=pupils["current"], **{name: pupils[name] for name in names}
    )

    def slopes(*values: float) -> list[float]:
        spec = ValueAddedSpec("reliability_corrected", "z", reliability=ReliabilitySpec(values))
        result = compute_value_added(
            moments,
            current=population(pupils["current"]),
            priors=tuple((name, population(pupils[name])) for name in names),
            spec=spec,
        )
        assert [r.name for r in result.reliabilities] == names
        return [effect.estimate for effect in result.fixed_effects[1:]]

    both_perfect, first_poor = slopes(1.0, 1.0), slopes(0.9, 1.0)
    # The second is the first with noise: who tells more is trusted more when freed of error.
    assert first_poor[0] > both_perfect[0]
    assert first_poor[1] < both_perfect[1]
    with pytest.raises(SettingsError, match="given: 1; prior scores: 2"):
        slopes(0.9)


def test_errors_as_large_as_the_spread_are_refused_with_the_numbers() -> None:
    with pytest.raises(NotEstimableError, match=r"error variance 0\.9\d+ of .* above 0"):
        make_county(5).value_added("reliability_corrected", reliability=0.02)


@pytest.mark.parametrize("value", [0.0, 1.2, -0.5])
def test_what_is_no_reliability_is_refused(value: float) -> None:
    with pytest.raises(SettingsError, match=f"are 0.9, {value:g}"):
        ReliabilitySpec((0.9, value))
