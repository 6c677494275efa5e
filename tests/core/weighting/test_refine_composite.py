"""Composites step by step: each step knows more draws, the last one is the whole."""

import numpy as np
import pandas as pd
import pytest

from core.numerics.rank import bottom_count, competition_rank
from core.weighting.composite import compute_composite, refine_composite
from core.weighting.prepare import compared_groups
from core.weighting.sensitivity import Perturbation, perturb_weights
from tests.core.weighting.make_schemes import leaves_of, one_group, scheme_of, wide_of


def test_each_step_knows_more_draws_and_the_last_is_the_whole() -> None:
    rng = np.random.default_rng(5)
    wide = wide_of(rng.normal(size=(30, 3)).round(1))
    scheme, groups = scheme_of(*leaves_of([0.5, 0.3, 0.2])), one_group(wide)
    asked = Perturbation(n_draws=4500)
    steps = list(
        refine_composite(
            wide, scheme=scheme, groups=groups, perturbation=asked, rng=np.random.default_rng(1)
        )
    )
    assert len(steps) == 3
    first, whole = (
        compute_composite(
            wide, scheme=scheme, groups=groups, perturbation=p, rng=np.random.default_rng(1)
        )
        for p in (Perturbation(n_draws=2000), asked)
    )
    pd.testing.assert_frame_equal(steps[0].units, first.units)
    pd.testing.assert_frame_equal(steps[-1].units, whole.units)
    draws = perturb_weights(
        scheme.weights, spread=asked.spread, n_draws=4500, rng=np.random.default_rng(1)
    )
    (group,) = compared_groups(wide, scheme=scheme, groups=groups)
    rank = np.array([competition_rank(row) for row in draws @ group.terms.value.T])
    share = (rank > 30 - bottom_count(30)).mean(axis=0)
    assert whole.units["p_bottom20"].to_numpy() == pytest.approx(share)
