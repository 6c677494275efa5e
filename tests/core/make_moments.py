"""Makes MOMENTS and SCORE_HISTOGRAM rows from pupils, for tests."""

from itertools import combinations_with_replacement

import numpy as np
import pandas as pd


def make_histogram(score: pd.Series) -> pd.DataFrame:
    """Return SCORE_HISTOGRAM rows of one school and subject from scores in hundredths."""
    counted = score.value_counts().sort_index()
    return pd.DataFrame(
        {
            "subject": "math",
            "school": "S",
            "score": counted.index.to_numpy("int64"),
            "n": counted.to_numpy("int64"),
        }
    )


def make_moments(school: pd.Series, *, current: pd.Series, **priors: pd.Series) -> pd.DataFrame:
    """Return MOMENTS rows; null scores are absent, priors are named in order.

    Scores are in hundredths of a point. All pupils of a school sat somewhere, so ``school`` is
    the school of both exams.
    """
    sat = current.notna()
    has_prior = np.logical_and.reduce([prior.notna() for prior in priors.values()])
    matched = sat & has_prior
    y = current.where(matched, 0).astype("int64")
    x = {
        f"x{i}": prior.where(has_prior, 0).astype("int64")
        for i, prior in enumerate(priors.values(), 1)
    }
    columns = {"n": matched, "n_sat": sat, "n_prior": has_prior, "y": y, "y_y": y * y}
    for name, prior in x.items():
        columns |= {name: prior * matched, f"{name}_y": prior * y, f"{name}_all": prior}
    for (a, first), (b, second) in combinations_with_replacement(x.items(), 2):
        columns[f"{a}_{b}"] = first * second * matched
    rows = pd.DataFrame(columns).astype("int64").groupby(school.to_numpy()).sum()
    rows.index.name = "school"
    return rows.reset_index().astype({"school": "str"}).assign(subject="math")
