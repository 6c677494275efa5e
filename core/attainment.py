"""Attainment of units: participation, mean, quantiles, four rates and z, from the histogram.

A unit is any node of the organisation tree, given as a set of schools. All figures follow from
counts, so a unit above the school is the exact sum of its schools.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from core.interval import normal_interval, wilson_interval
from core.numerics.histogram import (
    GroupedScores,
    ScoreSummary,
    count_reaching,
    quantile_of,
    summarise_scores,
)
from core.standardise import HUNDREDTHS
from core.tables import SUBJECTS

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

QUANTILES = {"p10": 0.1, "median": 0.5, "p90": 0.9}
LINES = {
    "excellent_rate": "excellent_line",
    "good_rate": "good_line",
    "pass_rate": "pass_line",
    "low_rate": "low_line",
}


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells unit x subject, subject fastest, and how codes become places in them."""

    units: pd.Index
    subjects: pd.Index
    schools: pd.Index
    member: sparse.csr_array  # units x schools, 1 where the school belongs to the unit

    @property
    def size(self) -> int:
        return len(self.units) * len(self.subjects)


@dataclass(frozen=True, slots=True)
class _Figure:
    """One indicator over all cells; ``se`` NaN where it has none."""

    estimate: Floats
    se: Floats
    low: Floats
    high: Floats
    n_pupils: Indices


def compute_attainment(
    histogram: pd.DataFrame,
    states: pd.DataFrame,
    *,
    subjects: pd.DataFrame,
    membership: pd.DataFrame,
    exam: str,
) -> pd.DataFrame:
    """Compute the attainment indicators of every unit in every subject.

    Parameters
    ----------
    histogram : DataFrame
        SCORE_HISTOGRAM rows of the exam; all its schools are the population of z.
    states : DataFrame
        STATE_COUNT rows of the exam.
    subjects : DataFrame
        SUBJECTS rows: full marks and lines. Other subjects of the histogram are left out.
    membership : DataFrame
        Columns ``unit`` and ``school``: the schools of each unit, one row each.
    exam : str
        Name of the exam, for the rows.

    Returns
    -------
    DataFrame
        INDICATORS rows: every unit x subject x indicator, in this order. Means, SDs and
        quantiles in points, rates and participation 0 to 1, z in population SD.
    """
    # Histogram and states are checked when they are stored; again here would cost a third more.
    SUBJECTS.require(subjects)
    grid = _grid(membership, subjects=subjects)
    subject = _places(histogram["subject"], index=grid.subjects)
    scores = _scores(histogram, subject=subject, grid=grid)
    summary = summarise_scores(scores)
    figures = (
        _participation(states, grid=grid, n_sat=summary.n)
        | _levels(
            scores, summary=summary, full_mark=_of_cells(subjects, "full_mark", grid=grid)
        )
        | _rates(scores, n=summary.n, subjects=subjects, grid=grid)
        | {"z": _z(histogram, subject=subject, summary=summary, grid=grid)}
    )
    return _rows(figures, grid=grid, exam=exam)


def _grid(membership: pd.DataFrame, *, subjects: pd.DataFrame) -> _Grid:
    unit, units = pd.factorize(membership["unit"], sort=True)
    school, schools = pd.factorize(membership["school"])
    ones = np.ones(unit.size, dtype=np.int64)
    member = sparse.csr_array((ones, (unit, school)), shape=(len(units), len(schools)))
    return _Grid(
        units=pd.Index(units),
        subjects=pd.Index(subjects["subject"]),
        schools=pd.Index(schools),
        member=member,
    )


def _places(column: pd.Series, *, index: pd.Index) -> Indices:
    """Return where each text stands in the index, -1 if nowhere; each text is sought once."""
    code, seen = pd.factorize(column)
    return index.get_indexer(pd.Index(seen))[code].astype(np.int64)


def _sum_over_units(
    frame: pd.DataFrame, place: Indices, *, width: int, grid: _Grid
) -> sparse.csr_array:
    """Return n summed by unit (rows) and place (columns); places below 0 are left out."""
    school = _places(frame["school"], index=grid.schools)
    known = (school >= 0) & (place >= 0)
    by_school = sparse.csr_array(
        (frame["n"].to_numpy(np.int64)[known], (school[known], place[known])),
        shape=(len(grid.schools), width),
    )
    by_unit = sparse.csr_array(grid.member @ by_school)
    by_unit.sort_indices()
    return by_unit


