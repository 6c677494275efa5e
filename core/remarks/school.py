"""Remarks on one school: what it adds, for whom, beside its peers, which warnings stand."""

from math import hypot

import pandas as pd

from core.remarks.remark import Remark

WARNED = ("red", "yellow", "blue")
"""Bands that warn, gravest first."""

_CLEAR = "|difference| > 1.96 SE"


def remark_on_school(
    value_added: pd.DataFrame,
    *,
    starts: pd.DataFrame,
    profile: pd.DataFrame,
    target: pd.DataFrame,
    bands: pd.DataFrame,
) -> tuple[Remark, ...]:
    """Return at most nine remarks, in the order in which they are read.

    Parameters
    ----------
    value_added, starts, profile, target, bands : DataFrame
        As the View of the school holds them; what is hidden has no figure in them.
    """
    return (
        *_on_value_added(value_added),
        *_on_starts(starts),
        *_on_target(target),
        *_on_profile(profile),
        *_on_bands(bands),
        *_on_coverage(value_added),
    )


def _on_value_added(value_added: pd.DataFrame) -> list[Remark]:
    judged = value_added[value_added["status"] == "ok"]
    above = judged.loc[judged["verdict"] == "well_above", "subject"]
    below = judged.loc[judged["verdict"] == "well_below", "subject"]
    found = []
    if len(above):
        found.append(Remark("school_adds_more", _subjects(above), "index >= 2"))
    if len(below):
        found.append(Remark("school_adds_less", _subjects(below), "index <= -2"))
    if len(judged) and not found:
        values = {"n_subjects": len(judged)}
        found.append(Remark("school_as_expected", values, "|index| < 2", is_remarkable=False))
    return found


def _on_starts(starts: pd.DataFrame) -> list[Remark]:
    """Remark on a low and a high start, where both are shown: fifths 1 or 2 and 4 or 5."""
    known = starts[starts["status"] == "ok"].dropna(subset=["estimate", "low", "high"])
    lower, upper = known[known["quintile"] <= 2], known[known["quintile"] >= 4]
    if lower.empty or upper.empty:
        return []
    low, high = lower.iloc[0], upper.iloc[-1]
    difference = float(low["estimate"]) - float(high["estimate"])
    half = hypot(*((float(row["high"]) - float(row["low"])) / 2 for row in (low, high)))
    values: dict[str, float | int | str] = {
        "difference": difference,
        "lowest": int(low["quintile"]),
        "highest": int(high["quintile"]),
    }
    if abs(difference) <= half:
        return [Remark("starts_alike", values, f"not {_CLEAR}", is_remarkable=False)]
    if difference > 0:
        return [Remark("starts_low_more", values, _CLEAR)]
    return [Remark("starts_high_more", values, _CLEAR)]


def _on_target(target: pd.DataFrame) -> list[Remark]:
    """Remark on the difference of value-added to the peers, or of attainment without it."""
    known = target[target["status"] == "ok"].set_index("indicator")
    code = next((c for c in ("value_added", "z") if c in known.index), None)
    if code is None:
        return []
    row = known.loc[[code]].iloc[0]
    values: dict[str, float | int | str] = {
        "indicator": code,
        "difference": float(row["estimate"]),
        "n_peers": int(row["n_peers"]),
    }
    if row["low"] > 0:
        return [Remark("peers_ahead_of", values, _CLEAR)]
    if row["high"] < 0:
        return [Remark("peers_behind", values, _CLEAR)]
    return [Remark("peers_alike", values, f"not {_CLEAR}", is_remarkable=False)]


def _on_profile(profile: pd.DataFrame) -> list[Remark]:
    known = profile[profile["status"] == "ok"]
    strong = known.loc[known["flag"] == "strong", "subject"]
    weak = known.loc[known["flag"] == "weak", "subject"]
    found = []
    if len(strong):
        found.append(Remark("subjects_strong", _subjects(strong), "q <= 0.05, gap > 0"))
    if len(weak):
        found.append(Remark("subjects_weak", _subjects(weak), "q <= 0.05, gap < 0"))
    return found


def _on_bands(bands: pd.DataFrame) -> list[Remark]:
    judged = bands[bands["band"] != "insufficient"]
    warned = judged[judged["band"].isin(WARNED)]
    if judged.empty:
        return []
    if warned.empty:
        number = {"n_subjects": len(judged)}
        return [Remark("no_warnings", number, "band = none", is_remarkable=False)]
    gravest = next(band for band in WARNED if (warned["band"] == band).any())
    grave = warned.loc[warned["band"] == gravest, "subject"]
    values = {**_subjects(grave), "band": gravest, "n_warned": len(warned)}
    return [Remark("warnings", values, "band in red, yellow, blue")]


def _on_coverage(value_added: pd.DataFrame) -> list[Remark]:
    thin = value_added.loc[value_added["status"] == "low_coverage", "subject"]
    if thin.empty:
        return []
    return [Remark("school_low_coverage", _subjects(thin), "coverage < least coverage")]


def _subjects(subjects: pd.Series) -> dict[str, float | int | str]:
    return {"count": len(subjects), "subjects": ",".join(subjects.astype("str"))}
