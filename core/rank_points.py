"""Rank points (新宾): sorted best first, the first place has N points, each next one less.

    points    N - (place - 1), place 1 being the best value; ties as the scheme says
    result    sum over the indicators of weight x points

All arithmetic is in decimals, so that sums such as 0.4 x 15 + 0.3 x 14 + 0.3 x 15 which are
equal on paper are equal here. What the sources leave open is a setting: ties share the better
points or the mean of their places; beyond N places points go on to 0 and below, or stop at a
floor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pandas as pd

from core.errors import DataError, SettingsError
from core.indicator_direction import Better, require_better

Ties = Literal["better", "mean"]

TIES: tuple[Ties, ...] = ("better", "mean")


@dataclass(frozen=True, slots=True)
class PointIndicator:
    """An indicator of a rank-point scheme.

    Attributes
    ----------
    name : str
        Column of the table of indicators.
    weight : Decimal
        0 or more.
    better : {"higher", "lower"}

    Raises
    ------
    SettingsError
        When ``better`` is anything else.
    """

    name: str
    weight: Decimal
    better: Better = "higher"

    def __post_init__(self) -> None:
        require_better(self.better, of=self.name)


@dataclass(frozen=True, slots=True)
class RankPointScheme:
    """How places become points and points a result.

    Attributes
    ----------
    name : str
    indicators : tuple of PointIndicator
        Weights that sum to exactly 1.
    first_points : int
        Points of the first place, at least 1.
    ties : {"better", "mean"}
        Equal values share the points of the best place among them, or the mean of their places.
    floor : Decimal or None
        Least points of a place; None lets them go below 0 in groups of more units.

    Raises
    ------
    SettingsError
        When weights do not sum to 1, one is negative or not finite, a name stands twice, or a
        setting is out of range.
    """

    name: str
    indicators: tuple[PointIndicator, ...]
    first_points: int
    ties: Ties = "better"
    floor: Decimal | None = None

    def __post_init__(self) -> None:
        weights = [indicator.weight for indicator in self.indicators]
        names = {indicator.name for indicator in self.indicators}
        finite = [weight for weight in weights if Decimal(weight).is_finite()]
        total, endless = sum(finite, Decimal(0)), len(weights) - len(finite)
        negative = sum(weight < 0 for weight in finite)
        if total != 1 or negative or endless or len(names) < len(weights):
            raise SettingsError(
                f"Weights of {self.name} must be 0 or more and sum to exactly 1, each "
                f"indicator once (found: sum {total}, negative {negative}, indicators "
                f"{len(weights)}, different names {len(names)}, not finite {endless}). "
                "Correct them.",
                f"“{self.name}”的权重须不小于 0、总和恰为 1 且指标不重复（现总和 {total}，"
                f"负值 {negative} 个，指标 {len(weights)} 个，不同名称 {len(names)} 个，"
                f"非有限数 {endless} 个）。请更正。",
            )
        has_floor = self.floor is None or Decimal(self.floor).is_finite()
        if self.first_points < 1 or self.ties not in TIES or not has_floor:
            raise SettingsError(
                f"{self.name} gives {self.first_points} points to the first place, ties "
                f"{self.ties!r}, floor {self.floor}. Choose 1 point or more, ties of: "
                f"{' '.join(TIES)}, and a finite floor or none.",
                f"“{self.name}”第一名得 {self.first_points} 分，并列规则 {self.ties!r}，"
                f"最低分 {self.floor}。第一名至少 1 分，并列规则须为：{' '.join(TIES)}，"
                "最低分须为有限数或不设。",
            )


XINBIN_JUNIOR = RankPointScheme(
    name="新宾初中教育质量考核",
    indicators=(
        PointIndicator("mean", Decimal("0.4")),
        PointIndicator("admission_rate", Decimal("0.3")),
        PointIndicator("outflow_rate", Decimal("0.3"), "lower"),
    ),
    first_points=15,
)
"""A5, A6: mean 40 %, admission rate 30 %, outflow rate 30 %."""

XINBIN_PRIMARY = RankPointScheme(
    name="新宾小学教育质量考核",
    indicators=(
        PointIndicator("mean_term_1", Decimal("0.5")),
        PointIndicator("mean_term_2", Decimal("0.5")),
    ),
    first_points=16,
)
"""A7: the two quality tests of grade 6, half each."""


def rank_points(
    values: Sequence[Decimal | None], *, scheme: RankPointScheme, better: Better = "higher"
) -> tuple[Decimal | None, ...]:
    """Return the points of one indicator's values; None where there is none.

    Parameters
    ----------
    values : sequence of Decimal or None
        A unit without a value takes no place from others.
    scheme : RankPointScheme
        Its points of the first place, ties and floor.
    better : {"higher", "lower"}

    Raises
    ------
    DataError
        When a value is not finite, which has no place.
    SettingsError
        When ``better`` is neither of the two.

    Examples
    --------
    >>> scheme = RankPointScheme("A", (PointIndicator("mean", Decimal(1)),), first_points=15)
    >>> [int(p) for p in rank_points([Decimal(8), Decimal(9), Decimal(8)], scheme=scheme)]
    [14, 15, 14]
    """
    require_better(better, of=scheme.name)
    endless = sum(value is not None and not Decimal(value).is_finite() for value in values)
    if endless:
        raise DataError(
            f"Values without a place, NaN or infinite: {endless} of {len(values)}. Rank points "
            "need finite values, and None where there is none. Correct them.",
            f"无法排名次的数值（NaN 或无穷大）：{endless} 个，共 {len(values)} 个。"
            "名次赋分要求有限数，缺失请留空。请更正。",
        )
    known = sorted((v for v in values if v is not None), reverse=better == "higher")
    by_place = [_points_of(place, scheme=scheme) for place in range(len(known))]
    points: dict[Decimal, Decimal] = {}
    for value, best in zip(known, by_place, strict=True):
        points.setdefault(value, best)
    if scheme.ties == "mean":
        for value in points:
            shared = [p for v, p in zip(known, by_place, strict=True) if v == value]
            points[value] = sum(shared, Decimal(0)) / len(shared)
    return tuple(None if value is None else points[value] for value in values)


def compute_rank_points(indicators: pd.DataFrame, *, scheme: RankPointScheme) -> pd.DataFrame:
    """Compute points, result and rank of units by a rank-point scheme.

    Parameters
    ----------
    indicators : DataFrame
        ``unit`` and one column of Decimal or None per indicator of the scheme, as
        ``compute_base_rates`` returns them; all units of one comparison group.
    scheme : RankPointScheme

    Returns
    -------
    DataFrame
        Best first, units with equal results in the order of the input: ``unit``,
        ``points_<indicator>`` and ``result`` (Decimal or None), ``rank`` (1, 2, 2, 4; null
        without a result), ``status``: ok, or not_estimable for a unit that lacks an indicator.

    Raises
    ------
    DataError
        When a column is missing, units repeat, or a value is a float, which would not be exact,
        NaN or infinite.

    Examples
    --------
    >>> rates = pd.DataFrame({"unit": ["S", "T"], "mean": [Decimal(61), Decimal(62)]})
    >>> scheme = RankPointScheme("A", (PointIndicator("mean", Decimal(1)),), first_points=15)
    >>> compute_rank_points(rates, scheme=scheme)[["unit", "rank"]].to_numpy().tolist()
    [['T', 1], ['S', 2]]
    """
    _require_decimals(indicators, scheme=scheme)
    points = {
        f"points_{indicator.name}": rank_points(
            list(indicators[indicator.name]), scheme=scheme, better=indicator.better
        )
        for indicator in scheme.indicators
    }
    weights = [indicator.weight for indicator in scheme.indicators]
    results = [_result(row, weights=weights) for row in zip(*points.values(), strict=True)]
    reached = [result for result in results if result is not None]
    ranks = [None if r is None else 1 + sum(other > r for other in reached) for r in results]
    columns = {**points, "result": results}
    table = pd.DataFrame(
        {"unit": indicators["unit"].to_numpy()}
        | {name: pd.Series(list(column), dtype=object) for name, column in columns.items()}
        | {"rank": pd.Series(ranks, dtype="Int64")}
    )
    table["status"] = table["rank"].isna().map({False: "ok", True: "not_estimable"})
    return table.sort_values("rank", kind="stable", ignore_index=True)


def _points_of(place: int, *, scheme: RankPointScheme) -> Decimal:
    points = Decimal(scheme.first_points - place)
    return points if scheme.floor is None else max(points, scheme.floor)


def _result(points: Sequence[Decimal | None], *, weights: Sequence[Decimal]) -> Decimal | None:
    known = [p * w for p, w in zip(points, weights, strict=True) if p is not None]
    return sum(known, Decimal(0)) if len(known) == len(weights) else None


def _require_decimals(indicators: pd.DataFrame, *, scheme: RankPointScheme) -> None:
    names = [indicator.name for indicator in scheme.indicators]
    missing = [name for name in ("unit", *names) if name not in indicators]
    repeated = 0 if "unit" in missing else int(indicators["unit"].duplicated().sum())
    inexact = sum(
        value is not None and not isinstance(value, Decimal)
        for name in names
        if name not in missing
        for value in indicators[name]
    )
    if not missing and not repeated and not inexact:
        return
    named = ", ".join(missing) or "-"
    raise DataError(
        f"Rank points need one row per unit with exact decimals (missing columns: {named}; "
        f"repeated units: {repeated}; values that are no decimals: {inexact}). Compute the "
        "indicators over the base count.",
        f"名次赋分要求每个单位一行且数值为精确小数（缺少的列：{named}；"
        f"重复的单位 {repeated} 个；非精确小数 {inexact} 个）。请按基准数计算指标。",
    )
