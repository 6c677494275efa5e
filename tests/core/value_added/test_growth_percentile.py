"""growth_percentile: mean percentile less that of all, with the growth table's error."""

import pytest

from core.growth import compute_growth
from core.interval import Z95
from tests.core.value_added.make_county import by_school, make_county


def test_effects_are_the_growth_table_less_the_mean_of_all() -> None:
    county = make_county(1)
    result = county.value_added("growth_percentile")
    found = compute_growth(county.joint)
    growth = found.schools.set_index("school").sort_index()
    schools = by_school(result)
    assert result.scale == "percentile"
    expected = growth["mean"].to_numpy() - found.mean_percentile
    assert schools["estimate"].to_numpy() == pytest.approx(expected)
    assert (schools["estimate"] * schools["n"]).sum() == pytest.approx(0, abs=1e-6)
    assert schools["se_prediction"].to_numpy() == pytest.approx(growth["se_mean"].to_numpy())
    half = Z95 * growth["se_mean"].to_numpy()
    assert (schools["estimate"] - schools["low"]).to_numpy() == pytest.approx(half)


def test_a_better_school_has_more_than_half_of_its_peers_behind() -> None:
    county = make_county(2, effect=8.0)
    percentile = by_school(county.value_added("growth_percentile"))["estimate"]
    effect = by_school(county.value_added("random_intercept"))["estimate"]
    assert percentile.corr(effect, method="spearman") > 0.9
    assert percentile.between(-49, 49).all()
