"""Value-added: scales, methods, thin schools, no difference, refusals, recovery.

The comparison with lme4 is in tests/reference.
"""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from core.errors import NotEstimableError, SettingsError
from core.standardise import Population, population_of
from core.tables import MOMENTS, SCHOOL_EFFECTS
from core.value_added import ValueAdded, ValueAddedSpec, compute_value_added
from core.verdict import judge_index
from tests.core.make_moments import make_histogram, make_moments

DEFAULT = ValueAddedSpec(method="random_intercept", scale="z")
FIGURES = ["estimate", "se_conditional", "se_prediction", "low", "high", "index"]


def pupils_of(seed: int, *, between: float = 4.0, n_schools: int = 15) -> pd.DataFrame:
    """Return school, prior and current scores (hundredths), intake and effect differing."""
    rng = np.random.default_rng(seed)
    number = np.repeat(np.arange(n_schools), rng.integers(20, 60, size=n_schools))
    ability = rng.normal(size=number.size) + 0.5 * rng.normal(size=n_schools)[number]
    effect = between * rng.normal(size=n_schools)
    prior = 70 + 12 * ability + 5 * rng.normal(size=number.size)
    current = 80 + 15 * ability + effect[number] + 8 * rng.normal(size=number.size)
    return pd.DataFrame(
        {
            "school": [f"S{j:03d}" for j in number],
            "prior": (prior * 100).round(),
            "current": (current * 100).round(),
        }
    )


def population(score: pd.Series) -> Population:
    return population_of(make_histogram(score.dropna().astype("int64")))["math"]


def value_added_of(pupils: pd.DataFrame, spec: ValueAddedSpec = DEFAULT) -> ValueAdded:
    moments = make_moments(pupils["school"], current=pupils["current"], prior=pupils["prior"])
    return compute_value_added(
        MOMENTS.require(moments),
        current=population(pupils["current"]),
        priors=(("last term", population(pupils["prior"])),),
        spec=spec,
    )


def by_school(result: ValueAdded) -> pd.DataFrame:
    return result.schools.set_index("school").sort_index()


def test_points_are_standard_scores_times_the_population_sd() -> None:
    pupils = pupils_of(1)
    z, raw = value_added_of(pupils), value_added_of(pupils, replace(DEFAULT, scale="raw"))
    sd = population(pupils["current"]).sd
    for name in ["estimate", "se_conditional", "se_prediction", "low", "high"]:
        scaled = sd * by_school(z)[name].to_numpy()
        assert by_school(raw)[name].to_numpy() == pytest.approx(scaled, rel=1e-6)
    assert by_school(raw)["verdict"].equals(by_school(z)["verdict"])
    assert raw.sigma_u2 == pytest.approx(sd**2 * z.sigma_u2, rel=1e-8)
    assert raw.icc == pytest.approx(z.icc, rel=1e-8)


def test_the_table_is_sorted_and_its_columns_agree_with_each_other() -> None:
    result = value_added_of(pupils_of(2))
    schools = SCHOOL_EFFECTS.require(result.schools)
    assert schools["estimate"].is_monotonic_decreasing
    index = (schools["estimate"] / schools["se_prediction"]).to_numpy()
    assert schools["index"].to_numpy() == pytest.approx(index)
    assert schools["verdict"].tolist() == judge_index(index).tolist()
    half = student.ppf(0.975, df=len(schools) - 1) * schools["se_prediction"]
    assert (schools["high"] - schools["estimate"]).to_numpy() == pytest.approx(half.to_numpy())
    assert (schools["estimate"] - schools["low"]).to_numpy() == pytest.approx(half.to_numpy())
    assert result.status == "ok"


def test_the_gauge_is_the_correlation_with_the_mean_prior() -> None:
    pupils = pupils_of(3)
    result = value_added_of(pupils)
    schools, prior = by_school(result), population(pupils["prior"])
    mean = (pupils.groupby("school")["prior"].mean() / 100 - prior.mean) / prior.sd
    assert schools["prior_mean"].to_numpy() == pytest.approx(mean.to_numpy())
    assert result.fairness_r == pytest.approx(np.corrcoef(schools["estimate"], mean)[0, 1])


