"""What people choose for a value-added: the estimator, the unit, when a figure is too thin."""

from dataclasses import dataclass
from typing import Literal, get_args

from core.errors import SettingsError
from core.standardise import Population

Method = Literal[
    "random_intercept",
    "contextual",
    "reliability_corrected",
    "prior_group",
    "growth_percentile",
    "z_change",
]
JUDGED_BY: Method = "contextual"
"""Method of the value-added that bands, gaps and candidates rest on."""

Scale = Literal["z", "raw", "percentile"]
Prior = tuple[str, Population]

DEFAULT_RELIABILITY = 0.85
"""Reliability of a prior test that nobody has told; every figure that rests on it says so."""

UNIT_OF: dict[Method, tuple[Scale, ...]] = {
    "random_intercept": ("z", "raw"),
    "contextual": ("z", "raw"),
    "reliability_corrected": ("z", "raw"),
    "prior_group": ("z", "raw"),
    "growth_percentile": ("percentile",),
    "z_change": ("z",),
}
"""The units in which each estimator can be told."""


@dataclass(frozen=True, slots=True)
class Covariate:
    """A column after the priors, kept in its own unit and not in hundredths.

    Attributes
    ----------
    name : str
        What the fixed effect is called, such as "girl" for a column of 0 and 1.
    centre, unit : float
        The model sees (column - centre) / unit; 0 and 1 leave the column as it is.
    """

    name: str
    centre: float = 0.0
    unit: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a unit that is not above 0."""
        if self.unit > 0:
            return
        raise SettingsError(
            f"Covariate {self.name!r} has unit {self.unit}. Give a unit above 0; 1 leaves the "
            "column as it is.",
            f"协变量“{self.name}”的单位为 {self.unit}。单位须大于 0；取 1 表示不换算。",
        )


@dataclass(frozen=True, slots=True)
class ReliabilitySpec:
    """Reliabilities of the prior tests, for ``reliability_corrected``.

    Attributes
    ----------
    values : tuple of float
        One per prior, above 0 to 1, in the order of the priors; empty to assume 0.85 for all.
    """

    values: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no reliability."""
        if all(0 < value <= 1 for value in self.values):
            return
        found = ", ".join(f"{value:g}" for value in self.values)
        raise SettingsError(
            f"Reliabilities of the prior tests are {found}. Each must be above 0 and at most "
            "1. Correct them, or leave them out to assume 0.85.",
            f"前测信度为 {found}。每个信度须大于 0 且不超过 1。请改正，或留空按 0.85 处理。",
        )

    def of(self, priors: tuple[Prior, ...]) -> tuple["PriorReliability", ...]:
        """Return the reliability of each prior by name.

        Raises
        ------
        SettingsError
            When the values are not as many as the priors.

        Examples
        --------
        >>> ReliabilitySpec().of((("last term", Population(60.0, 10.0)),))
        (PriorReliability(name='last term', value=0.85, is_assumed=True),)
        """
        values = self.values or (DEFAULT_RELIABILITY,) * len(priors)
        if len(values) != len(priors):
            raise SettingsError(
                f"Reliabilities given: {len(values)}; prior scores: {len(priors)}. Give one "
                "for each prior score, or none to assume 0.85.",
                f"给出信度 {len(values)} 个，前测成绩 {len(priors)} 个。"
                "请为每个前测成绩各给一个信度，或全部留空按 0.85 处理。",
            )
        return tuple(
            PriorReliability(name=name, value=value, is_assumed=not self.values)
            for (name, _), value in zip(priors, values, strict=True)
        )


@dataclass(frozen=True, slots=True)
class PriorReliability:
    """The reliability that a prior test was taken to have, and whether anybody told it."""

    name: str
    value: float
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class ValueAddedSpec:
    """What is chosen by people: the estimator, the unit, and when a figure is too thin.

    Attributes
    ----------
    method : str
        ``random_intercept`` compares at equal prior; ``contextual`` adds the school's mean
        prior, which takes out the advantage of strong intakes and with it merit that goes
        along with intake; ``reliability_corrected`` takes out the prior test's error instead;
        ``prior_group`` compares with all pupils of the same prior group; ``growth_percentile``
        is the mean percentile among pupils of equal past, less that of all; ``z_change`` the
        mean z less the mean prior z.
    scale : {"z", "raw", "percentile"}
        Population SD, points, or percentiles; the last only and always for growth percentiles.
    min_coverage : float
        Least share of a school's current pupils that are matched, 0 to 1.
    reliability : ReliabilitySpec
        Of the prior tests; used by ``reliability_corrected`` alone.

    Raises
    ------
    SettingsError
        When the method or scale is unknown, the two do not go together, or the coverage lies
        outside 0 to 1.
    """

    method: Method
    scale: Scale
    min_coverage: float = 0.7
    reliability: ReliabilitySpec = ReliabilitySpec()

    def __post_init__(self) -> None:
        """Refuse settings that are unknown or contradict each other."""
        if self.scale in UNIT_OF.get(self.method, ()) and 0 <= self.min_coverage <= 1:
            return
        methods, scales = get_args(Method), get_args(Scale)
        units = UNIT_OF.get(self.method, scales)
        raise SettingsError(
            f"Value-added settings are method {self.method!r}, scale {self.scale!r}, coverage "
            f"{self.min_coverage}. Choose a method of {', '.join(methods)}, a scale of "
            f"{', '.join(units)}, and a coverage from 0 to 1.",
            f"增值设置为：方法 {self.method!r}，量尺 {self.scale!r}，"
            f"覆盖率 {self.min_coverage}。方法须为 {'、'.join(methods)}，"
            f"量尺须为 {'、'.join(units)}，覆盖率须在 0 到 1 之间。",
        )
