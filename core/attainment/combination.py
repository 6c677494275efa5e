"""One score and several rates in one number: each divided by a reference, weighted, added.

    value = sum over parts k of    weight_k * part_k / reference_k

Part and reference are the mean or a rate; of low_rate it is the share that is not low, because
fewer low scores are better. Since every part is a mean over pupils, so is their sum: a pupil
counts weight / reference for each line reached, and the standard error is that of this mean,
with the references taken as known.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.attainment.figure import Figure, normal
from core.attainment.grid import Cells
from core.attainment.levels import LINES
from core.attainment.spec import AttainmentSpec, Combination
from core.numerics.histogram import count_reaching, summarise_values

Floats = NDArray[np.float64]


def combinations(cells: Cells, *, spec: AttainmentSpec) -> Mapping[str, Figure]:
    """Return the combinations of the spec by name; NaN where a reference is 0 or missing."""
    return {
        part.name: _combined(cells, combination=part, groups=spec.groups)
        for part in spec.combinations
    }


def _combined(cells: Cells, *, combination: Combination, groups: pd.Series | None) -> Figure:
    value = np.zeros(cells.scores.score.size)
    for part, weight in combination.weights:
        reference = (
            _group_best(cells, part=part, groups=groups)
            if combination.reference == "group_best" and groups is not None
            else cells.spread(_population_value(cells, part=part))
        )
        per_unit = weight / np.where(reference > 0, reference, np.nan)
        value += per_unit[cells.scores.group] * _counts_for(cells, part=part)
    summary = summarise_values(cells.scores, value=value)
    return normal(summary.mean, se=summary.se, n=summary.n)


def _counts_for(cells: Cells, *, part: str) -> Floats:
    """Return what each row of the cells' histograms adds to a part: its score, or 0 and 1."""
    if part == "mean":
        return cells.scores.score.astype(np.float64)
    line = cells.paper(LINES[part])[cells.scores.group]
    return (cells.scores.score >= line).astype(np.float64)


def _population_value(cells: Cells, *, part: str) -> Floats:
    if part == "mean":
        return cells.population_summary.mean
    n = cells.population_summary.n
    line = cells.papers[LINES[part]].to_numpy(np.int64)
    return count_reaching(cells.population, line=line) / np.where(n > 0, n, np.nan)


def _group_best(cells: Cells, *, part: str, groups: pd.Series) -> Floats:
    """Return the best value of a part in the comparison group of each cell."""
    own = summarise_values(cells.scores, value=_counts_for(cells, part=part)).mean
    group = groups.reindex(cells.grid.units).to_numpy()
    table = pd.DataFrame(own.reshape(len(cells.grid.units), -1))
    return table.groupby(group).transform("max").to_numpy(np.float64).ravel()
