"""Composite of indicators by a weight scheme: ranks within groups, what they owe to weights.

The rank interval and the probability come from perturbed weights. They are a sensitivity range,
not a confidence interval 敏感性区间，不是置信区间: the indicators are taken as exact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.indicator_direction import known_direction
from core.numerics.rank import bottom_count
from core.numerics.rank_draws import summarise_ranks
from core.table import Table, integer, number, text
from core.weighting.aggregate import rank_composite
from core.weighting.effective import effective_weights
from core.weighting.notice import Notice
from core.weighting.prepare import (
    ComparedGroup,
    WideIndicators,
    compared_groups,
    missing_indicators,
    used_leaves,
    widen_indicators,
)
from core.weighting.scheme import WeightScheme
from core.weighting.sensitivity import Perturbation, perturb_weights, score_blocks

COMPOSITES = Table(
    "COMPOSITES",
    "composite of the units by one weight scheme, ranked within comparison groups",
    ("unit",),
    (
        text("unit", "code of the organisation unit"),
        text("group", "comparison group"),
        number("composite", "higher is better; scale of the normalisation"),
        integer("rank", "competition rank inside the group, 1 is best", nullable=True),
        integer("rank_low", "best end of the rank interval over weights", nullable=True),
        integer("rank_high", "worst end of the rank interval over weights", nullable=True),
        number("p_bottom20", "share of perturbed weights that put it in the bottom 20 %"),
        text("missing", "indicators with weight that it lacks, joined by ;"),
        text("status", "ok not_judged (group under 5) suppressed low_coverage not_estimable"),
    ),
)

EFFECTIVE_WEIGHTS = Table(
    "EFFECTIVE_WEIGHTS",
    "what each indicator is said to count and what it decides, per comparison group",
    ("group", "indicator"),
    (
        text("group", "comparison group"),
        text("indicator", "key of the indicator, subject.indicator"),
        number("nominal", "weight in the composite, 0 to 1", nullable=False),
        number("effective", "share of the composite's variance; sums to 1, may be negative"),
        text("status", "ok no_spread (the indicator is constant) not_estimable"),
    ),
)

ACTS_OTHERWISE = 0.1
"""Difference of effective and nominal weight from which a notice is given."""


@dataclass(frozen=True, slots=True)
class Composite:
    """A composite and how its weights act.

    Attributes
    ----------
    units : DataFrame
        COMPOSITES rows, in the order of the groups' index.
    weights : DataFrame
        EFFECTIVE_WEIGHTS rows, group by group, in the order of the scheme.
    notices : tuple of Notice
        Indicators that count against their known direction, weights that act otherwise than
        they say, constant indicators, and schools that set the scale of ``share_of_best``.
    """

    units: pd.DataFrame
    weights: pd.DataFrame
    notices: tuple[Notice, ...]


def compute_composite(
    indicators: pd.DataFrame | WideIndicators,
    *,
    scheme: WeightScheme,
    groups: pd.Series,
    perturbation: Perturbation,
    rng: np.random.Generator,
) -> Composite:
    """Compute the composite, ranks within groups, their sensitivity and effective weights.

    Parameters
    ----------
    indicators : DataFrame or WideIndicators
        INDICATORS rows of one exam, or the same side by side. Figures as they are: a rate that
        is told as a range has none, and its unit would be left out.
    scheme : WeightScheme
    groups : Series
        Comparison group of each unit, indexed by unit. Only these units are compared, each
        within its group; units without rows are listed.
    perturbation : Perturbation
    rng : Generator
        Of the draws of weights, which are shared by all groups.

    Raises
    ------
    SettingsError
        When an indicator has no rows, or normalisation, aggregation or perturbation do not
        suit the values.
    DataError
        When the rows are of several exams.

    Examples
    --------
    >>> from core.weighting.scheme import IndicatorTree, Leaf
    >>> tree = IndicatorTree((Leaf("z", "total", 0.5), Leaf("value_added", "total", 0.5)))
    >>> scheme = WeightScheme("A", "1", "office", "trial", "", tree)
    >>> columns = {"total.z": [1.0, 0.0, -1.0], "total.value_added": [0.3, 0.0, 0.2]}
    >>> value = pd.DataFrame(columns, index=["s1", "s2", "s3"])
    >>> wide = WideIndicators(value, value.notna().replace({True: "ok"}))
    >>> result = compute_composite(
    ...     wide,
    ...     scheme=scheme,
    ...     groups=pd.Series("primary", index=value.index),
    ...     perturbation=Perturbation(n_draws=100),
    ...     rng=np.random.default_rng(1),
    ... )
    >>> result.units["rank"].tolist(), result.units["status"].unique().tolist()
    ([1, 3, 2], ['not_judged'])
    """
    wide = indicators
    if isinstance(wide, pd.DataFrame):
        wide = widen_indicators(wide, keys=scheme.keys)
    compared = list(compared_groups(wide, scheme=scheme, groups=groups))
    used = scheme.weights[scheme.weights > 0]
    draws = perturb_weights(
        used, spread=perturbation.spread, n_draws=perturbation.n_draws, rng=rng
    )
    figures = [_figures(group, draws=draws, level=perturbation.level) for group in compared]
    weights = pd.concat([_weights(group, scheme=scheme) for group in compared])
    units = missing_indicators(wide, scheme=scheme, groups=groups)
    units = units.assign(group=groups.astype(str)).join(pd.concat(figures))
    judged = units.pop("is_judged").eq(True)
    status = units["status"].mask((units["status"] == "ok") & ~judged, "not_judged")
    units = units.assign(status=status, unit=units.index)[COMPOSITES.names]
    return Composite(
        units=COMPOSITES.require(units.reset_index(drop=True)),
        weights=weights.reset_index(drop=True),
        notices=(
            *_direction_notices(scheme),
            *_notices(weights),
            *_scale_notices(compared, scheme=scheme),
        ),
    )


def _figures(group: ComparedGroup, *, draws: np.ndarray, level: float) -> pd.DataFrame:
    """Return the figures of the compared units of a group, indexed by unit."""
    n_units, n_bottom = len(group.units), bottom_count(len(group.units))
    names = ["composite", "rank", "rank_low", "rank_high", "p_bottom20", "is_judged"]
    if n_units < 2:
        empty = pd.DataFrame(np.nan, index=group.units, columns=names).assign(is_judged=False)
        return empty.astype(dict.fromkeys(names[1:4], "Int64"))
    composite = group.terms.composite
    summary = summarise_ranks(
        score_blocks(group.terms.value, draws=draws), n_bottom=n_bottom, level=level
    )
    columns = {
        "composite": composite,
        "rank": rank_composite(composite),
        "rank_low": summary.rank_low,
        "rank_high": summary.rank_high,
        "p_bottom20": summary.p_bottom if n_bottom else np.nan,
        "is_judged": bool(n_bottom),
    }
    return pd.DataFrame(columns, index=group.units).astype(dict.fromkeys(names[1:4], "Int64"))


def _weights(group: ComparedGroup, *, scheme: WeightScheme) -> pd.DataFrame:
    decided = pd.Series(effective_weights(group.terms), index=list(group.keys))
    varies = pd.Series(group.has_spread, index=list(group.keys))
    effective = decided.reindex(scheme.keys, fill_value=0.0)
    status = np.where(varies.reindex(scheme.keys, fill_value=True), "ok", "no_spread")
    return pd.DataFrame(
        {
            "group": group.name,
            "indicator": scheme.keys,
            "nominal": scheme.weights,
            "effective": effective.to_numpy(),
            "status": np.where(effective.isna(), "not_estimable", status),
        }
    )


def _direction_notices(scheme: WeightScheme) -> Iterator[Notice]:
    words = {"higher": "越高越好", "lower": "越低越好"}
    for leaf in used_leaves(scheme):
        known = known_direction(leaf.indicator)
        if known is None or known == leaf.better:
            continue
        share = 100 * leaf.weight
        yield Notice(
            "against_direction",
            f"{leaf.key} has {share:.0f} % of the weight and counts as better when "
            f"{leaf.better}; it is better when {known}. Correct `better` in the scheme unless "
            "that is meant.",
            f"{leaf.key}（权重 {share:.0f} %）在方案中按“{words[leaf.better]}”计分，"
            f"而该指标{words[known]}。若非有意，请更正方案中的 better。",
        )


def _notices(weights: pd.DataFrame) -> Iterator[Notice]:
    columns = [weights[name].tolist() for name in EFFECTIVE_WEIGHTS.names]
    for where, name, said, decides, status in zip(*columns, strict=True):
        nominal, effective = 100 * said, 100 * decides
        if status == "no_spread":
            yield Notice(
                "no_spread",
                f"{name} is the same for all schools of {where}: its weight of {nominal:.0f} % "
                "decides nothing there.",
                f"{where} 各校的 {name} 相同，其 {nominal:.0f} % 的权重不起作用。",
            )
        elif status == "ok" and abs(decides - said) >= ACTS_OTHERWISE:
            yield Notice(
                "acts_otherwise",
                f"{name} is said to count {nominal:.0f} % in {where} and decides "
                f"{effective:.0f} % of the differences.",
                f"{where}：{name} 名义权重 {nominal:.0f} %，实际决定差异的 {effective:.0f} %。",
            )


def _scale_notices(
    compared: Sequence[ComparedGroup], *, scheme: WeightScheme
) -> Iterator[Notice]:
    """Tell per group how far shares of the best hang on a single school."""
    for group in compared if scheme.normalisation == "share_of_best" else ():
        if len(group.units) < 2:
            continue
        share = np.exp(group.terms.value) if group.terms.is_log else group.terms.value
        second = np.sort(share, axis=0)[-2]
        worst = int(second.argmin())
        name, unit = group.keys[worst], group.units[int(share[:, worst].argmax())]
        rise = 100 / second[worst] - 100 if second[worst] > 0 else np.inf
        yield Notice(
            "scale_set_by_best",
            f"One school sets the scale of each indicator. In {group.name}, {name} would rise "
            f"by {rise:.0f} % for all others without {unit}.",
            f"各指标的量尺由最好的一所学校决定。{group.name} 若不含 {unit}，"
            f"其余学校的 {name} 折算值将上升 {rise:.0f} %。",
        )
