"""The population of an exam: mean and SD by which scores of a subject become z scores."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.numerics.histogram import GroupedScores, summarise_scores

HUNDREDTHS = 100.0
"""Hundredths in a point; tables of statistics hold the former, figures the latter."""


@dataclass(frozen=True, slots=True)
class Population:
    """Mean and SD of a subject over the whole grade of an exam.

    Attributes
    ----------
    mean, sd : float
        In points; ``sd`` has divisor n. NaN when nobody has a score.
    """

    mean: float
    sd: float


def population_of(histogram: pd.DataFrame) -> Mapping[str, Population]:
    """Return the population of each subject that the histogram holds.

    Parameters
    ----------
    histogram : DataFrame
        SCORE_HISTOGRAM rows of one exam, of all schools that make up the population.

    Examples
    --------
    >>> rows = {"subject": "math", "school": "A", "score": [6000, 8000], "n": [1, 1]}
    >>> population_of(pd.DataFrame(rows))["math"]
    Population(mean=70.0, sd=10.0)
    """
    code, subjects = pd.factorize(histogram["subject"], sort=True)
    scores = GroupedScores(
        group=code.astype(np.int64),
        score=histogram["score"].to_numpy(np.int64),
        n=histogram["n"].to_numpy(np.int64),
        n_groups=len(subjects),
    )
    summary = summarise_scores(scores)
    return {
        str(subject): Population(mean=float(mean) / HUNDREDTHS, sd=float(sd) / HUNDREDTHS)
        for subject, mean, sd in zip(subjects, summary.mean, summary.sd, strict=True)
    }
