"""Funnel plots: which units lie further from the pooled value than their size explains."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, NotEstimableError, SettingsError
from core.numerics.funnel_limits import (
    FunnelLimits,
    FunnelShape,
    OverDispersion,
    estimate_dispersion,
    limits_at,
)
from core.table import Table, integer, number, text
from core.tables import INDICATORS

Floats = NDArray[np.float64]
METHODS: tuple[OverDispersion, ...] = ("none", "additive", "multiplicative")

FLAGS = ("below_998", "below_95", "inside", "above_95", "above_998")
"""From the lowest to the highest; a unit on a limit is inside it."""

ON_LIMIT = 1e-12
"""What rounding may add; a unit beyond a limit by less stands on it."""

FUNNEL = Table(
    "FUNNEL",
    "units of a funnel plot with their limits",
    ("unit",),
    (
        text("unit", "code of the organisation unit"),
        integer("n_pupils", "pupils that it rests on; null if suppressed", nullable=True),
        number("estimate", "rate 0 to 1, or mean in its unit"),
        number("z", "distance from the target in standard errors, before over-dispersion"),
        number("low_998", "limit that chance alone undercuts once in a thousand"),
        number("low_95", "limit that chance alone undercuts once in forty"),
        number("high_95", "limit that chance alone exceeds once in forty"),
        number("high_998", "limit that chance alone exceeds once in a thousand"),
        text("flag", "below_998 below_95 inside above_95 above_998", nullable=True),
        text("status", "ok or the status of the figure"),
    ),
)


@dataclass(frozen=True, slots=True)
class FunnelSpec:
    """How the limits of a funnel are drawn.

    Attributes
    ----------
    over_dispersion : str
        ``none``: limits of chance alone. ``additive``: wider by the winsorised tau2.
        ``multiplicative``: wider by the square root of the winsorised phi.
    winsorise : float
        Share of the units cut at either end when over-dispersion is estimated.
    target : float or None
        Value around which the funnel stands, such as that of the city; None for the pooled
        value of the units.

    Raises
    ------
    SettingsError
        When the way of over-dispersion is unknown, the share is out of range, or the target is
        no finite number.
    """

    over_dispersion: OverDispersion
    winsorise: float = 0.1
    target: float | None = None

    def __post_init__(self) -> None:
        if self.over_dispersion not in METHODS or not 0 <= self.winsorise < 0.5:
            raise SettingsError(
                f"Over-dispersion is set to {self.over_dispersion!r}, cut at {self.winsorise} "
                f"of either end. It needs one of {', '.join(METHODS)}, and a share from 0 to "
                "below 0.5. Correct it.",
                f"过度离散处理设为“{self.over_dispersion}”，两端各截 {self.winsorise}。"
                f"应为 {', '.join(METHODS)} 之一，截断比例应在 0 与 0.5 之间。请更正。",
            )
        if self.target is not None and not np.isfinite(self.target):
            raise SettingsError(
                f"The funnel stands around {self.target}. The target must be a finite number, "
                "or left out for the pooled value of the units. Correct it.",
                f"漏斗图的目标值为 {self.target}，须为有限数；留空则取各单位的合并值。请更正。",
            )


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel plot as a table.

    Attributes
    ----------
    units : DataFrame
        FUNNEL rows, in the order of the input.
    shape : FunnelShape
        What its lines follow from; ``limits_at`` draws them.
    """

    units: pd.DataFrame
    shape: FunnelShape


def compute_rate_funnel(indicators: pd.DataFrame, *, spec: FunnelSpec) -> Funnel:
    """Compute the funnel of a share of pupils, such as a pass rate.

    Parameters
    ----------
    indicators : DataFrame
        INDICATORS rows of one exam, subject and rate, one row per unit of a level. Rows that
        are not ``ok`` keep their status, and count for nothing.
    spec : FunnelSpec
        How the limits are drawn.

    Raises
    ------
    DataError
        When the rows are of several exams, subjects or indicators, not of a share, or ``ok``
        without a value.
    NotEstimableError
        With fewer than two units, or when nobody or everybody reaches the line.

    Examples
    --------
    >>> rows = {"unit": ["A", "B", "C"], "estimate": [0.44, 0.6, 0.76], "n_pupils": [50] * 3}
    >>> one = {"exam": "期末", "subject": "math", "indicator": "pass_rate", "status": "ok"}
    >>> figures = pd.DataFrame({**rows, **one}).assign(se=0.07, low=0.0, high=1.0)
    >>> funnel = compute_rate_funnel(
    ...     figures.assign(reliability=float("nan")), spec=FunnelSpec(over_dispersion="none")
    ... )
    >>> round(funnel.shape.target, 3), funnel.units["flag"].tolist()
    (0.6, ['below_95', 'inside', 'above_95'])
    """
    figures = _checked(indicators, low=0.0, high=1.0)
    pooled = _pooled(figures)
    target = pooled if spec.target is None else spec.target
    if target <= 0 or target >= 1:
        raise NotEstimableError(
            f"The target rate is {target:.3g}. Limits need one above 0 and below 1: otherwise "
            "no unit can differ by chance. Choose another line or subject.",
            f"目标比率为 {target:.3g}。控制限要求其大于 0 且小于 1，否则无从比较。"
            "请更换分数线或学科。",
        )
    sd = float(np.sqrt(target * (1 - target)))
    return _funnel(figures, target=target, sd=sd, is_rate=True, spec=spec)


