"""Limits on bases: the default is the scheme's, wrong settings are named."""

import pytest

from core.errors import SettingsError
from core.pairing.limits import DEFAULT_LIMITS, Span, base_limits_of


def test_the_default_limits_are_those_of_the_scheme() -> None:
    limits = base_limits_of(DEFAULT_LIMITS)
    assert (limits.city, limits.region) == (Span(2, 3), Span(1, 2))
    assert (limits.subjects_per_school, limits.per_district) == (2, 1)
    assert (limits.trainees, limits.pairs) == (Span(1, 2), Span(2, 3))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"city": {"low": 3, "high": 2}},
            r"city\.high is 2. It must be a whole number of at l",
        ),
        ({"city": {"low": 2}}, r"city\.high is missing"),
        ({"region": 2}, "region is 2. It must be a table"),
        ({"overlap": "none"}, "overlap is 'none'. It must be one of: school subject"),
        ({"cover": "city"}, "cover is 'city'. It must be one of: region any"),
        ({"subjects_per_school": 0}, "subjects_per_school is 0"),
        ({"per_district": -1}, "per_district is -1"),
        ({"quota": 3}, "Unknown setting: quota"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value(
    changes: dict[str, object], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        base_limits_of({**DEFAULT_LIMITS, **changes})
