"""What the judgements promise, on counties of known truth; the claims are slow to check."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from bench.calibration.judgement import (
    CORRELATION,
    ScreeningStudy,
    calibration_bins,
    study_screening,
    study_subject_gaps,
)
from bench.calibration.judgement_cohorts import draw_cohort_counties
from bench.calibration.judgement_counties import draw_gapped_county, draw_screened_county

N_COUNTIES = 200


@cache
def _school_level(n_counties: int) -> ScreeningStudy:
    rng = np.random.default_rng(11)
    return study_screening((draw_screened_county(rng) for _ in range(n_counties)), seed=12)


def test_bins_count_what_came_true() -> None:
    found = calibration_bins(
        pd.Series([0.05, 0.02, 0.95, 1.0]), truth=pd.Series([False, True, True, True])
    )
    assert found[["low", "n", "observed"]].to_numpy().tolist() == [[0, 2, 0.5], [0.9, 2, 1.0]]
    assert found["mean_p"].tolist() == pytest.approx([0.035, 0.975])


def test_true_gaps_leave_all_other_cells_exactly_without_one() -> None:
    county = draw_gapped_county(np.random.default_rng(1), correlation=0.6, n_quads=10)
    n = county.rows["n_pupils"].to_numpy().reshape(county.gap.shape)
    assert np.count_nonzero(county.gap) == 40
    assert county.gap.sum(axis=1) == pytest.approx(np.zeros(60))
    for group in county.groups.unique():
        inside = (county.groups == group).to_numpy()
        assert (n * county.gap)[inside].sum(axis=0) == pytest.approx(np.zeros(9), abs=1e-9)


def test_one_county_gives_probabilities_that_add_up_to_the_places() -> None:
    study = _school_level(1)
    total = (study.bins["n"] * study.bins["mean_p"]).sum()
    assert total == pytest.approx(study.flags["n_candidates"].sum())


@pytest.mark.slow
def test_schools_are_in_the_bottom_as_often_as_is_said() -> None:
    study = _school_level(N_COUNTIES)
    # The thinnest bins hold some 200 schools: the observed share is known to about 0.03.
    assert (study.bins["observed"] - study.bins["mean_p"]).abs().max() < 0.07
    thick = study.bins["n"] > 600
    assert (study.bins["observed"] - study.bins["mean_p"])[thick].abs().max() < 0.03
    assert study.rank_coverage >= 0.9


@pytest.mark.slow
def test_as_many_flags_are_wrong_as_is_expected() -> None:
    flags = _school_level(N_COUNTIES).flags
    assert abs((flags["expected"] - flags["actual"]).mean()) < 0.3


@pytest.mark.slow
def test_on_whole_exams_the_wrong_flags_are_within_one_school_on_average() -> None:
    study = study_screening(draw_cohort_counties(12, seed=13), seed=14)
    assert abs((study.flags["expected"] - study.flags["actual"]).mean()) < 1
    assert study.rank_coverage >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize("n_quads", [0, 10, 27])
def test_at_most_one_flag_in_twenty_of_the_subject_gaps_is_false(n_quads: int) -> None:
    study = study_subject_gaps(N_COUNTIES, seed=15, n_quads=n_quads)
    assert study.false_discovery_rate <= 0.05 + 2 * study.rate_se
    if n_quads:
        assert study.power > 0.7
        assert study.coverage > 0.92


@pytest.mark.slow
def test_too_small_a_correlation_of_subjects_errs_on_the_careful_side() -> None:
    told = study_subject_gaps(50, seed=15, n_quads=27)
    careful = study_subject_gaps(50, seed=15, n_quads=27, assumed=CORRELATION - 0.15)
    assert careful.false_discovery_rate < told.false_discovery_rate
    assert careful.power < told.power
