"""The one door to the diagnostics of a value-added of one prior."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.standardise import Population
from core.value_added.compute import gather_inputs
from core.value_added.diagnostics.fitted import fit_mixed_model
from core.value_added.diagnostics.influence import compute_influence
from core.value_added.diagnostics.prior_reliability import ReliabilitySweep, sweep_reliability
from core.value_added.diagnostics.residuals import PupilResiduals, compute_residuals
from core.value_added.spec import Method, Prior, ValueAddedSpec


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What a mixed model's assumptions look like, exact and of every school.

    Attributes
    ----------
    method : str
    coefficients : tuple of str
        "(Intercept)", the prior by name, "mean_prior" for ``contextual``.
    n_pupils, n_schools : int
        What the model was fitted to.
    status : {"ok", "no_difference_found"}
    schools : DataFrame
        As ``compute_influence`` returns it, sorted by school.
    residuals : PupilResiduals or None
        None without a joint histogram.
    sweep : ReliabilitySweep
    """

    method: Method
    coefficients: tuple[str, ...]
    n_pupils: int
    n_schools: int
    status: Literal["ok", "no_difference_found"]
    schools: pd.DataFrame
    residuals: PupilResiduals | None
    sweep: ReliabilitySweep


def compute_diagnostics(
    moments: pd.DataFrame,
    *,
    current: Population,
    prior: Prior,
    spec: ValueAddedSpec,
    joint: pd.DataFrame | None = None,
) -> Diagnostics:
    """Compute the diagnostics of a mixed model of one prior from its stored statistics.

    Parameters
    ----------
    moments : DataFrame
        MOMENTS rows of one subject with one prior.
    current : Population
    prior : tuple of (str, Population)
    spec : ValueAddedSpec
        Of ``random_intercept``, ``contextual`` or ``reliability_corrected``.
    joint : DataFrame, optional
        JOINT_HISTOGRAM rows of the same pupils, for the residuals.

    Raises
    ------
    SettingsError
        When the method fits no mixed model, or the joint histogram is of another prior.
    NotEstimableError
        When the matched pupils or schools are too few, or a score does not vary.

    Examples
    --------
    >>> moments = pd.DataFrame({
    ...     "school": ["A", "B", "C"], "subject": "math", "n": 3, "n_sat": 3, "n_prior": 3,
    ...     "x1": [600, 900, 300], "x1_all": [600, 900, 300], "y": [900, 900, 480],
    ...     "x1_x1": [140000, 290000, 50000], "y_y": [290000, 276200, 86600],
    ...     "x1_y": [200000, 282000, 62000]})
    >>> unit, spec = Population(mean=2.0, sd=1.0), ValueAddedSpec("random_intercept", "raw")
    >>> found = compute_diagnostics(moments, current=unit, prior=("entry", unit), spec=spec)
    >>> found.schools["hold"].sum().round(6).item(), found.residuals is None
    (1.0, True)
    """
    inputs = gather_inputs(moments, current=current, priors=(prior,), spec=spec, joint=joint)
    model = fit_mixed_model(inputs)
    return Diagnostics(
        method=spec.method,
        coefficients=model.names,
        n_pupils=model.fit.n_pupils,
        n_schools=model.fit.n_schools,
        status="ok" if model.fit.theta > 0 else "no_difference_found",
        schools=compute_influence(model),
        residuals=None if joint is None else compute_residuals(model),
        sweep=sweep_reliability(inputs),
    )
