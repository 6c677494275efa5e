"""The yearly targets that follow from a baseline and steps, in exact decimals.

    points, yearly            target_t = target_(t-1) + step_t
    points, from_baseline     target_t = baseline + step_t
    relative, yearly          target_t = target_(t-1) (1 + step_t / 100)
    relative, from_baseline   target_t = baseline (1 + step_t / 100)
    level                     target_t = step_t

Documents that say "up 3.5 %" leave open which one they mean; therefore all of it is a setting.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import accumulate, pairwise

from core.errors import SettingsError
from core.policy import Section, Title

HUNDRED = Decimal(100)


class Unit(StrEnum):
    """What a step is: points, per cent of the value, or the level itself."""

    POINTS = "points"
    RELATIVE = "relative"
    LEVEL = "level"


class Basis(StrEnum):
    """Whether a step starts from the target of the year before or from the baseline."""

    YEARLY = "yearly"
    FROM_BASELINE = "from_baseline"


class Better(StrEnum):
    """Which side is the better one."""

    HIGHER = "higher"
    LOWER = "lower"


class Scale(StrEnum):
    """Rates are per cent, 0 to 100; counts are whole; scores are neither."""

    RATE = "rate"
    COUNT = "count"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """One target over several years.

    Attributes
    ----------
    id, version : str
    title : Title
    base_year : int
        Year of the baseline; the first step is for the year after it.
    baseline : Decimal
        Rates in per cent.
    steps : tuple of Decimal
        One for each year, in its ``unit``.
    unit : Unit
    basis : Basis
        Of no meaning for levels.
    better : Better
    scale : Scale
        A count that the steps make broken is rounded to the milder side.
    final : Decimal or None
        No target goes beyond it.
    """

    id: str
    version: str
    title: Title
    base_year: int
    baseline: Decimal
    steps: tuple[Decimal, ...]
    unit: Unit
    basis: Basis
    better: Better
    scale: Scale
    final: Decimal | None


@dataclass(frozen=True, slots=True)
class YearTarget:
    """The target of one year.

    Attributes
    ----------
    year : int
    target : Decimal
    by_steps : Decimal
        What the steps alone ask for, before the cap and the rounding of counts.
    capped : bool
        The steps go beyond the final target or the end of the scale.
    reached_at_start : bool
        The baseline was there already.
    """

    year: int
    target: Decimal
    by_steps: Decimal
    capped: bool
    reached_at_start: bool


def target_plan_of(settings: Mapping[str, object], *, path: str = "") -> TargetPlan:
    """Return the plan that a mapping, as TOML gives it, describes.

    Parameters
    ----------
    path : str
        Name of the table in its file, for errors.

    Raises
    ------
    SettingsError
        For a missing, unknown or wrong setting, by its name; for steps that make it worse; for
        a rate outside 0 to 100.

    Examples
    --------
    >>> from core.targets.presets import PRIMARY_LOW
    >>> plan = target_plan_of(PRIMARY_LOW)
    >>> plan.steps, plan.final
    ((Decimal('-1.0'), Decimal('-1.0'), Decimal('-1.0')), Decimal('5.0'))
    """
    top = Section(settings, path=path)
    scale = Scale(top.text("scale", allowed=list(Scale)))
    high = 100.0 if scale is Scale.RATE else math.inf
    plan = TargetPlan(
        id=top.text("id"),
        version=top.text("version"),
        title=top.title(),
        base_year=top.integer("base_year", low=1900, high=2200),
        baseline=decimal_of(top.number("baseline", low=0, high=high)),
        steps=tuple(map(decimal_of, top.numbers("steps"))),
        unit=Unit(top.text("unit", allowed=list(Unit))),
        basis=Basis(top.text("basis", allowed=list(Basis))),
        better=Better(top.text("better", allowed=list(Better))),
        scale=scale,
        final=decimal_of(top.number("final", low=0, high=high)) if top.has("final") else None,
    )
    top.close(known=("final",))
    _require_better(plan)
    return plan


def year_targets(plan: TargetPlan) -> tuple[YearTarget, ...]:
    """Return the target of every year of a plan.

    Examples
    --------
    >>> from core.targets.presets import PRIMARY_PASS
    >>> targets = year_targets(target_plan_of(dict(PRIMARY_PASS) | {"baseline": 90.2}))
    >>> [(str(target.target), target.capped) for target in targets]
    [('93.7', False), ('95.0', True), ('95.0', True)]
    """
    return tuple(
        _year_target(plan, year=year, by_steps=level)
        for year, level in enumerate(_levels(plan), start=plan.base_year + 1)
    )


def decimal_of(number: float) -> Decimal:
    """Return a number as it is written: 3.5 is 3.5, and 0.1 is 0.1.

    Examples
    --------
    >>> decimal_of(0.1) + decimal_of(0.2) == decimal_of(0.3)
    True
    """
    return Decimal(repr(float(number)))


def is_reached(actual: Decimal, *, target: Decimal, better: Better) -> bool:
    """Whether a value is at the target or beyond it.

    Examples
    --------
    >>> is_reached(Decimal("4.9"), target=Decimal(5), better=Better.LOWER)
    True
    """
    return actual >= target if better is Better.HIGHER else actual <= target


def _require_better(plan: TargetPlan) -> None:
    """Refuse steps, levels or a final target that go to the worse side."""
    sign = 1 if plan.better is Better.HIGHER else -1
    if plan.unit is Unit.LEVEL:
        moves = [later - earlier for earlier, later in pairwise(plan.steps)]
    elif plan.basis is Basis.YEARLY:
        moves = list(plan.steps)
    else:
        moves = [plan.steps[0], *(b - a for a, b in pairwise(plan.steps))]
    if any(sign * move < 0 for move in moves):
        steps = " ".join(str(step) for step in plan.steps)
        raise SettingsError(
            f"Setting steps is {steps}, which gets worse where {plan.better} is better. No "
            "year may ask for less than the one before. Correct steps or better.",
            f"设置项 steps 为 {steps}，与 better = {plan.better} 的方向相反。后一年的要求"
            "不得低于前一年。请更正 steps 或 better。",
        )


def _levels(plan: TargetPlan) -> list[Decimal]:
    """Return what the steps alone ask for, year by year."""
    if plan.unit is Unit.LEVEL:
        return list(plan.steps)
    if plan.basis is Basis.FROM_BASELINE:
        return [_moved(plan.baseline, step, unit=plan.unit) for step in plan.steps]
    levels = accumulate(
        plan.steps,
        lambda level, step: _moved(level, step, unit=plan.unit),
        initial=plan.baseline,
    )
    return list(levels)[1:]


def _moved(level: Decimal, step: Decimal, *, unit: Unit) -> Decimal:
    return level + step if unit is Unit.POINTS else level * (1 + step / HUNDRED)


def _year_target(plan: TargetPlan, *, year: int, by_steps: Decimal) -> YearTarget:
    sign = 1 if plan.better is Better.HIGHER else -1
    limit = _limit(plan)
    target = by_steps if limit is None else sign * min(sign * by_steps, sign * limit)
    if plan.scale is Scale.COUNT:
        milder = ROUND_FLOOR if plan.better is Better.HIGHER else ROUND_CEILING
        target = target.to_integral_value(milder)
    return YearTarget(
        year=year,
        target=target,
        by_steps=by_steps,
        capped=limit is not None and sign * by_steps > sign * limit,
        reached_at_start=is_reached(plan.baseline, target=target, better=plan.better),
    )


def _limit(plan: TargetPlan) -> Decimal | None:
    """Return the final target, or the end of the scale; None where there is none."""
    if plan.final is not None:
        return plan.final
    if plan.better is Better.LOWER:
        return Decimal(0)
    return HUNDRED if plan.scale is Scale.RATE else None
