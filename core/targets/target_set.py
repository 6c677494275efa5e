"""A set of targets, as one policy file holds it: what a county is to reach in which grades.

Each ``[[target]]`` of the file says what it is about (``grades``, ``subject``, ``indicator``)
and has its plan, see ``core.targets.plan``.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import SettingsError
from core.policy import Section
from core.targets.plan import TargetPlan, YearTarget, target_plan_of, year_targets

_OWN_KEYS = ("grades", "subject", "indicator")
_GRADES = range(1, 13)


@dataclass(frozen=True, slots=True)
class SetTarget:
    """A plan and what it is about."""

    grades: tuple[int, ...]
    subject: str
    indicator: str
    plan: TargetPlan


def parse_target_set(settings: Mapping[str, object]) -> tuple[SetTarget, ...]:
    """Return the targets that a policy file, read as TOML, holds.

    Raises
    ------
    SettingsError
        For a missing, unknown or wrong setting, by its name; where one indicator of a subject
        and grade has two targets in a year.

    Examples
    --------
    >>> from core.targets.presets import PRIMARY_LOW
    >>> about = {"grades": [6], "subject": "total", "indicator": "low_rate"}
    >>> [target.plan.id for target in parse_target_set({"target": [about | PRIMARY_LOW]})]
    ['primary_low']
    """
    top = Section(settings)
    targets = tuple(_target(section) for section in top.sections("target"))
    top.close()
    _require_one_a_year(targets)
    return targets


def targets_in(
    targets: tuple[SetTarget, ...], *, grade: int, year: int
) -> list[tuple[SetTarget, YearTarget]]:
    """Return the targets of a grade that a year has, with what the year asks for."""
    return [
        (target, of_year)
        for target in targets
        if grade in target.grades
        for of_year in year_targets(target.plan)
        if of_year.year == year
    ]


def _target(section: Section) -> SetTarget:
    grades = section.numbers("grades")
    if any(grade not in _GRADES for grade in grades):
        raise section.refuse("grades", list(grades), "grades from 1 to 12", "1 到 12 的年级")
    subject, indicator = section.text("subject"), section.text("indicator")
    plan = {key: value for key, value in section.values.items() if key not in _OWN_KEYS}
    return SetTarget(
        tuple(map(int, grades)), subject, indicator, target_plan_of(plan, path=section.path)
    )


def _require_one_a_year(targets: tuple[SetTarget, ...]) -> None:
    asked = Counter(
        (grade, target.subject, target.indicator, of_year.year)
        for target in targets
        for grade in set(target.grades)
        for of_year in year_targets(target.plan)
    )
    twice = [key for key, n in asked.items() if n > 1]
    if twice:
        what = " ".join(map(str, twice[0]))
        raise SettingsError(
            f"Targets that ask for the same thing in one year: {len(twice)}, such as {what}. "
            "Leave one of them.",
            f"同一年对同一内容设了多个目标，共 {len(twice)} 处，例如 {what}。请只保留一个。",
        )
