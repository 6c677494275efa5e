"""What single schools do to a mixed model: their leverage, and the model without them.

The fixed effects solve A beta = b, and both are sums over schools (``mixed_model``):

    A_j = xx_j - w_j s_j s_j' - n_j (1 - w_j) E      b_j = xy_j - w_j s_j t_j

with E = 0 unless the priors carry an error. At fixed theta the model without school j has
A - A_j and b - b_j, hence

    beta - beta_(j) = (A - A_j)^-1 g_j,    g_j = b_j - A_j beta
    h_j = tr(A^-1 A_j),    sum h_j = p
    D_j = (beta - beta_(j))' Var(beta)^-1 (beta - beta_(j)) / p

h_j is the leverage of the school, D_j its Cook's distance. No model is fitted anew: what the
school does to theta itself is left out.

References
----------
Demidenko & Stukel (2005). Influence analysis for linear mixed-effects models. Statistics in
Medicine 24, 893-909 (leverage and Cook's distance of a group).
Loy & Hofmann (2014). HLMdiag: A suite of diagnostics for hierarchical linear models in R.
Journal of Statistical Software 56(5) (deletion at fixed variances).
"""

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from core.numerics.mixed_model import RandomInterceptFit
from core.numerics.moments import SchoolMoments
from core.numerics.standard_design import COLLINEAR, StandardDesign, standardise_design

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SchoolInfluence:
    """What each school does to the fixed effects; schools in the order of the input.

    Attributes
    ----------
    leverage : ndarray, shape (n_schools,)
        How many of the p coefficients' worth of hold the school has; sums to p. With an error
        in the priors it can lie a little below 0 for schools whose pupils hardly differ.
    change : ndarray, shape (n_schools, p)
        Coefficients without the school less those with it, in their units.
    change_in_se : ndarray, shape (n_schools, p)
        The same in standard errors of the coefficients with it.
    cook : ndarray, shape (n_schools,)
        Cook's distance. NaN like the changes for a school that the model cannot do without.
    """

    leverage: Floats
    change: Floats
    change_in_se: Floats
    cook: Floats


def estimate_school_influence(
    moments: SchoolMoments, *, fit: RandomInterceptFit, error: Floats
) -> SchoolInfluence:
    """Estimate leverage, and the change by leaving each school out, at fixed theta.

    Parameters
    ----------
    moments : SchoolMoments
        That the model was fitted to.
    fit : RandomInterceptFit
    error : ndarray, shape (p,)
        Error variance of each column in its own squared unit, as the fit took it; 0 for none.

    Examples
    --------
    >>> from core.numerics.mixed_model import estimate_random_intercept
    >>> from core.numerics.moments import moments_from_rows
    >>> school, y = np.repeat([0, 1, 2], 2), np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    >>> moments = moments_from_rows(school, x=np.ones((6, 1)), y=y)
    >>> fit = estimate_random_intercept(moments)
    >>> found = estimate_school_influence(moments, fit=fit, error=np.zeros(1))
    >>> found.leverage.round(3).tolist(), (found.change.ravel().round(3) + 0.0).tolist()
    ([0.333, 0.333, 0.333], [1.0, 0.0, -1.0])
    """
    design = standardise_design(moments)
    a, b = _normal_equations(design, theta=fit.theta, error=_in_standard(error, design))
    total = a.sum(axis=0)
    beta = np.linalg.solve(total, b.sum(axis=0))
    to_units = design.sd * design.back
    lower = np.linalg.cholesky(total)
    share = _whitened(a, lower)
    can_go = np.linalg.eigvalsh(share)[:, -1] < 1 - COLLINEAR
    change = np.full((fit.n_schools, beta.size), np.nan)
    gradient = b[can_go] - a[can_go] @ beta
    without = np.linalg.solve(total - a[can_go], gradient[:, :, None])[:, :, 0]
    change[can_go] = -without @ to_units.T
    # In standard units the covariance is well conditioned, whatever the marks are counted in.
    back = np.linalg.inv(to_units)
    precision = np.linalg.inv(back @ fit.beta_cov @ back.T)
    cook = np.full(fit.n_schools, np.nan)
    cook[can_go] = np.sum((without @ precision) * without, axis=1) / beta.size
    return SchoolInfluence(
        leverage=np.trace(share, axis1=1, axis2=2),
        change=change,
        change_in_se=change / fit.beta_se,
        cook=cook,
    )


def _in_standard(error: Floats, design: StandardDesign) -> Floats:
    return np.append(error[0], error[1:] / design.scale[:-1] ** 2)


def _normal_equations(
    design: StandardDesign, *, theta: float, error: Floats
) -> tuple[Floats, Floats]:
    """Return A_j, shape (n_schools, p, p), and b_j, shape (n_schools, p)."""
    moments = design.moments
    weight = theta / (1 + moments.n * theta)
    sums, weighted = moments.xx[:, 0, :], moments.xx[:, 0, :] * weight[:, None]
    n_error = moments.n * (1 - weight)
    a = moments.xx - weighted[:, :, None] * sums[:, None, :]
    a = a - n_error[:, None, None] * np.diag(error)
    return a, moments.xy - weighted * moments.xy[:, :1]


def _whitened(a: Floats, lower: Floats) -> Floats:
    """Return L^-1 A_j L^-T for A = L L'; its trace is that of A^-1 A_j."""
    inverse = scipy.linalg.solve_triangular(lower, np.eye(len(lower)), lower=True)
    whitened: Floats = inverse @ a @ inverse.T
    return whitened
