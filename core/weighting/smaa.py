"""SMAA 随机多准则可接受性分析: what the ranks would be under any weights at all.

For each unit: the share of all weights under which it takes each rank (acceptability), those
under which it is among the bottom 20 % or the first, and the typical weights that bring it
there (central weights). A school that no weights put into the bottom 20 % is not weak by a
choice of weights, nor is one that nearly all of them put there strong by another choice.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import SettingsError
from core.numerics.rank import bottom_count
from core.numerics.rank_draws import count_ranks
from core.table import Table, flag, integer, number, text
from core.weighting.prepare import (
    ComparedGroup,
    WideIndicators,
    compared_groups,
    widen_indicators,
)
from core.weighting.scheme import WeightScheme
from core.weighting.sensitivity import central_weights, draw_any_weights, score_blocks

Floats = NDArray[np.float64]

ACCEPTABILITY = Table(
    "ACCEPTABILITY",
    "share of all weights under which a unit takes a rank; ranks it never takes are left out",
    ("unit", "rank"),
    (
        text("unit", "code of the organisation unit"),
        text("group", "comparison group"),
        integer("rank", "1 is best"),
        number("share", "share of the weights, 0 to 1", nullable=False),
    ),
)

CENTRAL_WEIGHTS = Table(
    "CENTRAL_WEIGHTS",
    "typical weights that bring a unit to certain places of its group",
    ("unit", "places", "indicator"),
    (
        text("unit", "code of the organisation unit"),
        text("group", "comparison group"),
        text("places", "first bottom20"),
        text("indicator", "key of the indicator, subject.indicator"),
        number("weight", "mean of the weights that bring it there; null if none do"),
        number("share", "share of all weights that bring it there, 0 to 1"),
        flag("is_kept", "whether the typical weights themselves bring it there"),
    ),
)


@dataclass(frozen=True, slots=True)
class AnyWeights:
    """Ranks under any weights.

    Attributes
    ----------
    acceptability : DataFrame
        ACCEPTABILITY rows, group by group, unit by unit, best rank first.
    central : DataFrame
        CENTRAL_WEIGHTS rows; none of ``bottom20`` for groups under 5 units.
    """

    acceptability: pd.DataFrame
    central: pd.DataFrame


def compute_any_weights(
    indicators: pd.DataFrame | WideIndicators,
    *,
    scheme: WeightScheme,
    groups: pd.Series,
    n_draws: int,
    rng: np.random.Generator,
) -> AnyWeights:
    """Compute rank acceptability and central weights over all weights of a scheme's indicators.

    Parameters
    ----------
    indicators : DataFrame or WideIndicators
        As in ``compute_composite``.
    scheme : WeightScheme
        Its indicators with weight, normalisation and aggregation; its weights play no part.
    groups : Series
        Comparison group of each unit, indexed by unit.
    n_draws : int
        Weights to draw, at least 1.
    rng : Generator

    Raises
    ------
    SettingsError
        Without draws, or as in ``compute_composite``.
    DataError
        As in ``compute_composite``.

    Examples
    --------
    >>> from core.weighting.scheme import IndicatorTree, Leaf
    >>> tree = IndicatorTree((Leaf("z", "total", 0.5), Leaf("value_added", "total", 0.5)))
    >>> scheme = WeightScheme("A", "1", "office", "trial", "", tree)
    >>> columns = {"total.z": [1.0, 0.0, -1.0], "total.value_added": [0.3, 0.1, 0.0]}
    >>> value = pd.DataFrame(columns, index=["s1", "s2", "s3"])
    >>> result = compute_any_weights(
    ...     WideIndicators(value, value.notna().replace({True: "ok"})),
    ...     scheme=scheme,
    ...     groups=pd.Series("primary", index=value.index),
    ...     n_draws=50,
    ...     rng=np.random.default_rng(1),
    ... )
    >>> result.acceptability[["unit", "rank", "share"]].to_numpy().tolist()
    [['s1', 1, 1.0], ['s2', 2, 1.0], ['s3', 3, 1.0]]
    """
    if n_draws < 1:
        raise SettingsError(
            f"Weights to draw: {n_draws}. At least 1 is required; 10,000 give steady shares.",
            f"权重抽取次数为 {n_draws}，至少为 1；10,000 次可得稳定的占比。",
        )
    wide = indicators
    if isinstance(wide, pd.DataFrame):
        wide = widen_indicators(wide, keys=scheme.keys)
    compared = list(compared_groups(wide, scheme=scheme, groups=groups))
    draws = draw_any_weights(len(compared[0].keys), n_draws=n_draws, rng=rng)
    accepted = [_acceptability(group, draws=draws) for group in compared if len(group.units)]
    central = [
        _central(group, draws=draws, places=places)
        for group in compared
        for places in ("first", "bottom20")
        if places == "first" or bottom_count(len(group.units))
        if len(group.units)
    ]
    return AnyWeights(
        acceptability=_joined(accepted, ACCEPTABILITY),
        central=_joined(central, CENTRAL_WEIGHTS),
    )


def _joined(parts: list[pd.DataFrame], table: Table) -> pd.DataFrame:
    return table.require(pd.concat(parts, ignore_index=True)) if parts else table.empty()


def _acceptability(group: ComparedGroup, *, draws: Floats) -> pd.DataFrame:
    ranks = count_ranks(score_blocks(group.terms.value, draws=draws))
    unit, place = np.nonzero(ranks.counts)
    return pd.DataFrame(
        {
            "unit": group.units.to_numpy()[unit],
            "group": group.name,
            "rank": place + 1,
            "share": ranks.acceptability[unit, place],
        }
    )


def _central(group: ComparedGroup, *, draws: Floats, places: str) -> pd.DataFrame:
    n_units, n_keys = len(group.units), len(group.keys)
    first = 1 if places == "first" else n_units - bottom_count(n_units) + 1
    last = 1 if places == "first" else n_units
    centre = central_weights(group.terms.value, draws=draws, first=first, last=last)
    return pd.DataFrame(
        {
            "unit": np.repeat(group.units.to_numpy(), n_keys),
            "group": group.name,
            "places": places,
            "indicator": np.tile(group.keys, n_units),
            "weight": centre.weights.reshape(-1),
            "share": np.repeat(centre.share, n_keys),
            "is_kept": np.repeat(centre.is_kept, n_keys),
        }
    )
