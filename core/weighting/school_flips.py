"""Flip paths of the schools: which small change of one weight moves each across the line."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from core.numerics.rank import bottom_count
from core.table import Table, number, text
from core.weighting.flip_path import find_flip_paths
from core.weighting.prepare import (
    ComparedGroup,
    WideIndicators,
    compared_groups,
    missing_indicators,
    widen_indicators,
)
from core.weighting.scheme import WeightScheme

FLIPS = Table(
    "FLIPS",
    "smallest change of one weight, others in proportion, that takes a unit across the line",
    ("unit",),
    (
        text("unit", "code of the organisation unit"),
        text("group", "comparison group"),
        text("now", "in (the bottom 20 %) or out of it", nullable=True),
        text("indicator", "key of the indicator whose weight changes", nullable=True),
        number("from_weight", "its weight in the scheme, 0 to 1"),
        number("to_weight", "its weight just past the crossing; a tie is the better place"),
        number("change", "to_weight less from_weight"),
        text(
            "status",
            "ok impossible (no single weight does it) not_judged suppressed low_coverage "
            "not_estimable",
        ),
    ),
)


def compute_flips(
    indicators: pd.DataFrame | WideIndicators,
    *,
    scheme: WeightScheme,
    groups: pd.Series,
    of: Collection[str] | None = None,
) -> pd.DataFrame:
    """Compute each school's flip path across the line of the bottom 20 % of its group.

    Parameters
    ----------
    indicators : DataFrame or WideIndicators
        As in ``compute_composite``.
    scheme : WeightScheme
        The weight that changes is that of one indicator in the composite, whatever its node.
    groups : Series
        Comparison group of each unit, indexed by unit.
    of : collection of str, optional
        Units whose paths are asked for, all if not given; all are compared in any case.

    Returns
    -------
    DataFrame
        FLIPS rows of these units, in the order of the groups' index.

    Raises
    ------
    SettingsError, DataError
        As in ``compute_composite``.

    Examples
    --------
    >>> from core.weighting.scheme import IndicatorTree, Leaf
    >>> tree = IndicatorTree((Leaf("z", "total", 0.8), Leaf("value_added", "total", 0.2)))
    >>> scheme = WeightScheme("A", "1", "office", "trial", "", tree, "min_max")
    >>> columns = {"total.z": [4, 3, 2, 1, 0], "total.value_added": [0, 1, 2, 3, 4]}
    >>> value = pd.DataFrame(columns, index=list("abcde"), dtype=float)
    >>> wide = WideIndicators(value, value.notna().replace({True: "ok"}))
    >>> groups = pd.Series("primary", index=value.index)
    >>> flips = compute_flips(wide, scheme=scheme, groups=groups).set_index("unit")
    >>> flips.loc["e", ["now", "indicator"]].tolist(), flips["to_weight"].round(4).tolist()[-1]
    (['in', 'total.z'], 0.5)
    """
    wide = indicators
    if isinstance(wide, pd.DataFrame):
        wide = widen_indicators(wide, keys=scheme.keys)
    asked = groups if of is None else groups[groups.index.isin(list(of))]
    compared = compared_groups(wide, scheme=scheme, groups=groups)
    figures = [_flips(group, of=asked.index) for group in compared]
    units = missing_indicators(wide, scheme=scheme, groups=asked)
    found = pd.concat(figures).reindex(asked.index)
    status = units["status"].where(units["status"] != "ok", found["status"])
    rows = found.assign(group=asked.astype(str), status=status, unit=asked.index)
    return FLIPS.require(rows[FLIPS.names].reset_index(drop=True))


def _flips(group: ComparedGroup, *, of: pd.Index) -> pd.DataFrame:
    n_bottom, weights = bottom_count(len(group.units)), group.terms.weights
    rows = np.flatnonzero(group.units.isin(of))
    paths = find_flip_paths(group.terms.value, weights=weights, n_bottom=n_bottom, of=rows)
    units = group.units[rows]
    exists = paths.indicator >= 0
    names = pd.Series(group.keys, dtype="str").reindex(paths.indicator)
    status = np.where(exists, "ok", "impossible" if n_bottom else "not_judged")
    now = np.where(paths.in_bottom, "in", "out")
    return pd.DataFrame(
        {
            "now": pd.Series(now if n_bottom else None, index=units, dtype="str"),
            "indicator": names.to_numpy(),
            "from_weight": np.where(exists, weights[paths.indicator], np.nan),
            "to_weight": paths.to_weight,
            "change": paths.change,
            "status": status,
        },
        index=units,
    )
