"""The composite: closed form of one indicator, its draws, what is left out."""

import numpy as np
import pytest

from core.errors import NotEstimableError
from core.weak_schools.composite import Composite, compose
from core.weak_schools.evidence import Evidence
from core.weak_schools.spec import WeakIndicator, WeakSchoolSpec

ONE = WeakSchoolSpec(exams=("E",), indicators=(WeakIndicator("z", 1.0),))
TWO = WeakSchoolSpec(
    exams=("E",),
    indicators=(
        WeakIndicator("z", 0.6),
        WeakIndicator("low_rate", 0.4, higher_is_better=False),
    ),
)
GROUP = np.repeat([0, 1], 6)


def _evidence(estimate: np.ndarray, variance: float = 0.01) -> Evidence:
    n_schools, n_indicators = estimate.shape
    error = np.broadcast_to(variance * np.eye(n_indicators), (n_schools, *[n_indicators] * 2))
    return Evidence(estimate, error=error, is_suppressed=np.zeros(n_schools, dtype=bool))


def _drawn(n_indicators: int, seed: int = 3) -> np.ndarray:
    x = np.random.default_rng(seed).normal(0, 0.4, (12, n_indicators))
    return np.asarray(x - np.repeat([x[:6].mean(axis=0), x[6:].mean(axis=0)], 6, axis=0))


def test_one_indicator_is_shrunk_and_counted_in_true_sds() -> None:
    x = _drawn(1)
    found = compose(_evidence(x), group=GROUP, spec=ONE)
    tau2 = found.true_sd.item() ** 2
    # With equal errors the restricted likelihood has a closed form: variance less error.
    assert tau2 == pytest.approx((x**2).sum() / 10 - 0.01, rel=1e-3)
    reliability = tau2 / (tau2 + 0.01)
    assert found.value == pytest.approx(x[:, 0] * reliability / np.sqrt(tau2))
    assert found.reliability.item() == pytest.approx(reliability)
    within = (1 - reliability) * tau2
    of_mean = reliability**2 * (tau2 + 0.01) / 6
    assert found.sd == pytest.approx(np.full(12, np.sqrt((within + of_mean) / tau2)))


def test_a_low_rate_counts_against_a_school() -> None:
    x = _drawn(2)
    found = compose(_evidence(x), group=GROUP, spec=TWO)
    worse = x.copy()
    worse[0, 1] += 0.3
    other = compose(_evidence(worse), group=GROUP, spec=TWO)
    assert other.value[0] < found.value[0]
    assert np.sign(found.load).tolist() == [1, -1]
    assert np.abs(found.load) @ found.true_sd == pytest.approx(1)


def test_draws_have_the_mean_and_spread_of_the_composite() -> None:
    found = compose(_evidence(_drawn(2), variance=0.05), group=GROUP, spec=TWO)
    members = np.arange(6, 12)
    blocks = list(found.draws(members, group=1, n_draws=40_000, rng=np.random.default_rng(1)))
    draws = np.concatenate(blocks)
    assert draws.shape == (40_000, 6)
    assert draws.mean(axis=0) == pytest.approx(found.value[members], abs=0.02)
    assert draws.std(axis=0) == pytest.approx(found.sd[members], rel=0.03)
    together = np.cov(draws, rowvar=False)
    assert np.asarray(together)[0, 1] > 0  # the group's mean is shared


def test_an_indicator_that_tells_chance_only_loses_its_weight_to_the_others() -> None:
    x = _drawn(2)
    x[:, 1] *= 0.01
    found = compose(_evidence(x), group=GROUP, spec=TWO)
    assert found.load[1] == 0
    assert found.load[0] * found.true_sd[0] == pytest.approx(1)


def test_an_indicator_that_is_the_same_everywhere_is_not_looked_at() -> None:
    x = _drawn(2)
    x[:, 1] = 0.0
    found = compose(_evidence(x), group=GROUP, spec=TWO)
    assert found.looked_at.tolist() == [0]


def test_a_school_without_half_of_the_weight_has_no_composite() -> None:
    x = _drawn(2)
    x[0, 0], x[1, 1] = np.nan, np.nan
    found = compose(_evidence(x), group=GROUP, spec=TWO)
    assert np.isnan(found.value).tolist() == [True] + [False] * 11


def test_a_school_that_lacks_an_indicator_is_known_less_well() -> None:
    x = _drawn(2)
    x[1, 1] = np.nan
    found = compose(_evidence(x), group=GROUP, spec=TWO)
    assert found.sd[1] > found.sd[2]


def _raises(x: np.ndarray) -> Composite:
    return compose(_evidence(x), group=GROUP, spec=TWO)


def test_schools_that_differ_by_chance_only_are_refused_with_their_number() -> None:
    with pytest.raises(NotEstimableError, match="figures: 12, indicators: 2"):
        _raises(0.01 * _drawn(2))


def test_schools_without_any_figure_are_refused() -> None:
    with pytest.raises(NotEstimableError, match="figures: 0, indicators: 2"):
        _raises(np.full((12, 2), np.nan))
