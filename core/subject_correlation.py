"""How two subjects go together over the pupils of a school: their scores, their residuals.

Schools' own means are taken out. With y1, y2 the current scores of a pupil, x1, x2 the priors,
and b_k the slope of y_k on x_k inside schools, the residuals e_k = y_k - b_k x_k have

    cov(e1, e2) = S(y1, y2) - b1 S(x1, y2) - b2 S(y1, x2) + b1 b2 S(x1, x2)
"""

import numpy as np
import pandas as pd

from core.tables import LINKED_SUBJECT_MOMENTS, SUBJECT_MOMENTS

_SUMS = ["n", "x", "y", "x_x", "y_y", "x_y"]
_SCORES = ("x1", "y1", "x2", "y2")


def compute_subject_correlation(moments: pd.DataFrame) -> pd.DataFrame:
    """Compute the pooled within-school correlation of every two subjects.

    Schools' own means are taken out, so that what is left is the pupils'.

    Parameters
    ----------
    moments : DataFrame
        SUBJECT_MOMENTS rows of one exam.

    Returns
    -------
    DataFrame
        Subjects by subjects, 1 on the diagonal; NaN where no pupil has both scores, or one of
        them does not vary inside schools.

    Examples
    --------
    >>> row = {"subject": "a", "other": "b", "school": "S", "n": 3, "x": 6, "y": 12}
    >>> row |= {"x_x": 14, "y_y": 56, "x_y": 28}
    >>> compute_subject_correlation(pd.DataFrame([row])).round(6).to_numpy().tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    SUBJECT_MOMENTS.require(moments)
    rows = moments[moments["n"] > 0]
    n, x, y = (rows[name].to_numpy(float) for name in _SUMS[:3])
    x_x, y_y, x_y = (rows[name].to_numpy(float) for name in _SUMS[3:])
    inside = rows[["subject", "other"]].assign(
        x_x=x_x - x * x / n, y_y=y_y - y * y / n, x_y=x_y - x * y / n
    )
    sums = inside.groupby(["subject", "other"], sort=False).sum()
    spread = (sums["x_x"] * sums["y_y"]) ** 0.5
    return _square(sums["x_y"] / spread.where(spread > 0), moments)


def compute_residual_correlation(moments: pd.DataFrame) -> pd.DataFrame:
    """Compute the pooled within-school correlation of the residuals of every two subjects.

    Parameters
    ----------
    moments : DataFrame
        LINKED_SUBJECT_MOMENTS rows of a pair of exams.

    Returns
    -------
    DataFrame
        Subjects by subjects, 1 on the diagonal; NaN where no pupil has all four scores, or
        the priors leave nothing over.

    Examples
    --------
    >>> row = {"subject": "a", "other": "b", "school": "S", "n": 4}
    >>> row |= {"x1": 0, "y1": 0, "x2": 0, "y2": 0, "x1_x1": 4, "x1_y1": 0, "x1_x2": 4}
    >>> row |= {"x1_y2": 0, "y1_y1": 4, "y1_x2": 0, "y1_y2": 2, "x2_x2": 4, "x2_y2": 0}
    >>> row |= {"y2_y2": 4}
    >>> compute_residual_correlation(pd.DataFrame([row])).loc["a", "b"].item()
    0.5
    """
    LINKED_SUBJECT_MOMENTS.require(moments)
    rows = moments[moments["n"] > 0].reset_index(drop=True)
    pair = rows[["subject", "other"]]
    inside = pd.DataFrame(
        {
            (a, b): rows[f"{a}_{b}"] - rows[a] * (rows[b] / rows["n"])
            for i, a in enumerate(_SCORES)
            for b in _SCORES[i:]
        }
    )
    sums = inside.groupby([pair["subject"], pair["other"]], sort=False).sum()
    return _square(_of_residuals(sums), moments)


def _of_residuals(s: pd.DataFrame) -> pd.Series:
    """Return the residuals' correlation from sums of squares and products inside schools."""
    b1 = s["x1", "y1"] / s["x1", "x1"].where(s["x1", "x1"] > 0)
    b2 = s["x2", "y2"] / s["x2", "x2"].where(s["x2", "x2"] > 0)
    left1 = s["y1", "y1"] - b1 * s["x1", "y1"]
    left2 = s["y2", "y2"] - b2 * s["x2", "y2"]
    joint = s["y1", "y2"] - b1 * s["x1", "y2"] - b2 * s["y1", "x2"] + b1 * b2 * s["x1", "x2"]
    spread = (left1.clip(lower=0) * left2.clip(lower=0)) ** 0.5
    correlation: pd.Series = joint / spread.where(spread > 0)
    return correlation


def _square(pairs: pd.Series, moments: pd.DataFrame) -> pd.DataFrame:
    """Return correlations of pairs as a symmetric table with 1 on the diagonal."""
    subjects = list(dict.fromkeys([*moments["subject"].unique(), *moments["other"].unique()]))
    whole = np.full((len(subjects), len(subjects)), np.nan)
    place = [[subjects.index(s) for s in pairs.index.get_level_values(k)] for k in (0, 1)]
    whole[place[0], place[1]] = whole[place[1], place[0]] = pairs.clip(-1, 1)
    np.fill_diagonal(whole, 1.0)
    return pd.DataFrame(whole, index=subjects, columns=subjects)
