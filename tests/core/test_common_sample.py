"""The common sample: who is matched, joined and left, and whether they are like everybody."""

import numpy as np
import pandas as pd
import pytest

from core.common_sample import common_sample_of, prior_mean_of
from core.standardise import Population
from tests.core.make_moments import make_moments

PRIOR = Population(mean=60.0, sd=10.0)


def test_matched_joined_and_left_are_counted_over_all_schools() -> None:
    pupils = pd.DataFrame(
        [
            ("A", 7000, 8000),
            ("A", 5000, 6000),
            ("A", np.nan, 6500),  # joined
            ("B", 6000, 7000),
            ("B", 9000, np.nan),  # left
            ("C", np.nan, 7500),  # joined a school that nobody comes to from the baseline
        ],
        columns=["school", "prior", "current"],
    )
    moments = make_moments(pupils["school"], current=pupils["current"], prior=pupils["prior"])
    sample = common_sample_of(moments, prior=PRIOR)
    assert (sample.matched, sample.joined, sample.left) == (3, 2, 1)
    assert sample.coverage == pytest.approx(3 / 5)
    assert sample.prior_mean_matched == pytest.approx(0.0)
    assert sample.prior_mean_all == pytest.approx(0.75)


def test_means_without_pupils_are_undefined() -> None:
    mean = prior_mean_of(pd.Series([12000, 0]), n=pd.Series([2, 0]), prior=PRIOR)
    assert mean[0] == 0
    assert np.isnan(mean[1])


def test_an_empty_sample_has_no_coverage() -> None:
    nobody = pd.DataFrame({"n": [0], "n_sat": [0], "n_prior": [0], "x1": [0], "x1_all": [0]})
    assert np.isnan(common_sample_of(nobody, prior=PRIOR).coverage)
