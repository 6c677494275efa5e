"""The simulated organisation: a proper tree, invented names, realistic sizes and intakes."""

import numpy as np
import pytest

from core.simulation.organisation import make_stages, make_units
from core.simulation.spec import CountySpec

SCHOOLS_BY_TYPE = {"县直": 10, "中心校": 9, "村小": 24, "镇初中": 9, "农村初中": 8}


def test_units_form_one_tree_of_sixty_schools() -> None:
    units = make_units(make_stages(CountySpec(), rng=np.random.default_rng(1)))
    schools = units[units["level"] == "school"]
    assert schools["school_type"].value_counts().to_dict() == SCHOOLS_BY_TYPE
    assert schools["stage"].value_counts().to_dict() == {"primary": 38, "junior": 22}
    assert set(units["parent"].dropna()) <= set(units["code"])
    assert units.loc[units["parent"].isna(), "level"].tolist() == ["city"]
    assert (units["level"] == "township").sum() == 9


@pytest.mark.parametrize("n_schools", [1, 7, 60, 400])
def test_names_are_invented_and_differ_at_any_number_of_schools(n_schools: int) -> None:
    spec = CountySpec(n_primary=n_schools, n_junior=n_schools, n_declining=0)
    units = make_units(make_stages(spec, rng=np.random.default_rng(1)))
    assert units["name"].is_unique
    assert units["name"].str.contains("演示").all()


def test_school_names_count_in_chinese() -> None:
    spec = CountySpec(n_primary=0, n_junior=100)
    (stage,) = make_stages(spec, rng=np.random.default_rng(1))
    names = [school.name for school in stage.schools]
    assert names[9:11] == ["演示县第十中学", "演示县第十一中学"]
    assert names[19:21] == ["演示县第二十中学", "演示县第二十一中学"]


def test_schools_are_large_in_the_county_seat_and_small_in_villages() -> None:
    stages = make_stages(CountySpec(), rng=np.random.default_rng(1))
    for stage in stages:
        assert 2500 <= stage.size.sum() <= 3200
        assert stage.size.min() >= 8
        assert stage.size.max() <= 400
    primary = stages[0]
    kinds = np.array([school.school_type for school in primary.schools])
    assert primary.size[kinds == "村小"].max() < primary.size[kinds == "县直"].min()


def test_intake_has_the_variance_asked_for_over_pupils() -> None:
    spec = CountySpec(intake_share=0.3)
    for stage in make_stages(spec, rng=np.random.default_rng(1)):
        assert np.average(stage.intake, weights=stage.size) == pytest.approx(0, abs=1e-12)
        assert np.average(stage.intake**2, weights=stage.size) == pytest.approx(0.3)


def test_a_single_school_is_the_average_intake() -> None:
    spec = CountySpec(n_primary=0, n_junior=1, n_declining=0)
    (stage,) = make_stages(spec, rng=np.random.default_rng(1))
    assert stage.intake.tolist() == [0.0]
