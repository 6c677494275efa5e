"""Shrunken effects: mixed models as they are, others drawn in, none found."""

from dataclasses import replace

import pandas as pd
import pytest

from core.numerics.shrinkage import shrink
from core.value_added import shrunken_effects
from tests.core.value_added.make_county import make_county


def test_a_mixed_model_is_shrunken_already() -> None:
    result = make_county(1).value_added("contextual")
    effects = shrunken_effects(result)
    pd.testing.assert_series_equal(effects["estimate"], result.schools["estimate"])
    assert effects["se"].tolist() == result.schools["se_prediction"].tolist()


@pytest.mark.parametrize("method", ["prior_group", "z_change"])
def test_other_estimates_are_drawn_toward_their_mean(method: str) -> None:
    result = make_county(2).value_added(method)
    effects, schools = shrunken_effects(result), result.schools
    expected = shrink(schools["estimate"].to_numpy(), se=schools["se_prediction"].to_numpy())
    assert effects["estimate"].to_numpy() == pytest.approx(expected.estimate)
    assert effects["se"].to_numpy() == pytest.approx(expected.sd)
    assert effects["reliability"].to_numpy() == pytest.approx(expected.reliability)
    assert effects["estimate"].std() < schools["estimate"].std()


def test_where_no_difference_was_found_errors_are_unknown() -> None:
    result = replace(make_county(3).value_added("contextual"), status="no_difference_found")
    assert shrunken_effects(result)["se"].isna().all()
