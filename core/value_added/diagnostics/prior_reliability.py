"""What the reliability that the prior test is taken to have decides.

The model with the prior's error taken out is fitted for every reliability of a row. None of
them is told by these data; the classical theory of tests gives only a least value, because two
tests correlate by at most the root of the product of their reliabilities:

    reliability >= r^2,    r = correlation of prior and outcome over all pupils
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.errors import NotEstimableError
from core.numerics.standard_design import standardise_design
from core.value_added.inputs import ValueAddedInputs, design_of
from core.value_added.reliability_corrected import estimate_reliability_corrected
from core.value_added.result import ValueAdded
from core.value_added.spec import DEFAULT_RELIABILITY, ReliabilitySpec

RELIABILITIES = (0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1.00)

_FIGURES = ("slope", "slope_se", "fairness_r", "sigma_u2")


@dataclass(frozen=True, slots=True)
class ReliabilitySweep:
    """The model at each reliability of the prior.

    Attributes
    ----------
    rows : DataFrame
        reliability, slope, slope_se (of the prior), fairness_r (null where undefined),
        sigma_u2, status (ok no_difference_found not_estimable); figures are null where not
        estimable.
    verdicts : DataFrame
        One row per school that may be compared (coverage good enough), one column for each
        reliability at which the model can be estimated.
    least : float
        The square of the correlation of prior and outcome.
    """

    rows: pd.DataFrame
    verdicts: pd.DataFrame
    least: float


def sweep_reliability(inputs: ValueAddedInputs) -> ReliabilitySweep:
    """Fit ``reliability_corrected`` at every reliability from 0.70 to 1.00.

    Parameters
    ----------
    inputs : ValueAddedInputs
        Of one prior; the method and its reliability play no part.
    """
    results = {value: _result(inputs, value) for value in RELIABILITIES}
    verdicts = {
        value: found.schools.set_index("school")["verdict"].where(
            found.schools.set_index("school")["status"] == "ok"
        )
        for value, found in results.items()
        if found is not None
    }
    rows = pd.DataFrame([_row(value, found) for value, found in results.items()])
    design = standardise_design(design_of(inputs))
    return ReliabilitySweep(
        rows=rows.astype(dict.fromkeys(_FIGURES, "float64")),
        verdicts=pd.DataFrame(verdicts).dropna(how="all"),
        least=float(design.xy[1] / design.n_pupils) ** 2,
    )


def count_changes(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Count the schools whose verdict is another than at the assumed reliability of 0.85.

    Parameters
    ----------
    verdicts : DataFrame
        As in ``ReliabilitySweep``, of the schools that are to be counted.

    Returns
    -------
    DataFrame
        reliability, n_changed, n_compared, share; null where a model is not estimable or no
        school can be compared.

    Examples
    --------
    >>> verdicts = pd.DataFrame({0.85: ["above", "below"], 1.0: ["above", "as_expected"]})
    >>> counted = count_changes(verdicts).set_index("reliability")
    >>> counted.loc[[0.85, 1.0], "share"].tolist(), counted.loc[0.7, "n_changed"]
    ([0.0, 0.5], <NA>)
    """
    rows: list[tuple[float, int | None, int | None, float]] = []
    for value in RELIABILITIES:
        known = [DEFAULT_RELIABILITY, value]
        if not set(known) <= set(verdicts):
            rows.append((value, None, None, np.nan))
            continue
        pair = verdicts[known[:1]].assign(other=verdicts[value]).dropna()
        changed = int((pair[DEFAULT_RELIABILITY] != pair["other"]).sum())
        share = changed / len(pair) if len(pair) else np.nan
        rows.append((value, changed, len(pair), share))
    table = pd.DataFrame(rows, columns=["reliability", "n_changed", "n_compared", "share"])
    return table.astype({"n_changed": "Int64", "n_compared": "Int64", "share": "float64"})


def _result(inputs: ValueAddedInputs, value: float) -> ValueAdded | None:
    spec = replace(
        inputs.spec, method="reliability_corrected", reliability=ReliabilitySpec((value,))
    )
    try:
        return estimate_reliability_corrected(replace(inputs, spec=spec))
    except NotEstimableError:
        return None


def _row(value: float, found: ValueAdded | None) -> dict[str, object]:
    if found is None:
        empty = dict.fromkeys(_FIGURES)
        return {"reliability": value, **empty, "status": "not_estimable"}
    slope = found.fixed_effects[1]
    return {
        "reliability": value,
        "slope": slope.estimate,
        "slope_se": slope.se,
        "fairness_r": found.fairness_r,
        "sigma_u2": found.sigma_u2,
        "status": found.status,
    }
