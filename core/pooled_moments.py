"""MOMENTS of all schools together: how two exams of the same pupils go along.

With the sums over the matched pupils i of all schools j,

    r = S(x, y) / sqrt(S(x, x) S(y, y)),    S(x, y) = sum x y - n mean(x) mean(y)

over all pupils; ``r_within`` takes each school's own means out first. Means and SDs are those
of the matched pupils alone, in points.
"""

import math

import pandas as pd

from core.standardise import HUNDREDTHS
from core.suppression import MIN_PUPILS_SHOWN, is_small
from core.table import Table, integer, number, text
from core.tables import MOMENTS

POOLED_MOMENTS = Table(
    "POOLED_MOMENTS",
    "how the scores of a linked pair of exams go along, over all schools together",
    ("subject",),
    (
        text("subject", "subject code of the current exam"),
        integer("n_pupils", "matched pupils; null if suppressed", nullable=True),
        number("prior_mean", "mean prior score of the matched, points"),
        number("prior_sd", "its standard deviation over pupils, points"),
        number("current_mean", "mean current score of the matched, points"),
        number("current_sd", "its standard deviation over pupils, points"),
        number("r", "correlation of prior and current score over pupils"),
        number("r_within", "the same with every school's own means taken out"),
        text("status", "ok suppressed"),
    ),
)

_SUMS = ("x1", "y", "x1_x1", "y_y", "x1_y")


def pool_moments(moments: pd.DataFrame) -> pd.DataFrame:
    """Return POOLED_MOMENTS of MOMENTS with one prior, as they may be shown.

    A subject with fewer than ten matched pupils has no figure. A mean and its SD are left out
    where 1 to 9 pupils more have that score: beside the mean of those it would tell of the few.

    Examples
    --------
    >>> row = {"subject": "math", "n": 10, "n_sat": 10, "n_prior": 12, "x1": 10_000}
    >>> row |= {"y": 20_000, "x1_x1": 10_100_000, "y_y": 40_400_000, "x1_y": 20_200_000}
    >>> pooled = pool_moments(pd.DataFrame([{**row, "school": "S", "x1_all": 12_000}]))
    >>> pooled[["prior_mean", "current_mean", "r"]].round(3).to_numpy().tolist()
    [[nan, 20.0, 1.0]]
    """
    MOMENTS.require(moments)
    rows = [_pooled(str(code), own) for code, own in moments.groupby("subject", sort=False)]
    return POOLED_MOMENTS.require(
        pd.DataFrame(rows, columns=POOLED_MOMENTS.names).astype({"n_pupils": "Int64"})
        if rows
        else POOLED_MOMENTS.empty()
    )


def _pooled(subject: str, own: pd.DataFrame) -> dict[str, object]:
    n = int(own["n"].sum())
    if n < MIN_PUPILS_SHOWN:
        nothing = dict.fromkeys(POOLED_MOMENTS.names, math.nan)
        return {**nothing, "subject": subject, "n_pupils": None, "status": "suppressed"}
    schools = own[own["n"] > 0]
    inside = _centred(schools).sum()
    sums = schools[["n", *_SUMS]].sum()
    whole = _centred(sums.to_frame().T).iloc[0]
    few_left = is_small(int(own["n_prior"].sum()) - n)
    few_joined = is_small(int(own["n_sat"].sum()) - n)
    return {
        "subject": subject,
        "n_pupils": n,
        "prior_mean": math.nan if few_left else sums["x1"] / n / HUNDREDTHS,
        "prior_sd": math.nan if few_left else math.sqrt(whole["x_x"] / n) / HUNDREDTHS,
        "current_mean": math.nan if few_joined else sums["y"] / n / HUNDREDTHS,
        "current_sd": math.nan if few_joined else math.sqrt(whole["y_y"] / n) / HUNDREDTHS,
        "r": _correlation(whole),
        "r_within": _correlation(inside),
        "status": "ok",
    }


def _centred(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each row's sums of squares and products about its own means."""
    n, x, y, x_x, y_y, x_y = (rows[name].astype(float) for name in ("n", *_SUMS))
    return pd.DataFrame(
        {"x_x": x_x - x * x / n, "y_y": y_y - y * y / n, "x_y": x_y - x * y / n}
    )


def _correlation(centred: pd.Series) -> float:
    """Return the correlation; NaN where one of the scores does not vary."""
    spread = float(centred["x_x"]) * float(centred["y_y"])
    return float(centred["x_y"]) / math.sqrt(spread) if spread > 0 else math.nan
