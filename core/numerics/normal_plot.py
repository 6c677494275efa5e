"""Values against normal quantiles: positions, a pointwise envelope, the Shapiro-Wilk test.

Of J values of N(0, 1) in order, z_(1) to z_(J), the k-th is expected near Phi^-1 of Blom's
position, and lies in 95 of 100 samples inside the envelope:

    position_k = (k - 3/8) / (J + 1/4)
    envelope_k = Phi^-1 of the 2.5 and 97.5 % points of Beta(k, J + 1 - k)

because that is the law of Phi(z_(k)).

The envelope holds for each place on its own: of J places about 5 % lie outside by chance, and
neighbours go together.

References
----------
Blom (1958). Statistical Estimates and Transformed Beta-Variables.
Shapiro & Wilk (1965). An analysis of variance test for normality. Biometrika 52, 591-611.
Royston (1995). Algorithm AS R94. Applied Statistics 44, 547-551 (3 to 5,000 values).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

Floats = NDArray[np.float64]

MOST_TESTED = 5000
"""Values up to which the p of Shapiro and Wilk is known."""


@dataclass(frozen=True, slots=True)
class NormalPlot:
    """Where values of N(0, 1) would lie, in the order of the input.

    Attributes
    ----------
    expected : ndarray, shape (n,)
        Normal quantile at Blom's position of the value's place.
    low, high : ndarray, shape (n,)
        The pointwise 95 % envelope at that place.
    """

    expected: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class ShapiroWilk:
    """The test of Shapiro and Wilk: ``w`` is 1 for a straight plot, ``p`` small for others."""

    w: float
    p: float


def plot_against_normal(values: Floats) -> NormalPlot:
    """Return the normal quantile and the envelope of each value, shape (n,), by its place.

    Examples
    --------
    >>> plot = plot_against_normal(np.array([1.2, -0.4, 0.1]))
    >>> plot.expected.round(2).tolist(), plot.high.round(2).tolist()
    ([0.87, -0.87, 0.0], [2.39, 0.55, 1.31])
    """
    n = values.size
    place = np.empty(n)
    place[np.argsort(values, kind="stable")] = np.arange(1, n + 1)
    rest = n + 1 - place
    return NormalPlot(
        expected=np.asarray(ndtri((place - 0.375) / (n + 0.25))),
        low=np.asarray(ndtri(betaincinv(place, rest, 0.025))),
        high=np.asarray(ndtri(betaincinv(place, rest, 0.975))),
    )


def estimate_normality(values: Floats) -> ShapiroWilk:
    """Test whether values come from a normal law of any mean and spread.

    Parameters
    ----------
    values : ndarray, shape (n,)
        3 to 5,000, not all equal.

    Examples
    --------
    >>> found = estimate_normality(np.array([-1.0, -0.5, 0.0, 0.4, 5.0]))
    >>> round(found.w, 3), found.p < 0.05
    (0.757, True)
    """
    from scipy.stats import shapiro  # slow to import, and asked for by one page

    w, p = shapiro(values)
    return ShapiroWilk(w=float(w), p=float(p))
