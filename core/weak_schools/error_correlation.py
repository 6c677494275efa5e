"""How the errors of indicators go together, because they rest on the same pupils.

With a normal score y of a pupil inside a school, q its correlation with the prior score, and
the shares p < r of pupils below two lines,

    corr(y, residual on the prior) = sqrt(1 - q^2)
    corr(y, y below p)             = -phi(c_p) / sqrt(p (1 - p)),    c_p = Phi^-1(p)
    corr(y below p, y below r)     = sqrt(p (1 - r) / (r (1 - p)))       whatever the law of y

A share goes with the residual as it goes with y, times sqrt(1 - q^2). The share of pupils at or
above a line is one less the share below it, so its signs are turned. Mean and score rate are
the same score as z, in other units.
"""

from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import SettingsError

LOW_RATE = 0.1
BOTTOM_SHARE = 0.2
PRIOR_CORRELATION = 0.75
"""Usual figures; the errors' correlation moves little with them."""

BELOW = {"pass_rate": 0.3, "good_rate": 0.5, "above_mean_rate": 0.5, "excellent_rate": 0.75}
"""Usual shares of pupils below the line of a rate that counts those at or above it."""

SCORES = ("z", "mean", "score_rate")
"""The score itself, in several units."""

MAX_CORRELATION = 0.95
"""Of two indicators that are nearly the same; with 1 they would be one."""

KNOWN = ("z", "value_added", "low_rate", "bottom20_share", "mean", "score_rate", *BELOW)
"""Indicators whose errors are known to go together in a known way."""


def error_correlation_of(
    *, low_rate: float = LOW_RATE, prior_correlation: float = PRIOR_CORRELATION
) -> pd.DataFrame:
    """Return the correlation of the errors of the indicators in ``KNOWN``.

    Parameters
    ----------
    low_rate : float
        Share of the population below the low line, between 0 and 1.
    prior_correlation : float
        Correlation of current and prior score inside schools, -1 to 1 both excluded.

    Returns
    -------
    DataFrame
        Indicators by indicators.

    Raises
    ------
    SettingsError
        When a number is out of its range.

    Examples
    --------
    >>> error_correlation_of().loc["z", ["value_added", "low_rate"]].round(2).to_dict()
    {'value_added': 0.66, 'low_rate': -0.58}
    """
    if not (0 < low_rate < 1 and -1 < prior_correlation < 1):
        raise SettingsError(
            f"The low rate is {low_rate} and the correlation with the prior "
            f"{prior_correlation}. Give a rate between 0 and 1 and a correlation between -1 "
            "and 1.",
            f"低分率为 {low_rate}，与前测的相关为 {prior_correlation}。"
            "低分率须在 0 与 1 之间，相关须在 -1 与 1 之间。",
        )
    own = min(float(np.sqrt(1 - prior_correlation**2)), MAX_CORRELATION)
    below = {"low_rate": low_rate, "bottom20_share": BOTTOM_SHARE, **BELOW}
    signs = {name: -1.0 if name in BELOW else 1.0 for name in below}
    with_score = {name: signs[name] * _with_score(share) for name, share in below.items()}
    with_score |= dict.fromkeys(SCORES, 1.0) | {"value_added": own}
    # Given the score, a share and the residual tell nothing more of each other.
    along = np.array([with_score[name] for name in KNOWN])
    matrix = pd.DataFrame(np.outer(along, along), index=list(KNOWN), columns=list(KNOWN))
    for (first, one), (second, other) in product(below.items(), repeat=2):
        matrix.loc[first, second] = signs[first] * signs[second] * _nested(one, other)
    limit = MAX_CORRELATION
    values: NDArray[np.float64] = matrix.to_numpy().clip(-limit, limit)
    np.fill_diagonal(values, 1.0)
    return pd.DataFrame(values, index=list(KNOWN), columns=list(KNOWN))


def _nested(one: float, other: float) -> float:
    """Return the correlation of being in the lowest shares ``one`` and ``other``."""
    low, high = sorted((one, other))
    return float(np.sqrt(low * (1 - high) / (high * (1 - low))))


def _with_score(share: float) -> float:
    """Return the correlation of a normal score with being in the lowest ``share``."""
    from scipy.special import ndtri

    density = np.exp(-(ndtri(share) ** 2) / 2) / np.sqrt(2 * np.pi)
    return float(-density / np.sqrt(share * (1 - share)))
