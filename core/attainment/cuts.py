"""Scores at which the population is cut: its top N and its lowest 20 %, and how many they take.

Several pupils can have the score of a cut. All of them belong to the top N, so it may hold more
than N; none of them is below the 20th percentile, so that may hold fewer than 20 %.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.attainment.grid import population_scores
from core.attainment.spec import AttainmentSpec, named
from core.numerics.histogram import (
    GroupedScores,
    count_reaching,
    quantile_of,
    score_of_best,
    summarise_scores,
)
from core.standardise import HUNDREDTHS
from core.table import Table, integer, number, text
from core.tables import SUBJECTS

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

BOTTOM_SHARE = 0.2

CUTS = Table(
    "CUTS",
    "scores at which the population of an exam is cut, and how many pupils each cut takes",
    ("subject", "cut"),
    (
        text("subject", "subject code"),
        text("cut", "top_n, with the name of the setting if it has one, or bottom20"),
        number(
            "score", "points: top_n from it upwards, bottom20 below it; null without pupils"
        ),
        number("n_asked", "pupils that the cut asks for: N, or 20 % of the population"),
        integer("n_counted", "pupils that it takes, ties by the rule of the cut"),
        integer("n_population", "pupils with a score"),
    ),
)


def compute_cuts(
    histogram: pd.DataFrame, *, subjects: pd.DataFrame, spec: AttainmentSpec
) -> pd.DataFrame:
    """Compute where the population is cut and how many pupils that really takes.

    Parameters
    ----------
    histogram : DataFrame
        SCORE_HISTOGRAM rows of the exam; all its schools are the population.
    subjects : DataFrame
        SUBJECTS rows.
    spec : AttainmentSpec
        Its ``top_n`` are used.

    Returns
    -------
    DataFrame
        CUTS rows: every subject, its top groups, then ``bottom20``.

    Examples
    --------
    >>> from core.attainment import TopN
    >>> paper = {"subject": ["math"], "name": ["数学"], "position": [1], "full_mark": [10000]}
    >>> lines = {"excellent_line": [8500], "good_line": [7500], "pass_line": [6000]}
    >>> papers = pd.DataFrame({**paper, **lines, "low_line": [4000]})
    >>> rows = {"subject": "math", "school": ["A", "A", "B"], "score": [9000, 8000, 8000]}
    >>> histogram = pd.DataFrame({**rows, "n": [1, 1, 1]})
    >>> cuts = compute_cuts(histogram, subjects=papers, spec=AttainmentSpec(top_n=(TopN(2),)))
    >>> cuts[["cut", "score", "n_asked", "n_counted"]].round(1).to_numpy().tolist()
    [['top_n', 80.0, 2.0, 3], ['bottom20', 80.0, 0.6, 0]]
    """
    SUBJECTS.require(subjects)
    everybody = population_scores(histogram, subjects=pd.Index(subjects["subject"]))
    n = summarise_scores(everybody).n
    cuts = []
    for cut in spec.top_n:
        line = top_line(everybody, n_best=cut.n)
        counted = count_reaching(everybody, line=line)
        cuts.append((named("top_n", cut.name), line, np.full(n.size, float(cut.n)), counted))
    line = bottom_line(everybody)
    below = n - count_reaching(everybody, line=line)
    cuts.append(("bottom20", line, BOTTOM_SHARE * n, np.where(n > 0, below, 0)))
    columns = [np.stack(column, axis=1).ravel() for column in list(zip(*cuts, strict=True))[1:]]
    return pd.DataFrame(
        {
            "subject": subjects["subject"].repeat(len(cuts)).to_numpy(),
            "cut": pd.Series([name for name, *_ in cuts] * n.size, dtype="str"),
            "score": columns[0] / HUNDREDTHS,
            "n_asked": columns[1],
            "n_counted": columns[2],
            "n_population": n.repeat(len(cuts)),
        }
    )


def top_line(population: GroupedScores, *, n_best: int) -> Floats:
    """Return the score of pupil number ``n_best`` of each subject, hundredths."""
    return score_of_best(population, n_best=n_best)


def bottom_line(population: GroupedScores) -> Floats:
    """Return the 20th percentile of each subject, hundredths."""
    # Rounded: a hair above the score of a pupil would put all of that score below the line.
    return quantile_of(population, share=BOTTOM_SHARE).round(6)
