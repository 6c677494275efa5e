"""``reliability_corrected``: the mixed model with the prior tests' error taken out.

A test of reliability rho has the error variance (1 - rho) Var(x), Var(x) being that of the
whole grade. The model stands in ``core.numerics.errors_in_priors``.
"""

import numpy as np

from core.numerics.errors_in_priors import Floats, estimate_with_errors
from core.value_added.inputs import ValueAddedInputs, design_of
from core.value_added.mixed_result import result_of_fit, school_freedom
from core.value_added.result import ValueAdded
from core.value_added.spec import PriorReliability


def estimate_reliability_corrected(inputs: ValueAddedInputs) -> ValueAdded:
    """Estimate school effects at equal true priors, given the reliability of the tests.

    Raises
    ------
    NotEstimableError
        When the matched pupils are too few, a score does not vary, or the priors vary no more
        than their errors do.
    SettingsError
        When the reliabilities are not as many as the priors.

    Examples
    --------
    >>> import pandas as pd
    >>> from core.standardise import Population
    >>> from core.value_added.spec import ReliabilitySpec, ValueAddedSpec
    >>> rows = pd.DataFrame({
    ...     "school": ["A", "B", "C"], "subject": "math", "n": 3, "n_sat": 3, "n_prior": 3,
    ...     "x1": [600, 900, 300], "x1_all": [600, 900, 300], "y": [900, 900, 480],
    ...     "x1_x1": [140000, 290000, 50000], "y_y": [290000, 276200, 86600],
    ...     "x1_y": [200000, 282000, 62000]})
    >>> unit = Population(mean=2.0, sd=1.0)
    >>> spec = ValueAddedSpec("reliability_corrected", "raw",
    ...                       reliability=ReliabilitySpec((0.9,)))
    >>> inputs = ValueAddedInputs(rows, unit, (("entry", unit),), (), spec, None)
    >>> estimate_reliability_corrected(inputs).reliabilities
    (PriorReliability(name='entry', value=0.9, is_assumed=False),)
    """
    reliabilities = inputs.spec.reliability.of(inputs.priors)
    error = error_variance(inputs, reliabilities)
    moments = design_of(inputs)
    fit = estimate_with_errors(moments, error=error)
    df = school_freedom(moments)
    return result_of_fit(inputs, fit, df=df, reliabilities=reliabilities)


def error_variance(
    inputs: ValueAddedInputs, reliabilities: tuple[PriorReliability, ...]
) -> Floats:
    """Return the error variance of every design column, in the unit of the model.

    Examples
    --------
    >>> import pandas as pd
    >>> from core.standardise import Population
    >>> from core.value_added.spec import ValueAddedSpec
    >>> unit, spec = Population(mean=2.0, sd=3.0), ValueAddedSpec("random_intercept", "raw")
    >>> inputs = ValueAddedInputs(pd.DataFrame(), unit, (("entry", unit),), (), spec, None)
    >>> error_variance(inputs, (PriorReliability("entry", 0.75, is_assumed=False),)).tolist()
    [0.0, 2.25]
    """
    in_z = inputs.spec.scale == "z"
    variance = [1.0 if in_z else population.sd**2 for _, population in inputs.priors]
    share = [1 - reliability.value for reliability in reliabilities]
    without = np.zeros(len(inputs.covariates))
    return np.concatenate([[0.0], np.array(share) * np.array(variance), without])
