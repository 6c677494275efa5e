"""The cells unit x subject, and how histograms of schools add up to them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from core.numerics.histogram import GroupedScores, ScoreSummary, summarise_scores

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells unit x subject, subject fastest, and how codes become places in them."""

    units: pd.Index
    subjects: pd.Index
    schools: pd.Index
    member: sparse.csr_array  # units x schools, 1 where the school belongs to the unit

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.units) * len(self.subjects)


@dataclass(frozen=True, slots=True)
class Cells:
    """What all figures are computed from.

    Attributes
    ----------
    grid : Grid
        The cells.
    papers : DataFrame
        SUBJECTS rows in the order of the grid.
    scores, summary : GroupedScores, ScoreSummary
        Of the cells.
    population : GroupedScores
        Of the subjects, over all schools of the histogram.
    population_summary : ScoreSummary
        Of the subjects.
    """

    grid: Grid
    papers: pd.DataFrame
    scores: GroupedScores
    summary: ScoreSummary
    population: GroupedScores
    population_summary: ScoreSummary

    def paper(self, column: str) -> Indices:
        """Return a column of SUBJECTS for every cell, shape (n_cells,)."""
        return np.tile(self.papers[column].to_numpy(np.int64), len(self.grid.units))

    def spread(self, of_subjects: Floats) -> Floats:
        """Return numbers of the subjects for every cell, shape (n_cells,)."""
        return np.tile(of_subjects, len(self.grid.units))


def make_grid(membership: pd.DataFrame, *, papers: pd.DataFrame) -> Grid:
    """Return the grid of the units of a membership and the subjects of an exam."""
    unit, units = pd.factorize(membership["unit"], sort=True)
    school, schools = pd.factorize(membership["school"])
    ones = np.ones(unit.size, dtype=np.int64)
    member = sparse.csr_array((ones, (unit, school)), shape=(len(units), len(schools)))
    return Grid(
        units=pd.Index(units),
        subjects=pd.Index(papers["subject"]),
        schools=pd.Index(schools),
        member=member,
    )


def make_cells(histogram: pd.DataFrame, *, grid: Grid, papers: pd.DataFrame) -> Cells:
    """Add the histograms of the schools up to those of the cells and of the population."""
    columns = _columns_of(histogram, subjects=grid.subjects)
    by_unit = sum_over_units(histogram, columns.place, width=columns.width, grid=grid)
    scores = _grouped(by_unit, columns=columns)
    population = _everybody(histogram, columns=columns)
    return Cells(
        grid=grid,
        papers=papers,
        scores=scores,
        summary=summarise_scores(scores),
        population=population,
        population_summary=summarise_scores(population),
    )


def population_scores(histogram: pd.DataFrame, *, subjects: pd.Index) -> GroupedScores:
    """Return the histograms of the subjects over all schools, in any unit or none."""
    return _everybody(histogram, columns=_columns_of(histogram, subjects=subjects))


def places(column: pd.Series, *, index: pd.Index) -> Indices:
    """Return where each text stands in the index, -1 if nowhere; each text is sought once."""
    code, seen = pd.factorize(column)
    return index.get_indexer(pd.Index(seen))[code].astype(np.int64)


def sum_over_units(
    frame: pd.DataFrame, place: Indices, *, width: int, grid: Grid
) -> sparse.csr_array:
    """Return n summed by unit (rows) and place (columns); places below 0 are left out."""
    school = places(frame["school"], index=grid.schools)
    known = (school >= 0) & (place >= 0)
    by_school = sparse.csr_array(
        (frame["n"].to_numpy(np.int64)[known], (school[known], place[known])),
        shape=(len(grid.schools), width),
    )
    by_unit = sparse.csr_array(grid.member @ by_school)
    by_unit.sort_indices()
    return by_unit


@dataclass(frozen=True, slots=True)
class _Columns:
    """Subject x score laid side by side, score fastest; ``place`` of each row, -1 if none."""

    place: Indices
    score: Indices
    n_subjects: int

    @property
    def width(self) -> int:
        return self.n_subjects * len(self.score)


def _columns_of(histogram: pd.DataFrame, *, subjects: pd.Index) -> _Columns:
    subject = places(histogram["subject"], index=subjects)
    rank, score = pd.factorize(histogram["score"].to_numpy(np.int64), sort=True)
    return _Columns(
        place=np.where(subject >= 0, subject * len(score) + rank, -1),
        score=np.asarray(score, dtype=np.int64),
        n_subjects=len(subjects),
    )


def _everybody(histogram: pd.DataFrame, *, columns: _Columns) -> GroupedScores:
    known = columns.place >= 0
    n = np.bincount(
        columns.place[known],
        weights=histogram["n"].to_numpy(np.int64)[known],
        minlength=columns.width,
    )
    return _grouped(sparse.csr_array(n.astype(np.int64)[None, :]), columns=columns)


def _grouped(by_unit: sparse.csr_array, *, columns: _Columns) -> GroupedScores:
    """Return counts by unit (rows) and subject x score (columns) as histograms of cells."""
    n_units = by_unit.shape[0]
    unit = np.repeat(np.arange(n_units), np.diff(by_unit.indptr))
    subject, rank = np.divmod(by_unit.indices.astype(np.int64), max(len(columns.score), 1))
    return GroupedScores(
        group=unit * columns.n_subjects + subject,
        score=columns.score[rank],
        n=by_unit.data,
        n_groups=n_units * columns.n_subjects,
    )
