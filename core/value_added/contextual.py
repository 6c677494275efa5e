"""``contextual``: the mixed model with the school's mean of the first prior as a column.

    y_ij = x_ij' beta + gamma x_j + u_j + e_ij,    x_j = mean of the first prior in school j

It takes out what an unreliable prior leaves in favour of strong intakes, and with it all merit
that goes along with intake.
"""

from core.numerics.mixed_model import estimate_random_intercept
from core.numerics.moments import with_school_means
from core.value_added.inputs import ValueAddedInputs, design_of
from core.value_added.mixed_result import result_of_fit, school_freedom
from core.value_added.result import ValueAdded

MEAN_PRIOR = "mean_prior"
"""Name of the fixed effect of the school's mean of the first prior."""


def estimate_by_context(inputs: ValueAddedInputs) -> ValueAdded:
    """Estimate school effects at equal priors and equal mean prior of the school.

    Raises
    ------
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
    >>> unit = Population(mean=2.0, sd=1.0)
    >>> spec = ValueAddedSpec(method="contextual", scale="raw")
    >>> inputs = ValueAddedInputs(rows, unit, (("entry", unit),), (), spec, None)
    >>> [effect.name for effect in estimate_by_context(inputs).fixed_effects]
    ['(Intercept)', 'entry', 'mean_prior']
    """
    moments = with_school_means(design_of(inputs), column=1)
    fit = estimate_random_intercept(moments)
    return result_of_fit(inputs, fit, df=school_freedom(moments), more=(MEAN_PRIOR,))
