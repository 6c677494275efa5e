"""Change of figures between two exams, and whether it is more than chance would make."""

import numpy as np
import pandas as pd

from core.interval import Z95, normal_interval
from core.tables import INDICATORS

KEY = ["unit", "subject", "indicator"]


def compute_change(current: pd.DataFrame, *, previous: pd.DataFrame) -> pd.DataFrame:
    """Compute the change of every figure, its standard error, and up, flat or down.

    The exams are taken as independent, which makes the standard error too large rather than
    too small when the same pupils sat both.

    Parameters
    ----------
    current, previous : DataFrame
        INDICATORS rows of one exam each.

    Returns
    -------
    DataFrame
        One row per row of ``current``, in its order: unit, subject, indicator, change, se, low,
        high (95 % interval), verdict. The change is null when either figure is null; se,
        interval and verdict are null when either standard error is.
    """
    INDICATORS.require(current)
    INDICATORS.require(previous)
    columns = [*KEY, "estimate", "se"]
    pair = current[columns].merge(
        previous[columns], on=KEY, how="left", suffixes=("", "_before"), validate="1:1"
    )
    change = (pair["estimate"] - pair["estimate_before"]).to_numpy(float)
    se = np.hypot(pair["se"].to_numpy(float), pair["se_before"].to_numpy(float))
    se = np.where(np.isnan(change), np.nan, se)
    ends = normal_interval(change, se=se)
    beyond = np.abs(change) >= Z95 * se
    moved = np.where(change > 0, "up", np.where(change < 0, "down", "flat"))
    verdict = pd.Series(np.where(beyond, moved, "flat"), dtype="str").mask(np.isnan(se))
    figures = {"change": change, "se": se, "low": ends.low, "high": ends.high}
    return pair[KEY].assign(**figures, verdict=verdict)
