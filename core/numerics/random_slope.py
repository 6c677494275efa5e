"""Random slopes by REML, exactly, from the cross-moments of the schools.

    y_ij = x_ij' beta + z_ij' u_j + e_ij,    u_j ~ N(0, D),    e_ij ~ N(0, sigma_e2)

where z holds the intercept and chosen columns of x, so that every product of z is found in the
moments. u_j is estimated by W_j r_j, r_j = sum z (y - x' beta), with the conditional covariance
sigma_e2 W_j and the prediction error covariance sigma_e2 (W_j + W_j C_j' A^-1 C_j W_j); W_j,
C_j and A stand in ``slope_criterion``. Effects are in the unit of y. A school's effect on
pupils whose sloped columns are z is z' u_j: schools may do well by the weak and not by the
strong.

References
----------
Bates, Maechler, Bolker & Walker (2015). Fitting linear mixed-effects models using lme4.
Journal of Statistical Software 67(1), section 3.4.
Goldstein (2011). Multilevel Statistical Models, 4th ed., ch. 2 (residuals) and 3 (random
coefficients).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError, SettingsError
from core.numerics.moments import SchoolMoments
from core.numerics.slope_criterion import NOTHING, SlopeSolution, minimise_slope_criterion
from core.numerics.standard_design import StandardDesign, standardise_design

Floats = NDArray[np.float64]
Boundary = Literal["inside", "equal_slopes", "perfect_correlation", "no_difference"]


@dataclass(frozen=True, slots=True)
class RandomSlopeFit:
    """A fitted model, in the units of the moments; schools in the order of the input.

    Attributes
    ----------
    columns : tuple of int
        Columns of the design whose slopes differ by school; k = 1 + how many.
    beta, beta_se : ndarray, shape (p,)
        Fixed effects, the intercept first, and their standard errors.
    beta_cov : ndarray, shape (p, p)
        Covariance of the fixed effects.
    school_cov : ndarray, shape (k, k)
        D, the covariance of a school's own intercept and slopes.
    sigma_e2 : float
        Variance between pupils of one school.
    neg2_log_reml : float
        The criterion at its minimum, equal to what lme4 calls REMLcrit.
    boundary : {"inside", "equal_slopes", "perfect_correlation", "no_difference"}
        Where D lies: "equal_slopes" is a variance of exactly 0 for every slope,
        "perfect_correlation" a D of less than full rank otherwise, "no_difference" a D of 0.
    effect : ndarray, shape (n_schools, k)
        Shrunken estimates of u_j.
    cov_conditional : ndarray, shape (n_schools, k, k)
        Covariance of ``effect - u_j`` with beta taken as known (lme4's condVar).
    cov_prediction : ndarray, shape (n_schools, k, k)
        The same with the uncertainty of beta. Both are singular where D is.
    n_pupils, n_schools : int
        What the fit rests on.
    """

    columns: tuple[int, ...]
    beta: Floats
    beta_se: Floats
    beta_cov: Floats
    school_cov: Floats
    sigma_e2: float
    neg2_log_reml: float
    boundary: Boundary
    effect: Floats
    cov_conditional: Floats
    cov_prediction: Floats
    n_pupils: int
    n_schools: int


@dataclass(frozen=True, slots=True)
class SchoolEffectAt:
    """The effect of every school on pupils with given values of the sloped columns.

    Attributes
    ----------
    effect : ndarray, shape (n_schools,)
        In the unit of the outcome.
    se_conditional, se_prediction : ndarray, shape (n_schools,)
        Its standard error with beta taken as known, and with its uncertainty. 0 where the fit
        finds no difference, which does not mean "certain".
    """

    effect: Floats
    se_conditional: Floats
    se_prediction: Floats


def estimate_random_slope(
    moments: SchoolMoments, *, columns: Sequence[int] = (1,)
) -> RandomSlopeFit:
    """Estimate how schools differ in intercept and slopes by REML from cross-moments.

    Parameters
    ----------
    moments : SchoolMoments
        Every school with at least one pupil; the first design column is the intercept.
    columns : sequence of int
        Columns of the design whose slope differs by school; 1 is the first after the
        intercept. They should vary inside schools.

    Returns
    -------
    RandomSlopeFit

    Raises
    ------
    SettingsError
        When a column is named that the design does not have, or the intercept, or one twice.
    NotEstimableError
        With too few schools or pupils for the columns and the schools' own slopes, a column
        that is constant or follows from the others, or an outcome that leaves no spread.

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> school, prior = np.repeat(np.arange(3), 4), np.tile([-1.0, 0.0, 1.0, 2.0], 3)
    >>> y = np.repeat([-1.0, 0.0, 1.0], 4) * prior + np.tile([0.1, -0.1, -0.1, 0.1], 3)
    >>> x = np.column_stack([np.ones(12), prior])
    >>> fit = estimate_random_slope(moments_from_rows(school, x=x, y=y))
    >>> fit.effect[:, 1].round(2).tolist(), fit.boundary
    ([-1.0, 0.0, 1.0], 'perfect_correlation')
    """
    p, own = moments.xx.shape[1], 1 + len(columns)
    if not set(columns) <= set(range(1, p)) or len(set(columns)) < own - 1:
        raise SettingsError(
            f"School slopes are asked for columns {list(columns)}. Name columns from 1 to "
            f"{p - 1}, each once.",
            f"所选的各校斜率列为 {list(columns)}。须为 1 至 {p - 1} 之间的列，每列一次。",
        )
    design = standardise_design(moments)
    _refuse_saturated(moments, own=own)
    solution = minimise_slope_criterion(design, columns=(0, *columns))
    return _fit(design, solution=solution, columns=tuple(columns))


def slope_effect_at(fit: RandomSlopeFit, *, at: Sequence[float]) -> SchoolEffectAt:
    """Return every school's effect for pupils whose sloped columns have the values ``at``.

    Parameters
    ----------
    fit : RandomSlopeFit
        A model with slopes of the schools' own.
    at : sequence of float
        One value per sloped column, in its unit: a prior score at which schools are compared.

    Returns
    -------
    SchoolEffectAt

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> school, prior = np.repeat(np.arange(3), 4), np.tile([-1.0, 0.0, 1.0, 2.0], 3)
    >>> y = np.repeat([-1.0, 0.0, 1.0], 4) * prior + np.tile([0.1, -0.1, -0.1, 0.1], 3)
    >>> x = np.column_stack([np.ones(12), prior])
    >>> fit = estimate_random_slope(moments_from_rows(school, x=x, y=y))
    >>> slope_effect_at(fit, at=[2.0]).effect.round(1).tolist()
    [-2.0, 0.0, 2.0]
    """
    z = np.concatenate([[1.0], np.asarray(at, dtype=np.float64)])
    # Rounding may leave a hair under 0 where D is singular.
    conditional = np.maximum(fit.cov_conditional @ z @ z, 0.0)
    prediction = np.maximum(fit.cov_prediction @ z @ z, 0.0)
    return SchoolEffectAt(
        effect=fit.effect @ z,
        se_conditional=np.sqrt(conditional),
        se_prediction=np.sqrt(prediction),
    )


def _refuse_saturated(moments: SchoolMoments, *, own: int) -> None:
    """Refuse when lines of their own leave the schools without a pupil to spare."""
    n_schools, n_pupils = moments.n.size, round(float(moments.n.sum()))
    spare = round(float(np.maximum(moments.n - own, 0).sum()))
    if n_schools > own and spare >= own:
        return
    raise NotEstimableError(
        f"School slopes need more than {own} schools, and at least {own} pupils beyond the "
        f"first {own} of each school (found: schools {n_schools}, pupils {n_pupils}, of them "
        f"beyond {spare}). Widen the cohort or use one common slope.",
        f"估计各校斜率需要多于 {own} 所学校，且除每校前 {own} 名外至少还有 {own} 名学生"
        f"（现有学校 {n_schools} 所、学生 {n_pupils} 名，其中超出 {spare} 名）。"
        "请扩大范围或采用共同斜率。",
    )


def _fit(
    design: StandardDesign, *, solution: SlopeSolution, columns: tuple[int, ...]
) -> RandomSlopeFit:
    """Bring the solution back from standard units to those of the moments."""
    z = [0, *columns]
    sigma_e2, sd = solution.rss / design.freedom, design.sd
    cov = sd**2 * sigma_e2 * (design.back @ solution.inverse @ design.back.T)
    back = sd * design.back[np.ix_(z, z)]
    of_beta = solution.own.transpose(0, 2, 1) @ solution.inverse @ solution.own
    return RandomSlopeFit(
        columns=columns,
        beta=design.to_units(solution.beta),
        beta_se=np.sqrt(np.diag(cov)),
        beta_cov=cov,
        school_cov=sigma_e2 * (back @ solution.t @ back.T),
        sigma_e2=sigma_e2 * sd**2,
        neg2_log_reml=solution.criterion + design.log_units,
        boundary=_boundary(solution.t),
        effect=solution.effect @ back.T,
        cov_conditional=sigma_e2 * (back @ solution.weight @ back.T),
        cov_prediction=sigma_e2 * (back @ (solution.weight + of_beta) @ back.T),
        n_pupils=design.n_pupils,
        n_schools=design.moments.n.size,
    )


def _boundary(t: Floats) -> Boundary:
    if not t.any():
        return "no_difference"
    if np.diag(t)[1:].max() <= NOTHING:
        return "equal_slopes"
    return "inside" if np.linalg.eigvalsh(t)[0] > NOTHING / 2 else "perfect_correlation"
