"""Change of every figure of INDICATORS between two exams."""

import pandas as pd

from core.change.difference import difference_figures
from core.tables import INDICATORS

KEY = ["unit", "subject", "indicator"]


def compute_change(
    current: pd.DataFrame, *, previous: pd.DataFrame, cov: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Compute the change of every figure, its standard error, and up, flat or down.

    Without ``cov`` the exams are taken as independent, which makes the standard error too large
    rather than too small when the same pupils sat both.

    Parameters
    ----------
    current, previous : DataFrame
        INDICATORS rows of one exam each.
    cov : DataFrame, optional
        unit, subject, indicator and cov, the covariance of the two errors; 0 where a row lacks.

    Returns
    -------
    DataFrame
        One row per row of ``current``, in its order: unit, subject, indicator, change, se, low,
        high (95 % interval), verdict. The change is null when either figure is null; se,
        interval and verdict are null when either standard error is.

    Raises
    ------
    DataError
        When a covariance is larger than the product of its standard errors.

    Examples
    --------
    >>> figure = {"unit": ["A"], "exam": "end", "subject": "math", "indicator": "z", "se": 0.1,
    ...           "low": 0.0, "high": 0.0, "n_pupils": 90, "reliability": 1.0, "status": "ok"}
    >>> now, then = pd.DataFrame(figure).assign(estimate=0.5), pd.DataFrame(figure)
    >>> compute_change(now, previous=then.assign(estimate=0.1))["verdict"].tolist()
    ['up']
    """
    INDICATORS.require(current)
    INDICATORS.require(previous)
    columns = [*KEY, "estimate", "se"]
    pair = current[columns].merge(
        previous[columns], on=KEY, how="left", suffixes=("", "_before"), validate="1:1"
    )
    together = None
    if cov is not None:
        found = pair[KEY].merge(cov[[*KEY, "cov"]], on=KEY, how="left", validate="1:1")
        together = found["cov"].fillna(0.0).to_numpy(float)
    figures = difference_figures(
        pair["estimate"].to_numpy(float),
        before=pair["estimate_before"].to_numpy(float),
        se_after=pair["se"].to_numpy(float),
        se_before=pair["se_before"].to_numpy(float),
        cov=together,
    )
    return pd.concat([pair[KEY], figures], axis=1)
