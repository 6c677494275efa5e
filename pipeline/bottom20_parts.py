"""Rows of the lowest 20 % for Views: named, set beside the county's share, rounded."""

import numpy as np
import pandas as pd

from pipeline.rounded import SHARE, rounded
from pipeline.view_parts import Setting

_COLUMNS = ["unit", "name", "subject", "subject_name", "estimate", "low", "high", "n_pupils"]


def county_shares(setting: Setting, shares: pd.DataFrame) -> pd.Series:
    """Return the county's own share by subject."""
    own = shares[shares["unit"] == setting.county["code"]]
    return pd.Series(own["estimate"].to_numpy(float), index=own["subject"].to_numpy())


def bottom20_rows(setting: Setting, rows: pd.DataFrame, *, county: pd.Series) -> pd.DataFrame:
    """Return shares of units with their side of the county's, highest in the subject first.

    Parameters
    ----------
    rows : DataFrame
        INDICATORS rows of the share as they may be shown, with ``name``.
    county : Series, indexed by subject
        The county's own share.
    """
    level = rows["subject"].map(county).astype("float64")
    side = np.select([rows["low"] > level, rows["high"] < level], ["more", "fewer"], "alike")
    known = rows["estimate"].notna() & level.notna()
    named = rows.assign(
        subject_name=rows["subject"].map(setting.names),
        side=pd.Series(side, index=rows.index, dtype="str").where(known),
    )
    chosen = named[named["subject"] == setting.subject]
    ordered = chosen.sort_values(
        ["estimate", "name", "unit"], ascending=[False, True, True], kind="stable"
    )
    place = {unit: k for k, unit in enumerate(ordered["unit"])}
    subjects = {subject: k for k, subject in enumerate(setting.names)}
    sorted_rows = named.assign(
        _place=named["unit"].map(place), _subject=named["subject"].map(subjects)
    ).sort_values(["_place", "_subject"], kind="stable", ignore_index=True)
    extra = [column for column in ("of_county",) if column in rows]
    return rounded(sorted_rows[[*_COLUMNS, "indicator", *extra, "side", "status"]])


def county20_of(setting: Setting, county: pd.Series) -> float | None:
    """Return the county's own share in the chosen subject."""
    value = county.get(setting.subject)
    return None if value is None or pd.isna(value) else round(float(value), SHARE)
