"""The design of a sample pupil by pupil, and samples drawn again and again."""

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError
from core.sampling.design import sample_design_of
from core.sampling.jackknife import estimate_mean
from core.sampling.plan import draw_pupils, draw_sample
from core.sampling.weights import compute_weights
from tests.core.sampling.made_county import made_frame, made_spec


def made_weights() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "stratum": pd.Series(["a"] * 3, dtype="str"),
            "school": pd.Series(["A", "B", "C"], dtype="str"),
            "n_responded": [2, 1, 2],
            "weight": [4.0, 6.0, 9.0],
            "variance_stratum": pd.Series(["a", "a", "school C"], dtype="str"),
            "is_certain": [False, False, True],
            "fpc": [0.5, 0.5, 0.1],
        }
    )


def test_pupils_of_a_certain_school_are_units_of_their_own() -> None:
    school = pd.Series(["C", "A", "B", "A", "C"])
    design = sample_design_of(school, weights=made_weights(), finite_population=True)
    assert design.weight.tolist() == [9, 4, 6, 4, 9]
    assert design.unit.tolist() == [2, 0, 1, 0, 3]
    assert design.stratum.tolist() == [0, 0, 1, 1]
    assert design.sampled_share.tolist() == [0.5, 0.1]


def test_without_finite_population_no_share_is_taken_off() -> None:
    school = pd.Series(["C", "A", "B", "A", "C"])
    design = sample_design_of(school, weights=made_weights(), finite_population=False)
    assert design.sampled_share.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("school", "found"),
    [
        (["A", "A", "B", "C", "C", "Z"], "without a weight 1, .* made for 0"),
        (["A", "A", "B", "C"], "without a weight 0, .* made for 1"),
    ],
)
def test_other_pupils_than_those_weighted_are_refused(school: list[str], found: str) -> None:
    with pytest.raises(DataError, match=found):
        sample_design_of(pd.Series(school), weights=made_weights(), finite_population=False)


@pytest.mark.slow
def test_intervals_of_drawn_samples_cover_the_county_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(11)
    frame, covered, errors = made_frame(160, seed=2), [], []
    n_pupils = frame["n_pupils"].to_numpy()
    ends = np.cumsum(n_pupils)[:-1]
    spec = made_spec(n_schools=14, pupils_per_school=20, stratum_columns=("locale",))
    for _ in range(500):
        # A new county each time: equal steps suit the order of any one county more or less.
        level = 60 + 8 * rng.normal(size=160) + 6 * (frame["locale"] == "town").to_numpy()
        everybody = np.repeat(level, n_pupils) + 12 * rng.normal(size=n_pupils.sum())
        scores = dict(zip(frame["school"], np.split(everybody, ends), strict=True))
        plan = draw_sample(frame, spec=spec, rng=rng).schools
        drawn = plan[plan["is_drawn"]].set_index("school")["n_drawn"]
        weights = compute_weights(plan, n_responded=drawn).schools
        values = [
            scores[school][draw_pupils(scores[school].size, n_drawn=n, rng=rng)]
            for school, n in drawn.items()
        ]
        school = pd.Series(np.repeat(drawn.index, drawn))
        design = sample_design_of(school, weights=weights, finite_population=False)
        fit = estimate_mean(np.concatenate(values), design=design)
        covered.append(fit.low < everybody.mean() < fit.high)
        errors.append(fit.estimate - everybody.mean())
    assert np.mean(errors) == pytest.approx(0, abs=4 * np.std(errors) / np.sqrt(500))
    # One school in eleven is drawn, without correction: a little above the nominal level.
    assert np.mean(covered) == pytest.approx(0.955, abs=0.025)
