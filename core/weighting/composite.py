"""Composite of indicators by a weight scheme: ranks within groups, what they owe to weights.

The rank interval and the probability come from perturbed weights. They are a sensitivity range,
not a confidence interval 敏感性区间，不是置信区间: the indicators are taken as exact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.numerics.rank import bottom_count
from core.numerics.rank_draws import (
    BLOCK_DRAWS,
    RankCounts,
    RankSummary,
    count_ranks,
    summarise_rank_counts,
)
from core.table import Table, integer, number, text
from core.weighting.aggregate import rank_composite
from core.weighting.composite_notices import notices_of
from core.weighting.effective import effective_weights
from core.weighting.notice import Notice
from core.weighting.prepare import (
    ComparedGroup,
    WideIndicators,
    compared_groups,
    missing_indicators,
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
    *_, whole = refine_composite(
        indicators, scheme=scheme, groups=groups, perturbation=perturbation, rng=rng
    )
    return whole


def refine_composite(
    indicators: pd.DataFrame | WideIndicators,
    *,
    scheme: WeightScheme,
    groups: pd.Series,
    perturbation: Perturbation,
    rng: np.random.Generator,
) -> Iterator[Composite]:
    """Yield the composite after every 2,000 draws of weights, until all are drawn.

    Only rank intervals and probabilities change from one to the next; the last one is that of
    ``compute_composite``. Parameters and errors are the same.
    """
    wide = indicators
    if isinstance(wide, pd.DataFrame):
        wide = widen_indicators(wide, keys=scheme.keys)
    compared = list(compared_groups(wide, scheme=scheme, groups=groups))
    units = missing_indicators(wide, scheme=scheme, groups=groups)
    units = units.assign(group=groups.astype(str))
    weights = pd.concat([_weights(group, scheme=scheme) for group in compared])
    notices = tuple(notices_of(scheme, weights=weights, compared=compared))
    for summaries in _summaries(compared, perturbation=perturbation, rng=rng):
        pairs = zip(compared, summaries, strict=True)
        figures = pd.concat([_figures(group, summary) for group, summary in pairs])
        yield Composite(
            units=_with_figures(units, figures),
            weights=weights.reset_index(drop=True),
            notices=notices,
        )


def _with_figures(units: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the COMPOSITES rows."""
    rows = units.join(figures)
    judged = rows.pop("is_judged").eq(True)
    status = rows["status"].mask((rows["status"] == "ok") & ~judged, "not_judged")
    rows = rows.assign(status=status, unit=rows.index)[COMPOSITES.names]
    return COMPOSITES.require(rows.reset_index(drop=True))


def _summaries(
    compared: Sequence[ComparedGroup], *, perturbation: Perturbation, rng: np.random.Generator
) -> Iterator[list[RankSummary | None]]:
    """Yield the ranks of every group over the draws so far; None of fewer than two units."""
    weights = compared[0].terms.weights
    counts: list[RankCounts | None] = [None] * len(compared)
    for start in range(0, perturbation.n_draws, BLOCK_DRAWS):
        n_draws = min(BLOCK_DRAWS, perturbation.n_draws - start)
        draws = perturb_weights(weights, spread=perturbation.spread, n_draws=n_draws, rng=rng)
        counts = [
            _counted(before, group, draws=draws)
            for before, group in zip(counts, compared, strict=True)
        ]
        yield [
            None
            if ranks is None
            else summarise_rank_counts(
                ranks, n_bottom=bottom_count(len(group.units)), level=perturbation.level
            )
            for ranks, group in zip(counts, compared, strict=True)
        ]


def _counted(
    before: RankCounts | None, group: ComparedGroup, *, draws: np.ndarray
) -> RankCounts | None:
    if len(group.units) < 2:
        return None
    found = count_ranks(score_blocks(group.terms.value, draws=draws))
    return found if before is None else before.joined(found)


def _figures(group: ComparedGroup, summary: RankSummary | None) -> pd.DataFrame:
    """Return the figures of the compared units of a group, indexed by unit."""
    n_bottom = bottom_count(len(group.units))
    names = ["composite", "rank", "rank_low", "rank_high", "p_bottom20", "is_judged"]
    if summary is None:
        empty = pd.DataFrame(np.nan, index=group.units, columns=names).assign(is_judged=False)
        return empty.astype(dict.fromkeys(names[1:4], "Int64"))
    composite = group.terms.composite
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
