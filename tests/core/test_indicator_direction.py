"""Which way indicators are better: each is known once, and a direction is one of two words."""

from itertools import combinations

import pytest

from core.attainment.spec import PARTS, named
from core.errors import SettingsError
from core.indicator_direction import (
    HIGHER,
    LOWER,
    NAMED,
    NEITHER,
    known_direction,
    require_better,
)
from core.rank_points import XINBIN_JUNIOR
from core.weighting.scheme import ADMISSION_INDICATORS


def test_no_indicator_has_two_directions() -> None:
    for one, other in combinations((HIGHER, LOWER, NEITHER), 2):
        assert one & other == frozenset()


@pytest.mark.parametrize("name", ["low_rate", "rank", "bottom20_share", "outflow_rate"])
def test_of_these_less_is_better(name: str) -> None:
    assert known_direction(name) == "lower"


@pytest.mark.parametrize("name", ["sd", "n_sat", "cv", "polarisation", "happiness"])
def test_spreads_counts_and_unknown_indicators_have_no_direction(name: str) -> None:
    assert known_direction(name) is None


@pytest.mark.parametrize("name", NAMED)
def test_the_name_of_a_setting_changes_no_direction(name: str) -> None:
    assert known_direction(named(name, "重点")) == known_direction(name)


def test_a_name_that_only_begins_alike_is_another_indicator() -> None:
    assert known_direction("rank_change") is None
    assert known_direction("mean_prior") is None


def test_admission_and_combinations_are_better_when_higher() -> None:
    assert {known_direction(name) for name in (*ADMISSION_INDICATORS, *PARTS)} == {"higher"}


def test_the_schemes_of_the_project_go_by_the_known_directions() -> None:
    for indicator in XINBIN_JUNIOR.indicators:
        assert indicator.better == known_direction(indicator.name)


@pytest.mark.parametrize("better", ["Higher", "", "up"])
def test_a_direction_that_is_none_is_refused_with_what_is_allowed(better: str) -> None:
    with pytest.raises(SettingsError, match=rf"low_rate .* when '{better}'.*higher lower"):
        require_better(better, of="low_rate")