def compute_mean_funnel(indicators: pd.DataFrame, *, sd: float, spec: FunnelSpec) -> Funnel:
    """Compute the funnel of a mean whose standard deviation between pupils is known.

    Parameters
    ----------
    indicators : DataFrame
        INDICATORS rows of one exam, subject and mean, one row per unit of a level.
    sd : float
        Standard deviation of pupils, in the unit of the mean: within schools, or of the
        population for limits that treat a school as a sample of it.
    spec : FunnelSpec
        How the limits are drawn.

    Raises
    ------
    DataError
        When the rows are of several exams, subjects or indicators, or ``ok`` without a value.
    NotEstimableError
        With fewer than two units, or a standard deviation that is not above 0.

    Examples
    --------
    >>> rows = {"unit": ["A", "B"], "estimate": [70.0, 80.0], "n_pupils": [100, 100]}
    >>> one = {"exam": "期末", "subject": "math", "indicator": "mean", "status": "ok"}
    >>> figures = pd.DataFrame({**rows, **one}).assign(se=2.0, low=0.0, high=1.0)
    >>> funnel = compute_mean_funnel(
    ...     figures.assign(reliability=float("nan")), sd=20.0, spec=FunnelSpec("none")
    ... )
    >>> funnel.units["low_95"].round(2).tolist(), funnel.units["flag"].tolist()
    ([71.08, 71.08], ['below_95', 'above_95'])
    """
    figures = _checked(indicators, low=-np.inf, high=np.inf)
    if not (np.isfinite(sd) and sd > 0):
        raise NotEstimableError(
            f"The standard deviation of pupils is {sd:.3g}. A funnel of means needs one above "
            "0. Choose another subject.",
            f"学生成绩标准差为 {sd:.3g}，均值漏斗图要求其大于 0。请换一个学科。",
        )
    target = _pooled(figures) if spec.target is None else spec.target
    return _funnel(figures, target=target, sd=sd, is_rate=False, spec=spec)


def _checked(indicators: pd.DataFrame, *, low: float, high: float) -> pd.DataFrame:
    INDICATORS.require(indicators)
    kinds = indicators[["exam", "subject", "indicator"]].drop_duplicates()
    if len(kinds) > 1:
        found = "; ".join("/".join(map(str, kind)) for kind in kinds.to_numpy()[:5])
        raise DataError(
            f"A funnel shows one figure; these rows are of {len(kinds)} ({found}). Choose one "
            "exam, subject and indicator.",
            f"漏斗图只显示一个指标，现有 {len(kinds)} 个（{found}）。"
            "请选定一次考试、一个学科和一个指标。",
        )
    value = indicators["estimate"].to_numpy(float)
    unknown = int((_is_known(indicators) & ~np.isfinite(value)).sum())
    if unknown:
        raise DataError(
            f"Figures that are ok but have no finite value: {unknown} of {len(indicators)}. "
            "Compute them again, or set their status.",
            f"状态为 ok 却没有有限数值的指标：{unknown} 个，共 {len(indicators)} 个。"
            "请重新计算或更正状态。",
        )
    above, below = int((value > high).sum()), int((value < low).sum())
    if above or below:
        raise DataError(
            f"Shares of pupils above 1: {above} of {len(indicators)}, below 0: {below}. This "
            "funnel needs a rate. Use the funnel of means.",
            f"大于 1 的比率：{len(indicators)} 个中有 {above} 个，小于 0 的 {below} 个。"
            "此漏斗图要求比率，请改用均值漏斗图。",
        )
    return indicators.reset_index(drop=True)


def _is_known(figures: pd.DataFrame) -> NDArray[np.bool_]:
    known = (figures["status"] == "ok") & (figures["n_pupils"].fillna(0) > 0)
    return known.to_numpy(bool)


def _pooled(figures: pd.DataFrame) -> float:
    known = figures[_is_known(figures)]
    n = known["n_pupils"].to_numpy(float)
    return float(n @ known["estimate"].to_numpy(float) / n.sum()) if n.size else float("nan")


def _funnel(
    figures: pd.DataFrame, *, target: float, sd: float, is_rate: bool, spec: FunnelSpec
) -> Funnel:
    known = _is_known(figures)
    n = figures["n_pupils"].to_numpy(float, na_value=np.nan)[known]
    value = figures["estimate"].to_numpy(float)[known]
    found = estimate_dispersion(
        value, se=sd / np.sqrt(n), target=target, winsorise=spec.winsorise
    )
    shape = FunnelShape(
        target=target,
        sd=sd,
        is_rate=is_rate,
        over_dispersion=spec.over_dispersion,
        phi=found.phi,
        phi_winsorised=found.phi_winsorised,
        tau2=found.tau2,
        tau2_winsorised=found.tau2_winsorised,
    )
    limits = limits_at(n, shape=shape)
    columns = pd.DataFrame(
        {
            "z": found.z,
            "low_998": limits.low_998,
            "low_95": limits.low_95,
            "high_95": limits.high_95,
            "high_998": limits.high_998,
            "flag": pd.Series(_flags(value, limits=limits), dtype="str"),
        }
    ).set_index(np.flatnonzero(known))
    own = figures[["unit", "n_pupils", "estimate", "status"]]
    return Funnel(units=own.join(columns)[FUNNEL.names], shape=shape)


def _flags(value: Floats, *, limits: FunnelLimits) -> list[str]:
    place = (
        2
        - (value < limits.low_95 - ON_LIMIT).astype(int)
        - (value < limits.low_998 - ON_LIMIT)
        + (value > limits.high_95 + ON_LIMIT)
        + (value > limits.high_998 + ON_LIMIT)
    )
    return [FLAGS[k] for k in place]
