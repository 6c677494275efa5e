"""Which schools hold the line, and what it would be without each of them."""

import numpy as np
import pandas as pd

from core.numerics.school_influence import estimate_school_influence
from core.value_added.diagnostics.fitted import FittedModel
from core.value_added.diagnostics.normality import standardised_effects

COOK_PER_SCHOOL = 4.0
"""Cook's distance times the schools from which on a school is looked at."""

TIMES_MEAN = 2.0
"""Leverage from which on a school is looked at, in means of all schools."""


def compute_influence(model: FittedModel) -> pd.DataFrame:
    """Compute leverage and influence of every school with matched pupils.

    Returns
    -------
    DataFrame
        school, n, share (of all pupils), leverage (h_j), hold (h_j / p, adds up to 1), cook,
        standardised (effect over its SD under the model), then ``change_k`` for the k-th
        coefficient, 0 for the intercept: what leaving the school out at fixed variances does
        to it, in standard errors; status: ok, or not_estimable where the model cannot do
        without the school, with cook and changes null.

    References
    ----------
    Van der Meer, te Grotenhuis & Pelzer (2010). Influential cases in multilevel modeling.
    American Sociological Review 75, 173-178 (4 / J as the bound of Cook's distance).
    Hoaglin & Welsch (1978). The hat matrix in regression and ANOVA. American Statistician 32,
    17-22 (twice the mean as the bound of leverage).
    """
    found = estimate_school_influence(model.moments, fit=model.fit, error=model.error)
    n = model.moments.n
    changes = {f"change_{k}": found.change_in_se[:, k] for k in range(len(model.names))}
    table = pd.DataFrame(
        {
            "school": model.inputs.rows.loc[model.inputs.matched, "school"].to_numpy(),
            "n": n.astype(np.int64),
            "share": n / n.sum(),
            "leverage": found.leverage,
            "hold": found.leverage / len(model.names),
            "cook": found.cook,
            "standardised": standardised_effects(model.fit),
            **changes,
        }
    )
    status = np.where(np.isnan(found.cook), "not_estimable", "ok")
    return table.assign(status=pd.Series(status, dtype="str"))


def flag_influence(schools: pd.DataFrame, *, n_schools: int) -> pd.DataFrame:
    """Add is_influential (Cook's distance 4 / J or more) and holds_much (twice the mean hold).

    Parameters
    ----------
    schools : DataFrame
        cook and hold; rows may have been left out.
    n_schools : int
        Schools that the model was fitted to.

    Examples
    --------
    >>> schools = pd.DataFrame({"cook": [0.1, 0.5, None], "hold": [0.1, 0.4, 0.12]})
    >>> flagged = flag_influence(schools, n_schools=10)
    >>> flagged["is_influential"].tolist(), flagged["holds_much"].tolist()
    ([False, True, False], [False, True, False])
    """
    return schools.assign(
        is_influential=schools["cook"].astype("float64") >= COOK_PER_SCHOOL / n_schools,
        holds_much=schools["hold"].astype("float64") >= TIMES_MEAN / n_schools,
    )
