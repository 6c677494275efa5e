"""The result of a mixed model, alike for every estimator that fits one."""

import numpy as np

from core.common_sample import common_sample_of
from core.interval import student_interval
from core.numerics.mixed_model import RandomInterceptFit
from core.numerics.moments import SchoolMoments
from core.numerics.standard_design import standardise_design
from core.value_added.fairness import fairness_of
from core.value_added.inputs import ValueAddedInputs
from core.value_added.result import FixedEffect, ValueAdded
from core.value_added.school_rows import SchoolFigures, found_status, school_rows
from core.value_added.spec import PriorReliability


def school_freedom(moments: SchoolMoments) -> int:
    """Return the degrees of freedom of the spread between schools.

    These are the schools less the columns that do not vary inside them: the intercept, the
    mean prior, a covariate of the school such as its kind.

    Parameters
    ----------
    moments : SchoolMoments
        That a model has been fitted to.

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> school, rural = np.repeat([0, 1, 2, 3], 2), np.repeat([0.0, 1.0, 1.0, 0.0], 2)
    >>> x = np.column_stack([np.ones(8), np.tile([1.0, 2.0], 4), rural])
    >>> [school_freedom(moments_from_rows(school, x=x[:, :k], y=np.arange(8.0)))
    ...  for k in (2, 3)]
    [3, 2]
    """
    return moments.n.size - standardise_design(moments).n_between


def result_of_fit(
    inputs: ValueAddedInputs,
    fit: RandomInterceptFit,
    *,
    df: int,
    more: tuple[str, ...] = (),
    reliabilities: tuple[PriorReliability, ...] = (),
) -> ValueAdded:
    """Return a fitted model as value-added.

    Parameters
    ----------
    inputs : ValueAddedInputs
    fit : RandomInterceptFit
        Of the schools with matched pupils.
    df : int
        Degrees of freedom of the spread between schools.
    more : tuple of str
        Names of the columns after priors and covariates.
    reliabilities : tuple of PriorReliability
        As the model took them to be.

    Examples
    --------
    >>> import pandas as pd
    >>> from core.numerics.mixed_model import estimate_random_intercept
    >>> from core.numerics.moments import moments_from_rows
    >>> from core.standardise import Population
    >>> from core.value_added.spec import ValueAddedSpec
    >>> rows = pd.DataFrame({"school": ["A", "B"], "subject": "math", "n": 3, "n_sat": 3,
    ...                      "n_prior": 3, "x1": 6, "x1_all": 6})
    >>> x, y = np.tile([1.0, 2.0, 3.0], 2), np.array([1.0, 3.0, 2.0, 5.0, 7.0, 6.5])
    >>> fit = estimate_random_intercept(moments_from_rows(
    ...     np.repeat([0, 1], 3), x=np.column_stack([np.ones(6), x]), y=y))
    >>> unit, spec = Population(0.0, 1.0), ValueAddedSpec("random_intercept", "raw")
    >>> inputs = ValueAddedInputs(rows, unit, (("entry", unit),), (), spec, None)
    >>> result_of_fit(inputs, fit, df=1).schools["estimate"].round(1).tolist()
    [2.0, -2.0]
    """
    schools = school_rows(inputs, _figures(inputs, fit, df=df))
    names = ["(Intercept)", *inputs.names, *more]
    effects = zip(names, fit.beta.tolist(), fit.beta_se.tolist(), strict=True)
    return ValueAdded(
        method=inputs.spec.method,
        scale=inputs.spec.scale,
        subject=inputs.subject,
        n_pupils=fit.n_pupils,
        n_schools=fit.n_schools,
        common_sample=common_sample_of(inputs.rows, prior=inputs.priors[0][1]),
        fixed_effects=tuple(FixedEffect(*effect) for effect in effects),
        sigma_u2=fit.sigma_u2,
        sigma_e2=fit.sigma_e2,
        icc=fit.sigma_u2 / (fit.sigma_u2 + fit.sigma_e2),
        neg2_log_reml=fit.neg2_log_reml,
        fairness_r=fairness_of(schools),
        status=found_status(is_found=fit.theta > 0),
        schools=schools,
        reliabilities=reliabilities,
        interval_df=df,
    )


def _figures(inputs: ValueAddedInputs, fit: RandomInterceptFit, *, df: int) -> SchoolFigures:
    estimate, se = inputs.spread(fit.effect), inputs.spread(fit.se_prediction)
    # The standard error is 0 where no difference is found; an interval would read as certainty.
    known = np.where(inputs.matched & (fit.theta > 0), se, np.nan)
    return SchoolFigures(
        estimate=estimate,
        se_conditional=inputs.spread(fit.se_conditional),
        se_prediction=se,
        reliability=inputs.spread(fit.reliability),
        # The spread between schools is known from the schools, not from their pupils.
        ends=student_interval(estimate, se=known, df=df),
        index=estimate / known,
        is_found=fit.theta > 0,
    )
