"""Settings of attainment: what a committee decides, and no default for most of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import pandas as pd

from core.errors import SettingsError

BORDERLINE_WIDTH = 0.05
"""Width of the borderline band as a share of the full mark, if the policy is silent."""

SUBJECT_LINES = ("excellent_line", "good_line", "pass_line", "low_line")
"""Lines that SUBJECTS holds for every subject."""

PARTS = {
    "one_score_two_rates": ("mean", "excellent_rate", "pass_rate"),
    "one_score_three_rates": ("mean", "excellent_rate", "pass_rate", "low_rate"),
    "one_score_four_rates": ("mean", "excellent_rate", "good_rate", "pass_rate", "low_rate"),
}
"""What each combination is made of; low_rate enters as the share that is not low."""

Reference = Literal["group_best", "population"]


@dataclass(frozen=True, slots=True)
class TopN:
    """The best N of the population.

    Attributes
    ----------
    n : int
        Such as 630 or 5500, at least 1.
    name : str
        Tells several of them apart: ``top_n_count_<name>``; empty for ``top_n_count``.
    """

    n: int
    name: str = ""

    def __post_init__(self) -> None:
        if self.n < 1:
            raise SettingsError(
                f"The top group is set to {self.n} pupils. It needs at least 1. Correct it.",
                f"高分段人数设为 {self.n}，至少应为 1。请更正。",
            )


@dataclass(frozen=True, slots=True)
class AdmissionLine:
    """An admission line of one subject, or of the total.

    Attributes
    ----------
    subject : str
        Subject code.
    line : int
        Hundredths of a point, as in SUBJECTS.
    name : str
        Tells several lines apart: ``line_rate_<name>``; empty for ``line_rate``.
    """

    subject: str
    line: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Borderline:
    """Pupils just under a line.

    Attributes
    ----------
    line : str
        A line of SUBJECTS, or ``admission_line`` for that of the same name.
    width : float
        How far under the line, as a share of the full mark.
    name : str
        Tells several bands apart: ``borderline_count_<name>``.
    """

    line: str = "pass_line"
    width: float = BORDERLINE_WIDTH
    name: str = ""

    def __post_init__(self) -> None:
        known = (*SUBJECT_LINES, "admission_line")
        if self.line not in known or not 0 < self.width <= 1:
            raise SettingsError(
                f"A borderline band is set {self.width} of the full mark under "
                f"{self.line!r}. It needs a width above 0 and up to 1, and one of the lines "
                f"{', '.join(known)}. Correct it.",
                f"临界生设为“{self.line}”以下满分的 {self.width}。宽度应大于 0 且不超过 1，"
                f"分数线应为以下之一：{', '.join(known)}。请更正。",
            )


@dataclass(frozen=True, slots=True)
class Combination:
    """One score and two, three or four rates, weighted into one number.

    Attributes
    ----------
    name : str
        Key of ``PARTS``, which says what it is made of.
    weights : tuple of (str, float)
        Points of each part, above 0; a unit that equals the reference has their sum.
    reference : str
        ``group_best``: each part is divided by the best of the comparison group.
        ``population``: by the population's value.
    """

    name: str
    weights: tuple[tuple[str, float], ...]
    reference: Reference

    def __post_init__(self) -> None:
        parts = PARTS.get(self.name, ())
        given = [part for part, _ in self.weights]
        if not parts or sorted(given) != sorted(parts):
            raise SettingsError(
                f"Combination {self.name!r} has weights for {', '.join(given) or 'nothing'}. "
                f"It needs one of the names {', '.join(PARTS)} and a weight for each of its "
                f"parts ({', '.join(parts) or 'unknown'}). Correct the names.",
                f"组合“{self.name}”的权重为：{', '.join(given) or '无'}。名称应为 "
                f"{', '.join(PARTS)} 之一，并为每一部分（{', '.join(parts) or '未知'}）"
                "给出权重。请更正。",
            )
        wrong = [f"{part} {w}" for part, w in self.weights if not (isfinite(w) and w > 0)]
        if wrong or self.reference not in ("group_best", "population"):
            raise SettingsError(
                f"Combination {self.name!r} is set against {self.reference!r}, weights not "
                f"above 0: {len(wrong)} ({', '.join(wrong) or '-'}). Every weight must be "
                "above 0 and the reference group_best or population. Correct them.",
                f"组合“{self.name}”的参照为“{self.reference}”，不大于 0 的权重 {len(wrong)} 个"
                f"（{', '.join(wrong) or '-'}）。权重须大于 0，参照须为 group_best 或 "
                "population。请更正。",
            )


@dataclass(frozen=True, slots=True)
class Ranking:
    """By what the units of a comparison group are ranked.

    Attributes
    ----------
    indicator : str
        Name of a figure that is computed.
    lower_is_better : bool
        True for low rates and the like.
    """

    indicator: str = "mean"
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class AttainmentSpec:
    """What is computed beyond the figures that every page shows.

    Attributes
    ----------
    top_n : tuple of TopN
        Top groups of the population; empty for none.
    admission_lines : tuple of AdmissionLine
        A subject without a line of a name has no such rate.
    borderlines : tuple of Borderline
        Bands under a line.
    combinations : tuple of Combination
        Weighted sums; no default, because the weights are policy.
    groups : Series or None
        Comparison group by unit; units of different groups are never ranked together.
    ranking : Ranking
        Used when there are groups.
    """

    top_n: tuple[TopN, ...] = ()
    admission_lines: tuple[AdmissionLine, ...] = ()
    borderlines: tuple[Borderline, ...] = (Borderline(),)
    combinations: tuple[Combination, ...] = ()
    groups: pd.Series | None = None
    ranking: Ranking = Ranking()

    def __post_init__(self) -> None:
        _refuse_repeated("top_n", [(cut.name,) for cut in self.top_n])
        _refuse_repeated(
            "admission_lines", [(line.name, line.subject) for line in self.admission_lines]
        )
        _refuse_repeated("borderlines", [(band.name,) for band in self.borderlines])
        _refuse_repeated("combinations", [(part.name,) for part in self.combinations])
        _refuse_lines_without_name(self)
        if self.groups is None:
            _refuse_best_without_groups(self.combinations)
        else:
            _refuse_repeated("groups", [(str(unit),) for unit in self.groups.index])

    @property
    def line_names(self) -> tuple[str, ...]:
        """The names of the admission lines, each once."""
        return tuple(dict.fromkeys(line.name for line in self.admission_lines))


def named(indicator: str, name: str) -> str:
    """Return an indicator's own name, or with the name of its setting behind it."""
    return f"{indicator}_{name}" if name else indicator


