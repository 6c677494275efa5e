"""One indicator over all cells, and how figures become rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.attainment.grid import Grid
from core.interval import normal_interval, wilson_interval

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator over all cells, shape (n_cells,); ``se`` NaN where it has none."""

    estimate: Floats
    se: Floats
    low: Floats
    high: Floats
    n_pupils: Indices


def plain(estimate: Floats, *, n: Indices) -> Figure:
    """Return a figure without a standard error."""
    unknown = np.full(estimate.shape, np.nan)
    return Figure(estimate=estimate, se=unknown, low=unknown, high=unknown, n_pupils=n)


def normal(estimate: Floats, *, se: Floats, n: Indices) -> Figure:
    """Return a figure with a normal interval."""
    ends = normal_interval(estimate, se=se)
    return Figure(estimate=estimate, se=se, low=ends.low, high=ends.high, n_pupils=n)


def share(count: Indices, *, n: Indices) -> Figure:
    """Return a share of pupils with Wilson's interval; NaN where there are none."""
    pupils = np.where(n > 0, n, np.nan)
    estimate = count / pupils
    ends = wilson_interval(count, n=n)
    se = np.sqrt(estimate * (1 - estimate) / pupils)
    return Figure(estimate=estimate, se=se, low=ends.low, high=ends.high, n_pupils=n)


def known_where(figure: Figure, known: NDArray[np.bool_]) -> Figure:
    """Return a figure that is NaN where it is not defined."""
    blank = {
        name: np.where(known, getattr(figure, name), np.nan)
        for name in ("estimate", "se", "low", "high")
    }
    return replace(figure, **blank)


def rows_of(figures: Mapping[str, Figure], *, grid: Grid, exam: str) -> pd.DataFrame:
    """Lay the figures out as INDICATORS, one row per cell and indicator."""
    n_figures = len(figures)
    columns = {
        name: np.stack([getattr(figure, name) for figure in figures.values()], axis=1).ravel()
        for name in ("estimate", "se", "low", "high", "n_pupils")
    }
    per_unit = len(grid.subjects) * n_figures
    subject = np.tile(np.repeat(np.arange(len(grid.subjects)), n_figures), len(grid.units))
    indicator = np.tile(np.arange(n_figures), grid.size)
    known = ~np.isnan(columns["estimate"])
    return pd.DataFrame(
        {
            "unit": _text(list(grid.units), np.repeat(np.arange(len(grid.units)), per_unit)),
            "exam": _text([exam], np.zeros(known.size, dtype=np.int64)),
            "subject": _text(list(grid.subjects), subject),
            "indicator": _text(list(figures), indicator),
            **columns,
            "reliability": np.full(known.size, np.nan),
            "status": _text(["not_estimable", "ok"], known.astype(np.int64)),
        }
    )


def _text(words: list[str], place: Indices) -> pd.Series:
    return pd.Series(words, dtype="str").take(place).reset_index(drop=True)
