"""Change of the schools' effects between two value-addeds."""

import pandas as pd

from core.change.difference import difference_figures
from core.listed_once import refuse_twice
from core.tables import SCHOOL_EFFECTS
from core.verdict import NO_DIFFERENCE


def compute_effect_change(
    current: pd.DataFrame, *, previous: pd.DataFrame, cov: pd.Series | None = None
) -> pd.DataFrame:
    """Compute the change of every school's effect, its standard error, and up, flat or down.

    Parameters
    ----------
    current, previous : DataFrame
        SCHOOL_EFFECTS rows by the same method and in the same unit.
    cov : Series, indexed by school, optional
        Covariance of the errors of the two effects; 0 for a school that it lacks. Without it
        the effects are taken as independent.

    Returns
    -------
    DataFrame
        One row per school of ``current``, in its order: school, change, se, low, high (95 %
        interval), verdict, status. All figures are null where one of the effects is not
        estimable, was suppressed, or belongs to schools that were not found to differ. The
        status is that of the effect that is least well known.

    Raises
    ------
    DataError
        When a covariance is larger than the product of its standard errors, or a school has
        two.

    Examples
    --------
    >>> effect = {"school": ["A"], "n": 40, "n_sat": 40, "n_prior": 40, "se_conditional": 0.1,
    ...           "se_prediction": 0.1, "index": 1.0, "verdict": "above", "status": "ok"}
    >>> effect |= {"coverage": 1.0, "prior_mean": 0.0, "prior_mean_all": 0.0, "low": 0.0}
    >>> rows = pd.DataFrame(effect).assign(high=0.5, reliability=0.8)
    >>> compute_effect_change(rows.assign(estimate=0.3), previous=rows.assign(estimate=0.1))[
    ...     ["change", "verdict"]].round(2).to_numpy().tolist()
    [[0.2, 'flat']]
    """
    SCHOOL_EFFECTS.require(current)
    SCHOOL_EFFECTS.require(previous)
    columns = ["school", "estimate", "se_prediction", "verdict", "status"]
    pair = current[columns].merge(
        previous[columns], on="school", how="left", suffixes=("", "_before"), validate="1:1"
    )
    # Where no difference was found, mixed models have errors of 0 and the others keep theirs;
    # neither is an effect of a school's own to be compared with.
    known = (pair[["verdict", "verdict_before"]] != NO_DIFFERENCE).all(axis=1)
    together = None
    if cov is not None:
        refuse_twice(cov.index, where="cov")
        together = pair["school"].map(cov).fillna(0.0).to_numpy(float)
    figures = difference_figures(
        pair["estimate"].where(known).to_numpy(float),
        before=pair["estimate_before"].to_numpy(float),
        se_after=pair["se_prediction"].to_numpy(float),
        se_before=pair["se_prediction_before"].to_numpy(float),
        cov=together,
    )
    status = _least_known(pair["status"], pair["status_before"].fillna("not_estimable"))
    return pd.concat([pair[["school"]], figures, status], axis=1)


def _least_known(one: pd.Series, other: pd.Series) -> pd.Series:
    worst = ["ok", "low_coverage", "not_estimable", "suppressed"]
    level = pd.concat([one.map(worst.index), other.map(worst.index)], axis=1).max(axis=1)
    return pd.Series([worst[int(k)] for k in level], dtype="str", name="status")