def _refuse_repeated(setting: str, keys: Sequence[tuple[str, ...]]) -> None:
    repeated = [key for key, n in Counter(keys).items() if n > 1]
    if repeated:
        found = ", ".join("/".join(part or "-" for part in key) for key in repeated[:5])
        raise SettingsError(
            f"Setting {setting} names {len(repeated)} of its entries more than once "
            f"({found}). Each name may stand once. Give them names of their own.",
            f"设置 {setting} 中有 {len(repeated)} 个名称重复（{found}）。"
            "每个名称只能出现一次。请分别命名。",
        )


def _refuse_lines_without_name(spec: AttainmentSpec) -> None:
    bands = [b.name for b in spec.borderlines if b.line == "admission_line"]
    missing = [name or "-" for name in bands if name not in spec.line_names]
    if missing:
        raise SettingsError(
            f"Borderline bands under an admission line that is not set: {len(missing)} "
            f"({', '.join(missing)}). Set the admission lines of these names.",
            f"有 {len(missing)} 个临界生区间对应的上线分数线未设置（{', '.join(missing)}）。"
            "请设置同名的上线分数线。",
        )


def _refuse_best_without_groups(combinations: tuple[Combination, ...]) -> None:
    best = [part.name for part in combinations if part.reference == "group_best"]
    if best:
        raise SettingsError(
            f"Combinations against the best of a comparison group: {len(best)} "
            f"({', '.join(best)}), comparison groups: 0. Set the groups, or take "
            "the population.",
            f"有 {len(best)} 个组合以组内最优为参照（{', '.join(best)}），但未设置比较组。"
            "请设置比较组，或改用总体为参照。",
        )
