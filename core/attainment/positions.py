"""Figures beyond the levels: spread, place in the population, lines and the lowest third."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.attainment.cuts import bottom_line, top_line
from core.attainment.figure import Figure, known_where, normal, plain, share
from core.attainment.grid import Cells
from core.attainment.levels import population_sd
from core.attainment.spec import AttainmentSpec, Borderline, named
from core.numerics.histogram import (
    count_reaching,
    mean_between,
    quantile_interval,
    quantile_of,
)
from core.standardise import HUNDREDTHS

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

BOTTOM_THIRD = 1 / 3
BOTTOM_TRIM = 0.05
"""The lowest pupils of a unit, left out of its lowest third; a share of all its pupils."""


def positions(
    cells: Cells, known: Mapping[str, Figure], *, spec: AttainmentSpec
) -> Mapping[str, Figure]:
    """Return the further figures by name; ``median`` comes again, with its interval."""
    return (
        {"median": _median(cells, known["median"])}
        | _standing(cells, known)
        | _spread(cells, known)
        | _top(cells, spec=spec)
        | _admitted(cells, spec=spec)
        | _bottom(cells)
        | {
            named("borderline_count", band.name): _borderline(cells, band=band, spec=spec)
            for band in spec.borderlines
        }
    )


def _median(cells: Cells, median: Figure) -> Figure:
    ends = quantile_interval(cells.scores, share=0.5)
    return replace(median, low=ends.low / HUNDREDTHS, high=ends.high / HUNDREDTHS)


def _standing(cells: Cells, known: Mapping[str, Figure]) -> dict[str, Figure]:
    summary, z = cells.summary, known["z"]
    mean = cells.population_summary.mean
    average = cells.spread(np.where(mean > 0, mean, np.nan))
    return {
        "p25": plain(quantile_of(cells.scores, share=0.25) / HUNDREDTHS, n=summary.n),
        "p75": plain(quantile_of(cells.scores, share=0.75) / HUNDREDTHS, n=summary.n),
        "t_score": normal(50 + 10 * z.estimate, se=10 * z.se, n=summary.n),
        "above_mean_rate": normal(
            summary.mean / average - 1, se=summary.se / average, n=summary.n
        ),
    }


def _spread(cells: Cells, known: Mapping[str, Figure]) -> dict[str, Figure]:
    summary = cells.summary
    mean = np.where(summary.mean > 0, summary.mean, np.nan)
    width = (known["p90"].estimate - known["p10"].estimate) * HUNDREDTHS
    excellent = count_reaching(cells.scores, line=cells.paper("excellent_line"))
    not_low = count_reaching(cells.scores, line=cells.paper("low_line"))
    return {
        "cv": plain(summary.sd / mean, n=summary.n),
        "polarisation": plain(width / population_sd(cells), n=summary.n),
        "extreme_share": share(excellent + summary.n - not_low, n=summary.n),
    }


def _top(cells: Cells, *, spec: AttainmentSpec) -> dict[str, Figure]:
    n = cells.summary.n
    figures = {}
    for cut in spec.top_n:
        line = cells.spread(top_line(cells.population, n_best=cut.n))
        count = count_reaching(cells.scores, line=line)
        figures[named("top_n_count", cut.name)] = plain(count.astype(float), n=n)
        figures[named("top_n_rate", cut.name)] = share(count, n=n)
    return figures


def _admitted(cells: Cells, *, spec: AttainmentSpec) -> dict[str, Figure]:
    figures = {}
    for name in spec.line_names:
        line = _admission_line(cells, name=name, spec=spec)
        rate = share(count_reaching(cells.scores, line=line), n=cells.summary.n)
        figures[named("line_rate", name)] = known_where(rate, ~np.isnan(line))
    return figures


def _bottom(cells: Cells) -> dict[str, Figure]:
    n = cells.summary.n
    line = cells.spread(bottom_line(cells.population))
    below = n - count_reaching(cells.scores, line=line)
    third = mean_between(cells.scores, low=BOTTOM_TRIM, high=BOTTOM_THIRD)
    return {
        "bottom20_share": share(below, n=n),
        "bottom_third_mean": plain(third / HUNDREDTHS, n=n),
    }


def _borderline(cells: Cells, *, band: Borderline, spec: AttainmentSpec) -> Figure:
    line = (
        _admission_line(cells, name=band.name, spec=spec)
        if band.line == "admission_line"
        else cells.paper(band.line).astype(np.float64)
    )
    # Scores are whole hundredths; rounded, because 0.05 x 12000 may be a hair above 600.
    width = (band.width * cells.paper("full_mark")).round(6)
    near = count_reaching(cells.scores, line=line - width)
    count = near - count_reaching(cells.scores, line=line)
    figure = plain(count.astype(float), n=cells.summary.n)
    return known_where(figure, ~np.isnan(line))


def _admission_line(cells: Cells, *, name: str, spec: AttainmentSpec) -> Floats:
    """Return the line of a name for every cell, NaN for subjects that have none."""
    line = {a.subject: a.line for a in spec.admission_lines if a.name == name}
    of_subjects = [line.get(str(subject), np.nan) for subject in cells.grid.subjects]
    return cells.spread(np.array(of_subjects, dtype=np.float64))
