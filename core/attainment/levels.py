"""Figures that every page shows: participation, mean, quantiles, four rates and z."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.attainment.figure import Figure, normal, plain, share
from core.attainment.grid import Cells, places, sum_over_units
from core.numerics.histogram import count_reaching, quantile_of
from core.standardise import HUNDREDTHS

Floats = NDArray[np.float64]

QUANTILES = {"p10": 0.1, "median": 0.5, "p90": 0.9}
LINES = {
    "excellent_rate": "excellent_line",
    "good_rate": "good_line",
    "pass_rate": "pass_line",
    "low_rate": "low_line",
}


def levels(cells: Cells, states: pd.DataFrame) -> Mapping[str, Figure]:
    """Return the figures by name, in the order of the rows."""
    return _participation(cells, states) | _centre(cells) | _rates(cells) | {"z": _z(cells)}


def _participation(cells: Cells, states: pd.DataFrame) -> dict[str, Figure]:
    grid, n_sat = cells.grid, cells.summary.n
    subject = places(states["subject"], index=grid.subjects)
    by_unit = sum_over_units(states, subject, width=len(grid.subjects), grid=grid)
    n_enrolled = by_unit.toarray().ravel()  # present, absent and every other state
    return {
        "n_enrolled": plain(n_enrolled.astype(float), n=n_enrolled),
        "n_sat": plain(n_sat.astype(float), n=n_sat),
        "participation": share(n_sat, n=n_enrolled),
    }


def _centre(cells: Cells) -> dict[str, Figure]:
    summary, full_mark = cells.summary, cells.paper("full_mark")
    n = summary.n
    quantiles = {
        name: plain(quantile_of(cells.scores, share=part) / HUNDREDTHS, n=n)
        for name, part in QUANTILES.items()
    }
    return {
        "mean": normal(summary.mean / HUNDREDTHS, se=summary.se / HUNDREDTHS, n=n),
        "sd": plain(summary.sd / HUNDREDTHS, n=n),
        "score_rate": normal(summary.mean / full_mark, se=summary.se / full_mark, n=n),
        **quantiles,
    }


def _rates(cells: Cells) -> dict[str, Figure]:
    n = cells.summary.n
    reached = {
        name: count_reaching(cells.scores, line=cells.paper(line))
        for name, line in LINES.items()
    }
    reached["low_rate"] = n - reached["low_rate"]  # low means below its line
    return {name: share(count, n=n) for name, count in reached.items()}


def _z(cells: Cells) -> Figure:
    population, summary = cells.population_summary, cells.summary
    mean, sd = cells.spread(population.mean), population_sd(cells)
    return normal((summary.mean - mean) / sd, se=summary.se / sd, n=summary.n)


def population_sd(cells: Cells) -> Floats:
    """Return the population's SD for every cell, NaN where nobody differs."""
    sd = cells.population_summary.sd
    return cells.spread(np.where(sd > 0, sd, np.nan))