def test_contextual_adds_the_mean_prior_and_takes_the_link_to_intake_out() -> None:
    pupils = pupils_of(4, n_schools=60)
    plain = value_added_of(pupils)
    contextual = value_added_of(pupils, replace(DEFAULT, method="contextual"))
    names = [effect.name for effect in contextual.fixed_effects]
    assert names == ["(Intercept)", "last term", "mean_prior"]
    assert [effect.name for effect in plain.fixed_effects] == names[:2]
    # An unreliable prior leaves part of the intake in the plain estimates.
    assert plain.fairness_r is not None
    assert contextual.fairness_r is not None
    assert plain.fairness_r > 0.15
    assert abs(contextual.fairness_r) < 0.05


def test_two_priors_equal_the_model_on_pupil_rows() -> None:
    pupils = pupils_of(5)
    rng = np.random.default_rng(5)
    pupils["second"] = (pupils["prior"] + 100 * rng.normal(0, 6, len(pupils))).round()
    names = ["prior", "second"]
    moments = make_moments(
        pupils["school"], current=pupils["current"], **{name: pupils[name] for name in names}
    )
    result = compute_value_added(
        moments,
        current=population(pupils["current"]),
        priors=tuple((name, population(pupils[name])) for name in names),
        spec=DEFAULT,
    )
    z = pupils[["current", *names]].apply(
        lambda score: (score - score.mean()) / score.std(ddof=0)
    )
    schools = pd.get_dummies(pupils["school"], dtype=float).to_numpy()
    ratio = result.sigma_u2 / result.sigma_e2
    inverse = np.linalg.inv(np.eye(len(z)) + ratio * schools @ schools.T)
    x = np.column_stack([np.ones(len(z)), z[names]])
    beta = np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ z["current"])
    assert [effect.name for effect in result.fixed_effects] == ["(Intercept)", *names]
    estimates = [effect.estimate for effect in result.fixed_effects]
    assert estimates == pytest.approx(beta, abs=1e-10)


def test_a_school_without_matched_pupils_keeps_a_row_and_stops_no_other() -> None:
    pupils = pupils_of(6)
    alone = value_added_of(pupils)
    newcomers = pd.DataFrame({"school": "S999", "prior": np.nan, "current": [8000.0, 9000.0]})
    gone = pd.DataFrame({"school": "S998", "prior": [7000.0], "current": np.nan})
    both = pd.concat([pupils, newcomers, gone])
    moments = make_moments(both["school"], current=both["current"], prior=both["prior"])
    result = compute_value_added(
        moments,
        current=population(pupils["current"]),
        priors=(("last term", population(pupils["prior"])),),
        spec=DEFAULT,
    )
    empty = result.schools.tail(2).set_index("school")
    assert sorted(empty.index) == ["S998", "S999"]
    assert (empty["status"] == "not_estimable").all()
    nulls = [*FIGURES, "verdict", "prior_mean", "reliability"]
    assert empty[nulls].isna().all(axis=None)
    counts = empty[["n", "n_sat", "n_prior"]]
    assert counts.sort_index().to_numpy().tolist() == [[0, 0, 1], [0, 2, 0]]
    assert empty["coverage"]["S999"] == 0
    assert np.isnan(empty["coverage"]["S998"])
    rest = by_school(result).drop(index=["S998", "S999"])
    pd.testing.assert_frame_equal(rest[FIGURES], by_school(alone)[FIGURES])
    assert result.n_schools == 15
    assert (result.common_sample.joined, result.common_sample.left) == (2, 1)


