"""The spec of a simulated county refuses counties that cannot exist."""

from typing import Any

import pytest

from core.errors import SettingsError
from core.simulation.spec import CountySpec


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"n_primary": 0, "n_junior": 0}, "primary schools 0, junior schools 0"),
        ({"n_primary": 401}, "primary schools 401, .* 0 to 400"),
        ({"n_junior": -1}, "junior schools -1"),
        ({"n_years": 0}, "school years 0"),
        ({"n_declining": 61}, "Declining schools: 61 of 60"),
        ({"reliability": 0.0}, "entry test: 0.0"),
        ({"reliability": 1.01}, "entry test: 1.01"),
    ],
)
def test_spec_names_the_number_that_it_refuses(knobs: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        CountySpec(**knobs)


def test_papers_of_the_demonstration_county_end_on_a_marking_step() -> None:
    spec = CountySpec()
    assert len(spec.junior_subjects) == 9
    for subject in (*spec.primary_subjects, *spec.junior_subjects):
        assert subject.full_mark % subject.step == 0
