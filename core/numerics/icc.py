"""Share of the pupils' variance that lies between schools, with an exact interval.

    y_ij = mu + u_j + e_ij,    u_j ~ N(0, sigma_u2),    e_ij ~ N(0, sigma_e2)
    icc = sigma_u2 / (sigma_u2 + sigma_e2) = theta / (1 + theta),    theta = sigma_u2 / sigma_e2

The estimate is REML. The interval is Wald's: with w_j = n_j / (1 + n_j theta), m_w the mean of
the school means by these weights, and MSW the mean square within schools,

    F(theta) = sum w_j (m_j - m_w)^2 / (J - 1) / MSW

has an F distribution on J - 1 and N - J degrees of freedom at the true theta, for schools of
any size, and falls as theta grows; the ends are where it meets the 97.5 and 2.5 % points. At
theta = 0 it is the F ratio of the analysis of variance.

References
----------
Wald (1940). A note on the analysis of variance with unequal class frequencies. Annals of
Mathematical Statistics 11, 96-100.
Searle, Casella & McCulloch (1992). Variance Components, ch. 3 (one-way, unbalanced data).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.numerics.mixed_model import estimate_random_intercept
from core.numerics.moments import SchoolMoments

Floats = NDArray[np.float64]

WIDEST = 1e18
"""Beyond any theta: data with less spread within schools than that are refused before."""


@dataclass(frozen=True, slots=True)
class Icc:
    """The share of variance between schools and what it is made of.

    Attributes
    ----------
    estimate : float
        REML, 0 to 1; 0 when no difference between schools is found.
    low, high : float
        95 % interval. NaN when the schools are so much alike that chance alone would make
        them differ more, with 97.5 %: no share fits then, which does not mean "0 for sure".
    sigma_u2, sigma_e2 : float
        Variance between schools, and between pupils of one school (REML).
    ms_between, ms_within : float
        Mean squares of the analysis of variance.
    anova : float
        (ms_between - ms_within) / (ms_between + (n0 - 1) ms_within), n0 the typical size of a
        school, as older reports compute it; cut at 0.
    """

    estimate: float
    low: float
    high: float
    sigma_u2: float
    sigma_e2: float
    ms_between: float
    ms_within: float
    anova: float


def estimate_icc(*, n: Floats, mean: Floats, sum_of_squares: Floats) -> Icc:
    """Estimate the share of variance between schools from each school's sums.

    Parameters
    ----------
    n : ndarray, shape (n_schools,)
        Pupils, at least 1.
    mean : ndarray, shape (n_schools,)
        Mean of their scores.
    sum_of_squares : ndarray, shape (n_schools,)
        Sum of squared deviations from the own school's mean.

    Raises
    ------
    NotEstimableError
        With fewer than two schools, no school with two pupils, or no spread within schools.

    Examples
    --------
    >>> n, mean = np.full(3, 2.0), np.array([1.5, 3.5, 5.5])
    >>> icc = estimate_icc(n=n, mean=mean, sum_of_squares=np.full(3, 0.5))
    >>> round(icc.estimate, 4), round(icc.low, 3), round(icc.high, 3)
    (0.8824, 0.0, 0.997)
    """
    centred = mean - n @ mean / n.sum() if n.size else mean
    fit = estimate_random_intercept(_moments(n, mean=centred, within=sum_of_squares))
    n_schools = n.size
    ms_within = float(sum_of_squares.sum() / (n.sum() - n_schools))
    ms_between = float(n @ centred**2 / (n_schools - 1))
    typical_n = (n.sum() - n @ n / n.sum()) / (n_schools - 1)
    anova = (ms_between - ms_within) / (ms_between + (typical_n - 1) * ms_within)
    low, high = _theta_ends(n, mean=centred, ms_within=ms_within)
    return Icc(
        estimate=fit.theta / (1 + fit.theta),
        low=low / (1 + low),
        high=high / (1 + high),
        sigma_u2=fit.sigma_u2,
        sigma_e2=fit.sigma_e2,
        ms_between=ms_between,
        ms_within=ms_within,
        anova=max(0.0, float(anova)),
    )


def _moments(n: Floats, *, mean: Floats, within: Floats) -> SchoolMoments:
    return SchoolMoments(
        n=n,
        xx=n[:, None, None],
        xy=(n * mean)[:, None],
        yy=within + n * mean**2,
    )


def _theta_ends(n: Floats, *, mean: Floats, ms_within: float) -> tuple[float, float]:
    from scipy.optimize import brentq
    from scipy.special import fdtri

    def f_ratio(theta: float) -> float:
        weight = n / (1 + n * theta)
        centre = weight @ mean / weight.sum()
        return float(weight @ (mean - centre) ** 2 / (n.size - 1) / ms_within)

    def end(tail: float) -> float:
        point = float(fdtri(n.size - 1, n.sum() - n.size, tail))
        if f_ratio(0.0) <= point:
            return 0.0 if tail > 0.5 else float("nan")
        return float(brentq(lambda theta: f_ratio(theta) - point, 0.0, WIDEST, xtol=1e-12))

    low, high = end(0.975), end(0.025)
    return (low, high) if high >= low else (float("nan"), float("nan"))
