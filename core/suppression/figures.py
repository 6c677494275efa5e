"""Tables without the figures of hidden groups; extreme shares are told as ranges.

A share of nobody or of everybody would tell the same of every single pupil; it is told as a
range that depends on n.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.suppression.groups import MIN_PUPILS_SHOWN

QUANTILE_SHARE = {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}

CODED_RATES = (
    "participation",
    "excellent_rate",
    "good_rate",
    "pass_rate",
    "low_rate",
    "extreme_share",
    "bottom20_share",
    "line_rate",
    "top_n_rate",
)
"""Shares of pupils: 0 and 1 would tell the same of every single one."""

CODED_WIDTHS = ((300, 0.01), (100, 0.02), (40, 0.05), (20, 0.10), (0, 0.20))
"""From this many pupils on, a share of 0 or 1 is told as a range of this width."""

_FIGURES = ["estimate", "se", "low", "high", "reliability"]


def suppress(indicators: pd.DataFrame, *, hidden: Collection[str]) -> pd.DataFrame:
    """Return INDICATORS with the figures of the hidden units taken out, rows kept."""
    rows = indicators["unit"].isin(list(hidden))
    return _blank(indicators, rows=rows, figures=_FIGURES, counts=["n_pupils"])


def suppress_thin_quantiles(
    indicators: pd.DataFrame, *, minimum: int = MIN_PUPILS_SHOWN
) -> pd.DataFrame:
    """Return INDICATORS without the quantiles that have too few pupils on one side."""
    share = indicators["indicator"].map(QUANTILE_SHARE)
    # Rounded, because 100 x (1 - 0.9) is a hair under ten.
    fewer = (indicators["n_pupils"] * np.minimum(share, 1 - share)).round(6)
    rows = (fewer < minimum).fillna(False) & (indicators["status"] == "ok")
    return _blank(indicators, rows=rows, figures=_FIGURES, counts=[])


def code_extreme_rates(indicators: pd.DataFrame) -> pd.DataFrame:
    """Return INDICATORS with shares of exactly 0 or 1 told as a range, status ``coded``.

    ``low`` and ``high`` are the ends of the range; the estimate and its error are null.

    Examples
    --------
    >>> rate = {"indicator": ["low_rate"], "estimate": [0.0], "n_pupils": [30]}
    >>> rate |= {"se": [0.0], "low": [0.0], "high": [0.11], "status": ["ok"]}
    >>> coded = code_extreme_rates(pd.DataFrame(rate).assign(reliability=None))
    >>> coded[["low", "high", "status"]].to_numpy().tolist()
    [[0.0, 0.1, 'coded']]
    """
    share = indicators["estimate"].to_numpy(float)
    coded = indicators["indicator"].isin(CODED_RATES) & (indicators["status"] == "ok")
    rows = coded & ((share == 0) | (share == 1))
    if not rows.any():
        return indicators
    width = _coded_width(indicators["n_pupils"])
    low, high = np.where(share == 0, 0.0, 1 - width), np.where(share == 0, width, 1.0)
    coded_rows = _blank(indicators, rows=rows, figures=_FIGURES, counts=[], status="coded")
    return coded_rows.assign(
        low=coded_rows["low"].mask(rows, low), high=coded_rows["high"].mask(rows, high)
    )


def suppress_effects(schools: pd.DataFrame, *, hidden: Collection[str]) -> pd.DataFrame:
    """Return SCHOOL_EFFECTS with the figures of the hidden schools taken out, rows kept."""
    figures = ["coverage", "prior_mean", "prior_mean_all", "estimate", "se_conditional"]
    figures += ["se_prediction", "low", "high", "reliability", "index", "verdict"]
    rows = schools["school"].isin(list(hidden))
    return _blank(schools, rows=rows, figures=figures, counts=["n", "n_sat", "n_prior"])


def _coded_width(n_pupils: pd.Series) -> NDArray[np.float64]:
    pupils = n_pupils.to_numpy(float, na_value=0.0)
    conditions = [pupils >= least for least, _ in CODED_WIDTHS]
    return np.select(conditions, [width for _, width in CODED_WIDTHS])


def _blank(
    frame: pd.DataFrame,
    *,
    rows: pd.Series,
    figures: list[str],
    counts: list[str],
    status: str = "suppressed",
) -> pd.DataFrame:
    if not rows.any():
        return frame
    blank = frame.copy()
    for name in figures:
        blank[name] = frame[name].mask(rows)
    for name in counts:
        blank[name] = frame[name].astype("Int64").mask(rows)
    blank["status"] = frame["status"].mask(rows, status)
    return blank
