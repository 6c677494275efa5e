"""Schools and the classes inside them: two random intercepts by REML, exactly, from class sums.

    y_ijc = x_ijc' beta + u_j + v_jc + e_ijc
    u_j ~ N(0, sigma_school2),    v_jc ~ N(0, sigma_class2),    e_ijc ~ N(0, sigma_e2)

for pupil i of class c in school j. The ratios of the variances are found in
``nested_criterion``. With its projections of unit u, size_u, sums_u and residual_u, and the
ratio r of the unit's level, the effect is estimated by r residual_u, with conditional variance
sigma_e2 (r - r^2 size_u), to which the prediction error variance adds
sigma_e2 r^2 sums_u' A^-1 sums_u. Effects are in the unit of y.

References
----------
Goldstein (2011). Multilevel Statistical Models, 4th ed., ch. 2 (three levels, residuals).
Searle, Casella & McCulloch (1992). Variance Components, ch. 7 (best linear prediction).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.numerics.moments import SchoolMoments, merge_moments
from core.numerics.nested_criterion import (
    NestedSolution,
    Projections,
    minimise_nested_criterion,
)
from core.numerics.standard_design import StandardDesign, standardise_design

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NestedFit:
    """A fitted model, in the units of the moments; schools and classes in the input's order.

    Attributes
    ----------
    beta, beta_se : ndarray, shape (p,)
        Fixed effects, the intercept first, and their standard errors.
    beta_cov : ndarray, shape (p, p)
        Covariance of the fixed effects.
    sigma_school2, sigma_class2, sigma_e2 : float
        Variance between schools, between classes of one school, and between pupils of one
        class. Either of the first two is exactly 0 when no such difference is found.
    neg2_log_reml : float
        The criterion at its minimum, equal to what lme4 calls REMLcrit.
    school_effect, school_se_conditional, school_se_prediction : ndarray, shape (n_schools,)
        Shrunken estimates of u_j and the standard errors of ``school_effect - u_j``: with beta
        taken as known, and with its uncertainty. Effects and errors are 0 where the variance
        is 0, which means "no difference found", not "certain".
    class_effect, class_se_conditional, class_se_prediction : ndarray, shape (n_classes,)
        The same of v_jc, the class beside the other classes of its own school.
    n_pupils, n_classes, n_schools : int
        What the fit rests on.
    """

    beta: Floats
    beta_se: Floats
    beta_cov: Floats
    sigma_school2: float
    sigma_class2: float
    sigma_e2: float
    neg2_log_reml: float
    school_effect: Floats
    school_se_conditional: Floats
    school_se_prediction: Floats
    class_effect: Floats
    class_se_conditional: Floats
    class_se_prediction: Floats
    n_pupils: int
    n_classes: int
    n_schools: int


def estimate_nested(classes: SchoolMoments, *, school: Indices) -> NestedFit:
    """Estimate school and class effects by REML from the cross-moments of the classes.

    Parameters
    ----------
    classes : SchoolMoments
        Moments by class, every class with at least one pupil; the first design column is the
        intercept. Of ``xx`` and ``yy`` only the totals are used.
    school : ndarray of int, shape (n_classes,)
        Which school a class belongs to, 0 to n_schools - 1, every one of them with a class.

    Returns
    -------
    NestedFit

    Raises
    ------
    NotEstimableError
        With no school that has two classes, too few schools or pupils for the columns of the
        design, a column that is constant or follows from the others, or no spread inside
        classes.

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> y = np.array([1.0, 2.0, 3.0, 4.0, 9.0, 10.0, 11.0, 12.0, 5.0, 6.0, 8.0, 9.0])
    >>> classes = moments_from_rows(np.repeat(np.arange(6), 2), x=np.ones((12, 1)), y=y)
    >>> fit = estimate_nested(classes, school=np.repeat([0, 1, 2], 2))
    >>> round(fit.sigma_school2, 3), round(fit.sigma_class2, 3), round(fit.sigma_e2, 3)
    (14.667, 2.583, 0.5)
    """
    _refuse_few_classes(classes, school=school)
    design = standardise_design(merge_moments(classes, group=school))
    solution = minimise_nested_criterion(design, classes=classes, school=school)
    return _fit(design, solution)


def _refuse_few_classes(classes: SchoolMoments, *, school: Indices) -> None:
    n_classes, n_schools, p = classes.n.size, np.unique(school).size, classes.xx.shape[1]
    n_pupils = round(float(classes.n.sum()))
    if n_classes > n_schools and n_pupils - n_classes >= p:
        return
    raise NotEstimableError(
        f"Class effects need a school with two classes, and at least {p} more pupils than "
        f"classes (found: classes {n_classes}, schools {n_schools}, pupils {n_pupils}). Use "
        "school effects alone.",
        f"估计班级效应需要至少一所学校有两个班，且学生数至少比班级数多 {p}"
        f"（现有班级 {n_classes} 个、学校 {n_schools} 所、学生 {n_pupils} 名）。"
        "请只估计学校效应。",
    )


def _fit(design: StandardDesign, solution: NestedSolution) -> NestedFit:
    """Bring the solution back from standard units to those of the moments."""
    sigma_e2, sd = solution.rss / design.freedom, design.sd
    pupil2 = sigma_e2 * sd**2
    cov = pupil2 * (design.back @ solution.inverse @ design.back.T)
    school = _effects(solution.school, ratio=solution.ratio_school, inverse=solution.inverse)
    class_ = _effects(solution.class_, ratio=solution.ratio_class, inverse=solution.inverse)
    return NestedFit(
        beta=design.to_units(solution.beta),
        beta_se=np.sqrt(np.diag(cov)),
        beta_cov=cov,
        sigma_school2=solution.ratio_school * pupil2,
        sigma_class2=solution.ratio_class * pupil2,
        sigma_e2=pupil2,
        neg2_log_reml=solution.criterion + design.log_units,
        school_effect=sd * school.effect,
        school_se_conditional=np.sqrt(pupil2 * school.conditional),
        school_se_prediction=np.sqrt(pupil2 * school.prediction),
        class_effect=sd * class_.effect,
        class_se_conditional=np.sqrt(pupil2 * class_.conditional),
        class_se_prediction=np.sqrt(pupil2 * class_.prediction),
        n_pupils=design.n_pupils,
        n_classes=solution.class_.size.size,
        n_schools=solution.school.size.size,
    )


@dataclass(frozen=True, slots=True)
class _Effects:
    """Estimates in standard units, and their variances per sigma_e2."""

    effect: Floats
    conditional: Floats
    prediction: Floats


def _effects(unit: Projections, *, ratio: float, inverse: Floats) -> _Effects:
    known = ratio - ratio**2 * unit.size
    of_beta = ratio**2 * np.sum((unit.sums @ inverse) * unit.sums, axis=1)
    return _Effects(effect=ratio * unit.residual, conditional=known, prediction=known + of_beta)
