"""Moments from a joint histogram equal those of the pupils, and add."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.value_added.joint_moments import moments_of_joint
from tests.core.value_added.make_county import make_county


def test_moments_of_the_cells_are_those_of_the_pupils() -> None:
    county = make_county(1)
    expected = county.moments.sort_values("school", ignore_index=True)
    found = moments_of_joint(county.joint)
    pd.testing.assert_frame_equal(found[expected.columns], expected, check_dtype=False)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 500))
def test_halves_of_the_cells_add_up(seed: int) -> None:
    joint = make_county(1, n_schools=3).joint
    half = joint.sample(frac=0.5, random_state=seed).index
    parts = [moments_of_joint(part) for part in (joint.loc[half], joint.drop(half))]
    added = pd.concat(parts).groupby(["subject", "school"]).sum().reset_index()
    pd.testing.assert_frame_equal(added, moments_of_joint(joint))
