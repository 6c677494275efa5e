"""Small schemes and tables of indicators for the tests of weights."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.weighting.prepare import WideIndicators
from core.weighting.scheme import (
    Aggregation,
    IndicatorTree,
    Leaf,
    Node,
    Normalisation,
    WeightScheme,
)

Floats = NDArray[np.float64]


def scheme_of(
    *parts: Leaf | Node, normalisation: Normalisation = "z", aggregation: Aggregation = "mean"
) -> WeightScheme:
    """Return a scheme of the parts."""
    tree = IndicatorTree(parts)
    return WeightScheme("A", "1", "office", "trial", "", tree, normalisation, aggregation)


def leaves_of(weights: Sequence[float]) -> list[Leaf]:
    """Return leaves k0, k1, .. of the total with these weights."""
    return [Leaf(f"k{i}", "total", weight) for i, weight in enumerate(weights)]


def wide_of(value: Floats | pd.DataFrame) -> WideIndicators:
    """Return the values side by side, units u0, u1, .., indicators total.k0, total.k1, ..."""
    table = pd.DataFrame(value)
    table.columns = pd.Index([f"total.k{i}" for i in range(table.shape[1])])
    table.index = pd.Index([f"u{j}" for j in range(len(table))], dtype="str")
    status = table.notna().replace({True: "ok", False: "not_estimable"})
    return WideIndicators(table, status)


def one_group(wide: WideIndicators) -> pd.Series:
    """Put all units into one comparison group."""
    return pd.Series("junior", index=wide.value.index)


def indicator_rows(figures: Mapping[tuple[str, str, str], float | None]) -> pd.DataFrame:
    """Return INDICATORS rows of (unit, subject, indicator): estimate; None is not estimable."""
    rows = [
        {
            "unit": unit,
            "exam": "spring",
            "subject": subject,
            "indicator": indicator,
            "estimate": estimate,
            "status": "ok" if estimate is not None else "not_estimable",
        }
        for (unit, subject, indicator), estimate in figures.items()
    ]
    unknown = dict.fromkeys(("se", "low", "high", "reliability"), np.nan)
    return pd.DataFrame(rows).astype({"estimate": float}).assign(n_pupils=30, **unknown)
