"""A mixed model of value-added with all that it was fitted to, for its diagnostics."""

from dataclasses import dataclass
from typing import get_args

import numpy as np

from core.errors import SettingsError
from core.numerics.errors_in_priors import Floats, estimate_with_errors
from core.numerics.mixed_model import RandomInterceptFit, estimate_random_intercept
from core.numerics.moments import SchoolMoments, with_school_means
from core.value_added.contextual import MEAN_PRIOR
from core.value_added.inputs import ValueAddedInputs, design_of
from core.value_added.reliability_corrected import error_variance
from core.value_added.spec import Method

MIXED: tuple[Method, ...] = ("random_intercept", "contextual", "reliability_corrected")
"""Methods that fit a mixed model; the others have no line, and so no residuals from it."""


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A mixed model, its moments, and the names of its coefficients.

    Attributes
    ----------
    inputs : ValueAddedInputs
    moments : SchoolMoments
        Of the schools with matched pupils, in the order of the inputs' rows.
    fit : RandomInterceptFit
    error : ndarray, shape (p,)
        Error variance of each column of the design, 0 unless ``reliability_corrected``.
    names : tuple of str
        "(Intercept)", the priors and covariates by name, "mean_prior" for ``contextual``.
    """

    inputs: ValueAddedInputs
    moments: SchoolMoments
    fit: RandomInterceptFit
    error: Floats
    names: tuple[str, ...]


def fit_mixed_model(inputs: ValueAddedInputs) -> FittedModel:
    """Fit the mixed model that a method of value-added rests on.

    Raises
    ------
    SettingsError
        When the method fits no mixed model.
    NotEstimableError
        When the matched pupils or schools are too few, or a score does not vary.

    Examples
    --------
    >>> import pandas as pd
    >>> from core.standardise import Population
    >>> from core.value_added.spec import ValueAddedSpec
    >>> rows = pd.DataFrame({
    ...     "school": ["A", "B", "C"], "subject": "math", "n": 3, "n_sat": 3, "n_prior": 3,
    ...     "x1": [600, 900, 300], "x1_all": [600, 900, 300], "y": [900, 900, 480],
    ...     "x1_x1": [140000, 290000, 50000], "y_y": [290000, 276200, 86600],
    ...     "x1_y": [200000, 282000, 62000]})
    >>> unit, spec = Population(mean=2.0, sd=1.0), ValueAddedSpec("contextual", "raw")
    >>> inputs = ValueAddedInputs(rows, unit, (("entry", unit),), (), spec, None)
    >>> fit_mixed_model(inputs).names
    ('(Intercept)', 'entry', 'mean_prior')
    """
    names, moments = ("(Intercept)", *inputs.names), design_of(inputs)
    match inputs.spec.method:
        case "random_intercept":
            fit = estimate_random_intercept(moments)
        case "contextual":
            moments = with_school_means(moments, column=1)
            fit, names = estimate_random_intercept(moments), (*names, MEAN_PRIOR)
        case "reliability_corrected":
            error = error_variance(inputs, inputs.spec.reliability.of(inputs.priors))
            fit = estimate_with_errors(moments, error=error)
            return FittedModel(inputs, moments, fit, error, names)
        case method:
            raise _no_model(method)
    return FittedModel(inputs, moments, fit, np.zeros(len(names)), names)


def _no_model(method: Method) -> SettingsError:
    return SettingsError(
        f"Method {method!r} fits no mixed model, so there is nothing to diagnose. Choose one "
        f"of the {len(MIXED)} of {len(get_args(Method))} that do: {', '.join(MIXED)}.",
        f"方法 {method!r} 不拟合混合模型，没有可诊断的内容。"
        f"请在 {len(get_args(Method))} 种方法中选用以下 {len(MIXED)} 种之一："
        f"{'、'.join(MIXED)}。",
    )
