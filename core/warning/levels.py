"""Where each school stands in the status x change grid, read from the evidence of its band."""

import numpy as np
import pandas as pd

from core.judgement_tables import SIGNALS
from core.table import Table, integer, text
from core.warning.evidence import ROUNDING
from core.warning.figures import OK
from core.warning.grid import status_cuts
from core.warning.rules import N_LEVELS, Grid
from core.warning.signal_kinds import CHANGE, GRID

GRID_LEVELS = Table(
    "GRID_LEVELS",
    "levels of status and change of every school that the grid judges",
    ("unit", "subject"),
    (
        text("unit", "code of the organisation unit"),
        text("subject", "subject code"),
        integer("status", "1 lowest fifth of the comparison group, 5 highest"),
        integer(
            "change",
            "1 large fall, 2 fall, 3 flat, 4 rise, 5 large rise; null if not known",
            nullable=True,
        ),
        text("band", "none blue yellow red: what the grid alone gives"),
    ),
)


def compute_grid_levels(
    signals: pd.DataFrame, *, groups: pd.Series, grid: Grid
) -> pd.DataFrame:
    """Return the levels behind the grid's band, school by school and subject by subject.

    Parameters
    ----------
    signals : DataFrame
        SIGNALS rows of one exam, those of hidden schools among them: the cuts rest on all.
    groups : Series, indexed by unit
        Comparison group of each school, as the bands were judged in.
    grid : Grid
        Of the rule set that judged them.

    Returns
    -------
    DataFrame
        GRID_LEVELS rows of what the grid could judge.
    """
    SIGNALS.require(signals)
    key = ["unit", "subject"]
    status = signals[(signals["signal"] == GRID) & (signals["reason"] == OK)]
    change = signals[signals["signal"] == CHANGE].rename(columns={"reason": "change_reason"})
    columns = [*key, "value", "threshold", "change_reason"]
    rows = status[[*key, "value", "band"]].merge(
        change[columns], on=key, how="left", suffixes=("", "_change"), validate="1:1"
    )
    family = rows["unit"].map(groups).astype("str") + "/" + rows["subject"]
    value = rows["value"].to_numpy(float)
    cuts, _ = status_cuts(value, family=family.factorize()[0], shares=grid.cuts)
    moved = rows["value_change"].to_numpy(float)
    clear = np.abs(moved) >= np.abs(rows["threshold"].to_numpy(float))
    size = np.where(np.abs(moved) >= grid.large_change, 2, 1)
    level = 1 + N_LEVELS // 2 + np.where(clear, np.sign(np.nan_to_num(moved)) * size, 0)
    known = (rows["change_reason"] == OK).to_numpy()
    levels = rows[key].assign(
        status=1 + (value[:, None] >= cuts - ROUNDING).sum(axis=1),
        change=pd.Series(np.where(known, level, np.nan), dtype="float64").astype("Int64"),
        band=rows["band"],
    )
    return GRID_LEVELS.require(levels[GRID_LEVELS.names])
