"""What docs/methods claim of intervals and intakes, held against simulated counties.

The slow study draws 200 counties of 60 schools; a quick one looks at three of them loosely.
"""

from functools import cache

import pytest

from bench.calibration.value_added import POOLED_OLS, Calibration, study_value_added

N_COUNTIES = 200  # the pooled coverage is then known to within 0.6 percentage points


@cache
def full_study(term: int) -> Calibration:
    return study_value_added(n_counties=N_COUNTIES, reliability=0.8, term=term)


def figure(study: Calibration, method: str, name: str) -> float:
    return float(study.methods.set_index("method")[name][method])


def test_a_small_study_has_a_row_for_every_method() -> None:
    study = study_value_added(
        n_counties=3, reliability=0.8, term=2, methods=("contextual", "reliability_corrected")
    )
    methods = study.methods["method"].tolist()
    assert methods == [POOLED_OLS, "contextual", "reliability_corrected"]
    assert (study.n_counties, study.n_schools) == (3, 180)
    for method in methods[1:]:
        assert figure(study, method, "coverage") > 0.85
        assert figure(study, method, "r_truth") > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("method", ["contextual", "reliability_corrected"])
@pytest.mark.parametrize("term", [2, 6])
def test_intervals_hold_the_truth_in_ninety_five_per_cent(method: str, term: int) -> None:
    assert 0.93 <= figure(full_study(term), method, "coverage") <= 0.97


@pytest.mark.slow
def test_an_unreliable_prior_favours_strong_intakes_unless_it_is_taken_into_account() -> None:
    study = full_study(2)
    assert figure(study, POOLED_OLS, "fairness_r") == pytest.approx(0.4, abs=0.05)
    assert figure(study, "random_intercept", "fairness_r") > 0.3
    assert figure(study, "prior_group", "fairness_r") > 0.3
    for method in ("contextual", "reliability_corrected"):
        assert abs(figure(study, method, "fairness_r")) < 0.1


@pytest.mark.slow
def test_intervals_that_leave_the_intake_out_of_account_miss_the_truth() -> None:
    study = full_study(2)
    for method in ("random_intercept", "prior_group"):
        assert figure(study, method, "coverage") < 0.9


@pytest.mark.slow
def test_taking_out_the_error_comes_nearest_to_the_truth() -> None:
    study = full_study(2)
    nearest = figure(study, "reliability_corrected", "rmse")
    assert nearest < figure(study, "contextual", "rmse")
    assert nearest < figure(study, "random_intercept", "rmse")
