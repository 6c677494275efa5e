"""``random_intercept``: schools compared at equal prior, by the mixed model.

y_ij = x_ij' beta + u_j + e_ij,    u_j ~ N(0, sigma_u2),    e_ij ~ N(0, sigma_e2)
"""

from core.numerics.mixed_model import estimate_random_intercept
from core.value_added.inputs import ValueAddedInputs, design_of
from core.value_added.mixed_result import result_of_fit, school_freedom
from core.value_added.result import ValueAdded


def estimate_by_random_intercept(inputs: ValueAddedInputs) -> ValueAdded:
    """Estimate school effects at equal priors and covariates, shrunk by their reliability.

    Raises
    ------
    NotEstimableError
        When the matched pupils are too few, or a score does not vary.

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
    >>> unit = Population(mean=2.0, sd=1.0)
    >>> spec = ValueAddedSpec(method="random_intercept", scale="raw")
    >>> inputs = ValueAddedInputs(rows, unit, (("entry", unit),), (), spec, None)
    >>> result = estimate_by_random_intercept(inputs)
    >>> [effect.name for effect in result.fixed_effects]
    ['(Intercept)', 'entry']
    """
    moments = design_of(inputs)
    return result_of_fit(inputs, estimate_random_intercept(moments), df=school_freedom(moments))