def _scores(histogram: pd.DataFrame, *, subject: Indices, grid: _Grid) -> GroupedScores:
    """Add the histograms of the schools up to those of the cells."""
    rank, score = pd.factorize(histogram["score"].to_numpy(np.int64), sort=True)
    per_subject = max(len(score), 1)
    place = np.where(subject >= 0, subject * per_subject + rank, -1)
    width = len(grid.subjects) * per_subject
    by_unit = _sum_over_units(histogram, place, width=width, grid=grid)
    unit = np.repeat(np.arange(len(grid.units)), np.diff(by_unit.indptr))
    subject_of_row, rank = np.divmod(by_unit.indices.astype(np.int64), per_subject)
    return GroupedScores(
        group=unit * len(grid.subjects) + subject_of_row,
        score=np.asarray(score)[rank],
        n=by_unit.data,
        n_groups=grid.size,
    )


def _of_cells(subjects: pd.DataFrame, column: str, *, grid: _Grid) -> Indices:
    """Repeat a column of SUBJECTS for every unit, shape (n_cells,)."""
    return np.tile(subjects[column].to_numpy(np.int64), len(grid.units))


def _participation(states: pd.DataFrame, *, grid: _Grid, n_sat: Indices) -> dict[str, _Figure]:
    subject = _places(states["subject"], index=grid.subjects)
    by_unit = _sum_over_units(states, subject, width=len(grid.subjects), grid=grid)
    n_enrolled = by_unit.toarray().ravel()  # present, absent and every other state
    return {
        "n_enrolled": _plain(n_enrolled.astype(float), n=n_enrolled),
        "n_sat": _plain(n_sat.astype(float), n=n_sat),
        "participation": _share(n_sat, n=n_enrolled),
    }


def _levels(
    scores: GroupedScores, *, summary: ScoreSummary, full_mark: Indices
) -> dict[str, _Figure]:
    n = summary.n
    quantiles = {
        name: _plain(quantile_of(scores, share=share) / HUNDREDTHS, n=n)
        for name, share in QUANTILES.items()
    }
    return {
        "mean": _normal(summary.mean / HUNDREDTHS, se=summary.se / HUNDREDTHS, n=n),
        "sd": _plain(summary.sd / HUNDREDTHS, n=n),
        "score_rate": _normal(summary.mean / full_mark, se=summary.se / full_mark, n=n),
        **quantiles,
    }


def _rates(
    scores: GroupedScores, *, n: Indices, subjects: pd.DataFrame, grid: _Grid
) -> dict[str, _Figure]:
    reached = {
        name: count_reaching(scores, line=_of_cells(subjects, line, grid=grid))
        for name, line in LINES.items()
    }
    reached["low_rate"] = n - reached["low_rate"]  # low means below its line
    return {name: _share(count, n=n) for name, count in reached.items()}


def _z(
    histogram: pd.DataFrame, *, subject: Indices, summary: ScoreSummary, grid: _Grid
) -> _Figure:
    known = subject >= 0
    everybody = GroupedScores(
        group=subject[known],
        score=histogram["score"].to_numpy(np.int64)[known],
        n=histogram["n"].to_numpy(np.int64)[known],
        n_groups=len(grid.subjects),
    )
    population = summarise_scores(everybody)
    spread = np.where(population.sd > 0, population.sd, np.nan)
    mean, sd = np.tile(population.mean, len(grid.units)), np.tile(spread, len(grid.units))
    return _normal((summary.mean - mean) / sd, se=summary.se / sd, n=summary.n)


def _plain(estimate: Floats, *, n: Indices) -> _Figure:
    """Return a figure without a standard error."""
    unknown = np.full(estimate.shape, np.nan)
    return _Figure(estimate=estimate, se=unknown, low=unknown, high=unknown, n_pupils=n)


def _normal(estimate: Floats, *, se: Floats, n: Indices) -> _Figure:
    ends = normal_interval(estimate, se=se)
    return _Figure(estimate=estimate, se=se, low=ends.low, high=ends.high, n_pupils=n)


def _share(count: Indices, *, n: Indices) -> _Figure:
    pupils = np.where(n > 0, n, np.nan)
    share = count / pupils
    ends = wilson_interval(count, n=n)
    se = np.sqrt(share * (1 - share) / pupils)
    return _Figure(estimate=share, se=se, low=ends.low, high=ends.high, n_pupils=n)


def _rows(figures: dict[str, _Figure], *, grid: _Grid, exam: str) -> pd.DataFrame:
    """Lay the figures out, one row per cell and indicator."""
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
