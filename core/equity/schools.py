"""Pupils, mean and spread of every school in every subject, from the score histogram."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.numerics.histogram import GroupedScores, summarise_scores
from core.numerics.theil import split_theil
from core.standardise import HUNDREDTHS

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SchoolScores:
    """The schools with pupils in one subject, sorted by code.

    Attributes
    ----------
    school : Index of str, shape (n_schools,)
        School codes.
    n, mean, sum_of_squares : ndarray, shape (n_schools,)
        Pupils, mean in points, and sum of squared deviations from the own mean.
    row_school : ndarray, shape (n_rows,)
        Place of the school of each row of the histogram.
    row_score, row_n : ndarray, shape (n_rows,)
        Points, and pupils with them.
    """

    school: pd.Index
    n: Floats
    mean: Floats
    sum_of_squares: Floats
    row_school: Indices
    row_score: Floats
    row_n: Floats

    def places(self, schools: pd.Series) -> Indices:
        """Return the places of those of the schools that have pupils here, sorted."""
        found = self.school.get_indexer(pd.Index(schools.unique()))
        return np.sort(found[found >= 0]).astype(np.int64)


def scores_by_subject(
    histogram: pd.DataFrame, *, subjects: pd.DataFrame
) -> Iterator[tuple[str, SchoolScores]]:
    """Yield each subject with its schools, in the order of the subjects."""
    for subject in subjects["subject"]:
        yield str(subject), _school_scores(histogram[histogram["subject"] == subject])


def theil_within(scores: SchoolScores) -> Floats:
    """Return Theil's index of the pupils of each school; NaN where scores allow none."""
    if scores.school.empty:
        return np.empty(0)
    try:
        split = split_theil(scores.row_score, n=scores.row_n, group=scores.row_school)
    except NotEstimableError:
        return np.full(scores.school.size, np.nan)
    return split.group_theil


def _school_scores(histogram: pd.DataFrame) -> SchoolScores:
    histogram = histogram[histogram["n"] > 0]
    code, school = pd.factorize(histogram["school"], sort=True)
    scores = GroupedScores(
        group=code.astype(np.int64),
        score=histogram["score"].to_numpy(np.int64),
        n=histogram["n"].to_numpy(np.int64),
        n_groups=len(school),
    )
    summary = summarise_scores(scores)
    n = summary.n.astype(np.float64)
    return SchoolScores(
        school=pd.Index(school),
        n=n,
        mean=summary.mean / HUNDREDTHS,
        sum_of_squares=n * (summary.sd / HUNDREDTHS) ** 2,
        row_school=scores.group,
        row_score=scores.score / HUNDREDTHS,
        row_n=scores.n.astype(np.float64),
    )
