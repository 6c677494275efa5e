"""Competition ranks of the units inside their comparison groups, subject by subject."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.attainment.figure import Figure, plain
from core.attainment.grid import Cells
from core.attainment.spec import Ranking
from core.errors import SettingsError

TIED = 9
"""Decimals to which figures are compared: two that differ by rounding share a rank."""


def rank_in_groups(
    cells: Cells, figures: Mapping[str, Figure], *, groups: pd.Series, ranking: Ranking
) -> Figure:
    """Return the rank of every unit in its group, 1 is best; NaN outside of any group.

    Raises
    ------
    SettingsError
        When the indicator to rank by is not computed.
    """
    from core.numerics.rank import competition_rank  # brings scipy.stats, slow to import

    by = figures.get(ranking.indicator)
    if by is None:
        raise SettingsError(
            f"Units are to be ranked by {ranking.indicator!r}, which is none of the "
            f"{len(figures)} computed figures. Choose one of: {', '.join(figures)}.",
            f"按“{ranking.indicator}”排名，但它不在已计算的 {len(figures)} 个指标之中。"
            f"请选用：{', '.join(figures)}。",
        )
    shape = len(cells.grid.units), len(cells.grid.subjects)
    value = by.estimate.round(TIED).reshape(shape)
    value = -value if ranking.lower_is_better else value
    group, names = pd.factorize(groups.reindex(cells.grid.units))
    rank = np.full(shape, np.nan)
    for g in range(len(names)):
        for s in range(shape[1]):
            rank[group == g, s] = competition_rank(value[group == g, s])
    return plain(rank.ravel(), n=by.n_pupils)
