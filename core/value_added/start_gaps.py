"""For whom a school does more: its pupils of the lowest start against those of the highest.

With d_jq the mean residual of school j among the pupils of fifth q, as it was found,

    g_j = d_j1 - d_jQ,    g = sum w_j g_j / sum w_j,    w_j = 1 / SE_j^2
    SE_j^2 = SE_j1^2 + SE_jQ^2,    z_j = (g_j - g) / sqrt(SE_j^2 - 1 / sum w_j)

Every fifth has a zero of its own, so g says how these zeros lie to each other and nothing of a
school; a school is held against it. Pupils of two fifths are different children, so the errors
are independent. P values are adjusted over all schools (Benjamini-Hochberg). Whether schools
differ at all is asked once for all of them: Q = sum w_j (g_j - g)^2 follows chi-squared on
J - 1 where none does, and the spread beyond chance is DerSimonian and Laird's.

References
----------
Nuttall, Goldstein, Prosser & Rasbash (1989). Differential school effectiveness. International
Journal of Educational Research 13. DerSimonian & Laird (1986). Controlled Clinical Trials 7.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import chdtrc, ndtr

from core.interval import normal_interval
from core.multiplicity import FALSE_DISCOVERY_RATE, adjust_q

Floats = NDArray[np.float64]

MIN_SCHOOLS = 2
"""Fewest schools of which one can be held against the others."""

_SIDES = ("n", "estimate", "low", "high")


@dataclass(frozen=True, slots=True)
class StartGaps:
    """How schools differ in what they add to low and to high starts.

    Attributes
    ----------
    schools : DataFrame
        One row for each school: school; n, estimate, low, high of its lowest fifth
        (``lowest_``) and of its highest (``highest_``) as the table of fifths has them;
        difference (as found, less that of all schools), se, diff_low, diff_high (95 %
        interval), p, q_value, flag (low_more high_more none), status. Largest difference
        first; without one, and unflagged, where a fifth of the two has no figure.
    n_fifths : int
        Fifths of the county; the highest is the last of them.
    n_compared, n_flagged : int
        Schools with a difference, and those of them that are flagged.
    p_all : float
        P value of the question whether schools differ at all; NaN under two schools.
    spread : float
        SD of the true differences between schools; 0 where they vary as chance has it.
    """

    schools: pd.DataFrame
    n_fifths: int
    n_compared: int
    n_flagged: int
    p_all: float
    spread: float


def compute_start_gaps(fifths: pd.DataFrame) -> StartGaps:
    """Compare the lowest with the highest fifth of every school.

    Parameters
    ----------
    fifths : DataFrame
        Rows of ``compute_differential``; cells without a residual are not compared, and schools
        without either of the two are listed with a status (that of their lowest fifth, or of
        the highest where only this one is missing).

    Examples
    --------
    >>> cell = {"n": 40, "estimate": 0.0, "low": -0.2, "high": 0.2, "se_residual": 0.2,
    ...         "status": "ok"}
    >>> fifths = pd.DataFrame({"school": list("AABBCC"), "quintile": [1, 5] * 3,
    ...     "residual": [0.5, -0.3, 0.0, 0.1, -0.1, 0.0], **cell})
    >>> gaps = compute_start_gaps(fifths)
    >>> gaps.schools[["school", "flag"]].to_numpy().tolist(), gaps.n_flagged
    ([['A', 'low_more'], ['B', 'none'], ['C', 'none']], 1)
    """
    highest = int(fifths["quintile"].max()) if len(fifths) else 0
    pairs = _pairs(fifths, highest=highest)
    found = (pairs["lowest_residual"] - pairs["highest_residual"]).to_numpy(float)
    se = np.hypot(*(pairs[f"{s}_se_residual"].to_numpy(float) for s in ("lowest", "highest")))
    known = ~np.isnan(found) & ~np.isnan(se) & (se > 0)
    if highest < MIN_SCHOOLS or known.sum() < MIN_SCHOOLS:
        known[:] = False
    weight = np.where(known, 1 / np.where(known, se, 1.0) ** 2, 0.0)
    total = float(weight.sum())
    centre = float(weight @ np.where(known, found, 0.0)) / total if total else np.nan
    # A school is part of the mean that it is held against: that much of its error is shared.
    error = np.sqrt(np.where(known, se**2 - (1 / total if total else 0.0), np.nan))
    difference = np.where(known, found - centre, np.nan)
    p = 2 * ndtr(-np.abs(difference / error))
    schools = _rows(pairs, difference=difference, error=error, p=p)
    p_all, spread = _differ_at_all(difference[known], weight=weight[known])
    return StartGaps(
        schools=schools,
        n_fifths=highest,
        n_compared=int(known.sum()),
        n_flagged=int(schools["flag"].isin(["low_more", "high_more"]).sum()),
        p_all=p_all,
        spread=spread,
    )


def _pairs(fifths: pd.DataFrame, *, highest: int) -> pd.DataFrame:
    """Return one row for each school with the figures of its two outer fifths side by side."""
    columns = [*_SIDES, "residual", "se_residual", "status"]
    schools = pd.Index(sorted(fifths["school"].unique()), name="school", dtype="str")
    sides = [
        fifths[fifths["quintile"] == place]
        .set_index("school")[columns]
        .reindex(schools)
        .add_prefix(prefix)
        for place, prefix in ((1, "lowest_"), (highest, "highest_"))
    ]
    return pd.concat(sides, axis=1).reset_index()


def _rows(pairs: pd.DataFrame, *, difference: Floats, error: Floats, p: Floats) -> pd.DataFrame:
    ends, q = normal_interval(difference, se=error), adjust_q(p)
    flagged = q <= FALSE_DISCOVERY_RATE
    flag = np.where(flagged, np.where(difference > 0, "low_more", "high_more"), "none")
    missing = pairs["lowest_status"].where(
        pairs["lowest_status"] != "ok", pairs["highest_status"]
    )
    missing = missing.where(missing != "ok").fillna("not_estimable")
    sides = [f"{side}_{name}" for side in ("lowest", "highest") for name in _SIDES]
    rows = pairs[["school", *sides]].assign(
        difference=difference,
        se=error,
        diff_low=ends.low,
        diff_high=ends.high,
        p=p,
        q_value=q,
        flag=pd.Series(flag, dtype="str").mask(np.isnan(difference)),
        status=missing.mask(~np.isnan(difference), "ok").astype("str"),
    )
    return rows.sort_values(
        ["difference", "school"], ascending=[False, True], ignore_index=True
    )


def _differ_at_all(difference: Floats, *, weight: Floats) -> tuple[float, float]:
    """Return the p value of Q, and the SD of the true differences."""
    df = difference.size - 1
    if df < 1:
        return np.nan, 0.0
    q = float(weight @ difference**2)
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    return float(chdtrc(df, q)), float(np.sqrt(max(0.0, (q - df) / scale)))
