"""Targets by year: the documents' figures, both readings of a step, caps, exact arithmetic."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.targets.plan import Better, TargetPlan, decimal_of, target_plan_of, year_targets
from core.targets.presets import (
    HIGH_SCORERS,
    JUNIOR_PASS,
    PRIMARY_EXCELLENT,
    PRIMARY_LOW,
    PRIMARY_PASS,
)


def plan_of(preset: Mapping[str, object] = PRIMARY_PASS, **changes: Any) -> TargetPlan:
    """Return a preset with settings changed; one that is ... is taken out."""
    values = {**preset, **changes}
    return target_plan_of({key: value for key, value in values.items() if value is not ...})


def targets_of(preset: Mapping[str, object] = PRIMARY_PASS, **changes: Any) -> list[float]:
    return [float(target.target) for target in year_targets(plan_of(preset, **changes))]


def test_primary_pass_rate_rises_3_5_points_a_year_to_95() -> None:
    assert targets_of(baseline=85) == [88.5, 92.0, 95.0]
    assert targets_of(baseline=84) == [87.5, 91.0, 94.5]
    last = year_targets(plan_of(baseline=85))[-1]
    assert (last.year, last.by_steps, last.capped) == (2028, Decimal("95.5"), True)


def test_primary_excellent_and_low_rates() -> None:
    assert targets_of(PRIMARY_EXCELLENT) == [31.0, 33.0, 35.0]
    assert targets_of(PRIMARY_LOW) == [7.0, 6.0, 5.0]
    assert targets_of(PRIMARY_LOW, baseline=6.5) == [5.5, 5.0, 5.0]


def test_five_six_seven_are_a_year_or_from_the_baseline() -> None:
    assert targets_of(JUNIOR_PASS) == [65.0, 66.0, 67.0]
    assert targets_of(JUNIOR_PASS, basis="yearly") == [65.0, 71.0, 78.0]


def test_points_and_relative_differ() -> None:
    assert targets_of(baseline=80, unit="relative", final=...) == [82.8, 85.698, 88.69743]
    assert targets_of(JUNIOR_PASS, unit="relative") == [63.0, 63.6, 64.2]


def test_head_counts_are_those_of_the_document_and_grow_by_a_tenth() -> None:
    """460, 506 and 556: each is 1.1 times the one before, without the broken pupil."""
    assert targets_of(HIGH_SCORERS) == [460, 506, 556]
    grown = plan_of(HIGH_SCORERS, baseline=460, unit="relative", steps=[10, 10])
    assert [target.target for target in year_targets(grown)] == [506, 556]
    assert year_targets(grown)[1].by_steps == Decimal("556.6")


def test_first_tier_line_rate_grows_by_a_fifth() -> None:
    """8.0, 9.6 and 11.5 % of the document; 1.2 times each, printed to one decimal."""
    levels = targets_of(baseline=8, unit="relative", steps=[20, 20], final=...)
    assert levels == [9.6, 11.52]


def test_a_low_rate_that_may_not_rise_is_a_level() -> None:
    assert targets_of(PRIMARY_LOW, unit="level", steps=[7, 7, 7], final=...) == [7, 7, 7]


def test_a_rate_above_the_final_target_is_capped_and_reached() -> None:
    """96 cannot rise by 3.5: it has to stay at 95 or above."""
    for target in year_targets(plan_of(baseline=96)):
        assert target.target == 95
        assert target.capped
        assert target.reached_at_start
    assert not any(t.reached_at_start for t in year_targets(plan_of(baseline=90)))


def test_without_a_final_target_a_rate_ends_at_the_end_of_its_scale() -> None:
    assert targets_of(baseline=95, final=...) == [98.5, 100.0, 100.0]
    assert targets_of(PRIMARY_LOW, baseline=1.5, final=...) == [0.5, 0.0, 0.0]
    assert targets_of(baseline=300, scale="score", final=...) == [303.5, 307.0, 310.5]


def test_tenths_add_up_exactly() -> None:
    """0.1 + 0.2 is 0.3 here, so that a rate of 0.3 has reached it."""
    plan = plan_of(baseline=0.1, steps=[0.2])
    assert year_targets(plan)[0].target == Decimal("0.3")
    assert str(decimal_of(0.1) + decimal_of(0.2)) == "0.3"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"steps": ...}, "Setting steps is missing"),
        ({"steps": []}, r"steps is \[\]"),
        ({"steps": ["3"]}, r"steps is \['3'\]. It must be a list of numbers"),
        ({"steps": [3.5, -1]}, "steps is 3.5 -1.0, which gets worse where higher is better"),
        ({"better": "lower"}, "gets worse where lower is better"),
        ({"basis": "from_baseline", "steps": [5, 4]}, "steps is 5.0 4.0, which gets worse"),
        ({"unit": "level", "steps": [90, 89]}, "steps is 90.0 89.0, which gets worse"),
        ({"unit": "percent"}, "unit is 'percent'. It must be one of: points relative level"),
        ({"baseline": 101}, "baseline is 101. It must be a number from 0 to 100"),
        ({"final": 101}, "final is 101. It must be a number from 0 to 100"),
        ({"base_year": 25}, "base_year is 25"),
        ({"basis": "monthly"}, "basis is 'monthly'. It must be one of: yearly from_baseline"),
        ({"ceiling": 100}, "Unknown setting: ceiling"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        plan_of(**changes)


STEPS = st.lists(st.decimals(0, 20, places=2).map(float), min_size=1, max_size=6)


@given(baseline=st.decimals(0, 100, places=1).map(float), steps=STEPS,
       unit=st.sampled_from(["points", "relative"]),
       basis=st.sampled_from(["yearly", "from_baseline"]),
       final=st.decimals(0, 100, places=1).map(float))  # fmt: skip
def test_targets_equal_fractions_and_never_pass_the_cap(
    baseline: float, steps: list[float], unit: str, basis: str, final: float
) -> None:
    ordered = steps if basis == "yearly" else sorted(steps)
    plan = plan_of(baseline=baseline, steps=ordered, unit=unit, basis=basis, final=final)
    level = start = Fraction(str(baseline))
    for step, target in zip(ordered, year_targets(plan), strict=True):
        origin = level if basis == "yearly" else start
        size = Fraction(str(step))
        level = origin + size if unit == "points" else origin * (1 + size / 100)
        assert abs(Fraction(target.by_steps) - level) <= level * Fraction(1, 10**24)
        assert target.target == min(target.by_steps, Decimal(str(final)))
        assert target.capped == (level > Fraction(str(final)))


@given(baseline=st.decimals(0, 100, places=1).map(float), steps=STEPS)
def test_lower_is_better_mirrors_higher_is_better(baseline: float, steps: list[float]) -> None:
    up = year_targets(plan_of(baseline=baseline, steps=steps, final=...))
    down = plan_of(
        PRIMARY_LOW, baseline=float(Decimal(100) - Decimal(str(baseline))),
        steps=[-step for step in steps], final=...,
    )  # fmt: skip
    assert down.better is Better.LOWER
    mirrored = [100 - target.target for target in year_targets(down)]
    assert mirrored == [target.target for target in up]
