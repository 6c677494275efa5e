"""The settings of the screening: what is refused, with its numbers."""

import pytest

from core.errors import SettingsError
from core.weak_schools import DEFAULT_INDICATORS, WeakIndicator, WeakSchoolSpec


def test_the_default_weights_are_those_of_the_method() -> None:
    weights = {indicator.name: indicator.weight for indicator in DEFAULT_INDICATORS}
    assert weights == {"z": 0.3, "value_added": 0.4, "low_rate": 0.15, "bottom20_share": 0.15}
    assert WeakSchoolSpec(exams=("E",)).subject == "total"


def test_weights_have_to_sum_to_one() -> None:
    with pytest.raises(SettingsError, match=r"z 0\.3, low_rate 0\.3 \(sum 0\.6\)"):
        WeakSchoolSpec(
            exams=("E",),
            indicators=(WeakIndicator("z", 0.3), WeakIndicator("low_rate", 0.3)),
        )


def test_a_weight_below_zero_and_a_name_twice_are_refused() -> None:
    with pytest.raises(SettingsError, match=r"low_rate -0\.5"):
        WeakSchoolSpec(
            exams=("E",), indicators=(WeakIndicator("z", 1.5), WeakIndicator("low_rate", -0.5))
        )
    with pytest.raises(SettingsError, match=r"z 0\.5, z 0\.5"):
        WeakSchoolSpec(
            exams=("E",), indicators=(WeakIndicator("z", 0.5), WeakIndicator("z", 0.5))
        )
    with pytest.raises(SettingsError, match=r"none \(sum 0\)"):
        WeakSchoolSpec(exams=("E",), indicators=())


@pytest.mark.parametrize("exams", [(), ("a", "a"), ("a", "b", "c", "d")])
def test_one_to_three_different_exams_are_asked_for(exams: tuple[str, ...]) -> None:
    with pytest.raises(
        SettingsError, match=rf"has {len(exams)} exams, {len(set(exams))} different"
    ):
        WeakSchoolSpec(exams=exams)


def test_too_few_draws_are_refused_with_their_number() -> None:
    with pytest.raises(SettingsError, match=r"199 draws.*at least 200"):
        WeakSchoolSpec(exams=("E",), n_draws=199)
