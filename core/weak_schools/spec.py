"""What people choose about the screening: indicators, weights, exams, number of draws."""

from dataclasses import dataclass

from core.errors import SettingsError
from core.scores import TOTAL

YEAR_WEIGHTS = (3.0, 2.0, 1.0)
"""Weight of the latest year, the one before, and the one before that."""

MIN_DRAWS = 200
"""Fewer draws know a probability worse than to 0.04."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class WeakIndicator:
    """One indicator of the composite.

    Attributes
    ----------
    name : str
        Key of the indicator.
    weight : float
        What one true SD between schools counts, above 0.
    higher_is_better : bool
        False for shares of weak pupils.
    is_shrunken : bool
        Whether the rows bring shrunken estimates with their reliability, as value-added does;
        they are made raw first, so that nothing is shrunk twice.
    """

    name: str
    weight: float
    higher_is_better: bool = True
    is_shrunken: bool = False


DEFAULT_INDICATORS = (
    WeakIndicator("z", 0.3),
    WeakIndicator("value_added", 0.4, is_shrunken=True),
    WeakIndicator("low_rate", 0.15, higher_is_better=False),
    WeakIndicator("bottom20_share", 0.15, higher_is_better=False),
)


@dataclass(frozen=True, slots=True)
class WeakSchoolSpec:
    """What the screening looks at.

    Attributes
    ----------
    exams : tuple of str
        Names of one to three exams of different cohorts, the latest first; they count 3:2:1.
    indicators : tuple of WeakIndicator
        Their weights sum to 1.
    subject : str
        Subject code; the total by default.
    n_draws : int
        Posterior draws behind probabilities and rank intervals.

    Raises
    ------
    SettingsError
        When weights are not positive with sum 1, a name is repeated, or the numbers of exams
        or draws are out of range.
    """

    exams: tuple[str, ...]
    indicators: tuple[WeakIndicator, ...] = DEFAULT_INDICATORS
    subject: str = TOTAL
    n_draws: int = 4000

    def __post_init__(self) -> None:
        self._check_indicators()
        n_exams = len(set(self.exams))
        if n_exams == len(self.exams) and 1 <= n_exams <= len(YEAR_WEIGHTS) and (
            self.n_draws >= MIN_DRAWS
        ):  # fmt: skip
            return
        raise SettingsError(
            f"The screening has {len(self.exams)} exams, {n_exams} different, and "
            f"{self.n_draws} draws. Choose 1 to {len(YEAR_WEIGHTS)} different exams and at "
            f"least {MIN_DRAWS} draws.",
            f"筛查使用 {len(self.exams)} 次考试（其中不同的 {n_exams} 次）、"
            f"抽样 {self.n_draws} 次。请选择 1 至 {len(YEAR_WEIGHTS)} 次不同的考试，"
            f"抽样不少于 {MIN_DRAWS} 次。",
        )

    def _check_indicators(self) -> None:
        names = [indicator.name for indicator in self.indicators]
        weights = [indicator.weight for indicator in self.indicators]
        total = sum(weights)
        positive = all(weight > 0 for weight in weights)
        if positive and abs(total - 1) <= _ROUNDING and len(set(names)) == len(names):
            return
        listed = ", ".join(f"{i.name} {i.weight:g}" for i in self.indicators)
        raise SettingsError(
            f"The weights of the screening are {listed or 'none'} (sum {total:g}). Give each "
            "indicator once, with a weight above 0; the weights sum to 1.",
            f"筛查的权重为 {listed or '空'}（合计 {total:g}）。"
            "每个指标只能出现一次，权重须大于 0，合计为 1。",
        )
