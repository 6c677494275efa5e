"""How the errors of indicators go together, because they rest on the same pupils.

With a normal score y of a pupil inside a school, q its correlation with the prior score, and
the shares p < r of pupils below two lines,

    corr(y, residual on the prior) = sqrt(1 - q^2)
    corr(y, y below p)             = -phi(c_p) / sqrt(p (1 - p)),    c_p = Phi^-1(p)
    corr(y below p, y below r)     = sqrt(p (1 - r) / (r (1 - p)))       whatever the law of y

and a share goes with the residual as it goes with y, times sqrt(1 - q^2).
"""

import numpy as np
import pandas as pd

from core.errors import SettingsError

LOW_RATE = 0.1
BOTTOM_SHARE = 0.2
PRIOR_CORRELATION = 0.75
"""Usual figures; the errors' correlation moves little with them."""

MAX_CORRELATION = 0.95
"""Of two indicators that are nearly the same; with 1 they would be one."""


def error_correlation_of(
    *, low_rate: float = LOW_RATE, prior_correlation: float = PRIOR_CORRELATION
) -> pd.DataFrame:
    """Return the correlation of the errors of z, value_added, low_rate and bottom20_share.

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
    >>> error_correlation_of().loc["z"].round(2).to_dict()
    {'z': 1.0, 'value_added': 0.66, 'low_rate': -0.58, 'bottom20_share': -0.7}
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
    of_low, of_bottom = _with_score(low_rate), _with_score(BOTTOM_SHARE)
    first, second = sorted((low_rate, BOTTOM_SHARE))
    nested = float(np.sqrt(first * (1 - second) / (second * (1 - first))))
    nested = min(nested, MAX_CORRELATION)
    names = ["z", "value_added", "low_rate", "bottom20_share"]
    matrix = np.array(
        [
            [1.0, own, of_low, of_bottom],
            [own, 1.0, own * of_low, own * of_bottom],
            [of_low, own * of_low, 1.0, nested],
            [of_bottom, own * of_bottom, nested, 1.0],
        ]
    )
    return pd.DataFrame(matrix, index=names, columns=names)


def _with_score(share: float) -> float:
    """Return the correlation of a normal score with being in the lowest ``share``."""
    from scipy.special import ndtri

    density = np.exp(-(ndtri(share) ** 2) / 2) / np.sqrt(2 * np.pi)
    return float(-density / np.sqrt(share * (1 - share)))