def test_low_coverage_is_marked_and_its_figures_stay() -> None:
    pupils = pupils_of(7)
    first = pupils.index[pupils["school"] == "S000"]
    pupils.loc[first[: len(first) // 2], "prior"] = np.nan
    schools = by_school(value_added_of(pupils))
    assert schools["coverage"]["S000"] < 0.7
    assert schools.loc["S000", "status"] == "low_coverage"
    assert schools.loc["S000", FIGURES].notna().all()
    assert (schools["status"].drop("S000") == "ok").all()
    lenient = value_added_of(pupils, replace(DEFAULT, min_coverage=0.4))
    assert (lenient.schools["status"] == "ok").all()


def test_no_difference_is_said_and_not_shown_as_certainty() -> None:
    pupils = pupils_of(8)
    # Dealt out like cards by what the prior leaves open, groups differ by less than chance.
    pupils = pupils.iloc[np.argsort(pupils["current"] - pupils["prior"])].reset_index(drop=True)
    pupils["school"] = [f"G{k % 12:02d}" for k in range(len(pupils))]
    result = value_added_of(pupils)
    assert result.status == "no_difference_found"
    assert result.sigma_u2 == result.icc == 0
    assert result.fairness_r is None
    schools = result.schools
    assert (schools["verdict"] == "no_difference_found").all()
    assert (schools["status"] == "ok").all()
    assert (schools[["estimate", "se_conditional", "se_prediction"]] == 0).all(axis=None)
    assert schools[["index", "low", "high"]].isna().all(axis=None)
    assert schools["school"].tolist() == sorted(schools["school"])


def test_too_few_pupils_are_refused_with_the_numbers() -> None:
    pupils = pd.DataFrame(
        {"school": ["A", "A"], "prior": [6000, 7000], "current": [7000, 7100]}
    )
    with pytest.raises(NotEstimableError, match="schools 1, pupils 2"):
        value_added_of(pupils)


def test_nobody_matched_is_refused() -> None:
    pupils = pd.DataFrame(
        {
            "school": ["A"] * 4,
            "prior": [60, 70, np.nan, np.nan],
            "current": [np.nan, np.nan, 5, 6],
        }
    )
    with pytest.raises(NotEstimableError, match="schools 0, pupils 0"):
        value_added_of(pupils)


def test_a_score_without_spread_is_refused() -> None:
    pupils = pupils_of(9).assign(prior=5000)
    with pytest.raises(NotEstimableError, match=r"no spread over the whole grade \(SDs 0, "):
        value_added_of(pupils)


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(SettingsError, match="coverage 70"):
        ValueAddedSpec(method="contextual", scale="raw", min_coverage=70)


@settings(max_examples=25, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500), stretch=st.integers(2, 5), shift=st.integers(-3000, 3000))
def test_standard_effects_do_not_depend_on_the_scale_of_the_marks(
    seed: int, stretch: int, shift: int
) -> None:
    pupils = pupils_of(seed)
    changed = pupils.assign(
        current=shift + stretch * pupils["current"], prior=stretch * pupils["prior"] - shift
    )
    one, other = by_school(value_added_of(pupils)), by_school(value_added_of(changed))
    assert other[FIGURES].to_numpy() == pytest.approx(
        one[FIGURES].to_numpy(), rel=1e-5, abs=1e-7, nan_ok=True
    )


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 500))
def test_the_order_of_schools_changes_nothing(seed: int) -> None:
    pupils = pupils_of(seed)
    moments = make_moments(pupils["school"], current=pupils["current"], prior=pupils["prior"])
    compute = partial(
        compute_value_added,
        current=population(pupils["current"]),
        priors=(("last term", population(pupils["prior"])),),
        spec=DEFAULT,
    )
    shuffled = compute(moments.sample(frac=1, random_state=seed))
    pd.testing.assert_frame_equal(compute(moments).schools, shuffled.schools)


@pytest.mark.slow
def test_an_unreliable_prior_favours_strong_intakes_and_contextual_does_not() -> None:
    contextual = replace(DEFAULT, method="contextual")
    counties = [pupils_of(seed, between=2.0, n_schools=60) for seed in range(60)]
    plain_r = [value_added_of(pupils).fairness_r or 0 for pupils in counties]
    contextual_r = [value_added_of(pupils, contextual).fairness_r or 0 for pupils in counties]
    assert np.mean(plain_r) > 0.2
    assert abs(np.mean(contextual_r)) < 0.02
