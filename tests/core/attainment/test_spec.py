"""Settings that contradict each other or make no sense are refused with what was found."""

import pandas as pd
import pytest

from core.attainment import AdmissionLine, AttainmentSpec, Borderline, Combination, TopN
from core.errors import SettingsError

TWO = (("mean", 0.4), ("excellent_rate", 0.3), ("pass_rate", 0.3))


def test_a_top_group_needs_a_pupil() -> None:
    with pytest.raises(SettingsError, match="set to 0 pupils"):
        TopN(0)


@pytest.mark.parametrize(
    ("line", "width"), [("pass", 0.05), ("pass_line", 0.0), ("pass_line", 1.5)]
)
def test_a_borderline_needs_a_line_and_a_width(line: str, width: float) -> None:
    with pytest.raises(SettingsError, match=f"{width} of the full mark under '{line}'"):
        Borderline(line, width)


def test_a_combination_needs_exactly_its_parts() -> None:
    with pytest.raises(SettingsError, match=r"for mean, pass_rate\. .*mean, excellent_rate"):
        Combination("one_score_two_rates", (("mean", 0.5), ("pass_rate", 0.5)), "population")
    with pytest.raises(SettingsError, match=r"for nothing\. .*\(unknown\)"):
        Combination("one_score", (), "population")


def test_a_combination_needs_weights_above_zero_and_a_known_reference() -> None:
    weights = (("mean", 0.4), ("excellent_rate", -0.3), ("pass_rate", 0.0))
    with pytest.raises(SettingsError, match=r"not above 0: 2 \(excellent_rate -0.3, pass_rate"):
        Combination("one_score_two_rates", weights, "population")
    with pytest.raises(SettingsError, match="against 'province', weights not above 0: 0"):
        Combination("one_score_two_rates", TWO, "province")  # type: ignore[arg-type]


def test_two_settings_of_one_name_are_refused() -> None:
    with pytest.raises(SettingsError, match=r"top_n names 1 of its entries .*\(-\)"):
        AttainmentSpec(top_n=(TopN(10), TopN(20)))
    lines = (AdmissionLine("total", 1, "key"), AdmissionLine("total", 2, "key"))
    with pytest.raises(SettingsError, match=r"admission_lines names 1 .*\(key/total\)"):
        AttainmentSpec(admission_lines=lines)


def test_a_band_under_an_admission_line_needs_that_line() -> None:
    bands = (Borderline("admission_line", name="key"),)
    with pytest.raises(SettingsError, match=r"not set: 1 \(key\)"):
        AttainmentSpec(borderlines=bands)
    lines = (AdmissionLine("total", 40000, "key"),)
    assert AttainmentSpec(borderlines=bands, admission_lines=lines).line_names == ("key",)


def test_the_best_of_a_group_needs_groups() -> None:
    best = (Combination("one_score_two_rates", TWO, "group_best"),)
    with pytest.raises(
        SettingsError, match=r": 1 \(one_score_two_rates\), comparison groups: 0"
    ):
        AttainmentSpec(combinations=best)
    groups = pd.Series(["a", "b"], index=["S1", "S1"])
    with pytest.raises(SettingsError, match=r"groups names 1 .*\(S1\)"):
        AttainmentSpec(combinations=best, groups=groups)
