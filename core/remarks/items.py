"""Remarks on the items of a paper: reliability, items to look at, weak knowledge points."""

import numpy as np
import pandas as pd

from core.items.analysis import ItemAnalysis
from core.multiplicity import FALSE_DISCOVERY_RATE
from core.remarks.remark import Remark

LEAST_ALPHA = 0.8
"""Below it a single pupil's total says little; a usual wish for a paper of a county."""

NOTES = ("wrong_key", "flat", "too_hard", "too_easy")
"""Notes of ``core.items.notes`` in the order in which they are read."""


def remark_on_items(
    analysis: ItemAnalysis,
    *,
    notes: "pd.Series[str]",
    points: pd.DataFrame,
    flags: pd.DataFrame,
) -> tuple[Remark, ...]:
    """Return what the rules say of a paper, in the order in which it is read.

    Parameters
    ----------
    analysis : ItemAnalysis
    notes : Series of str
        The note of each of its items, in their order.
    points : DataFrame
        knowledge_point, mastery, low, high of the county, and ``paper``: the share of all
        points that the county earned; empty without a two-way table.
    flags : DataFrame
        Schools' rows with knowledge_point and flag; empty without a two-way table.
    """
    return (
        *_on_reliability(analysis),
        *_on_notes(analysis.items, notes),
        *_on_points(points.dropna(subset=["mastery", "high"])),
        *_on_schools(flags.dropna(subset=["flag"])),
    )


def _on_reliability(analysis: ItemAnalysis) -> list[Remark]:
    found = analysis.reliability
    if found is None:
        return []
    values = {"alpha": found.alpha, "limit": LEAST_ALPHA, "sem": found.sem}
    # Only where the whole interval lies below: a small group does not condemn a paper.
    if found.high < LEAST_ALPHA:
        return [Remark("unreliable", values, "high(alpha) < 0.8")]
    return [Remark("reliable", values, "high(alpha) >= 0.8", is_remarkable=False)]


def _on_notes(items: pd.DataFrame, notes: "pd.Series[str]") -> list[Remark]:
    remarks = []
    for note in NOTES:
        found = items.loc[(notes == note).to_numpy(), "item"]
        if len(found):
            values: dict[str, float | int | str] = {
                "note": note,
                "count": len(found),
                "items": ",".join(found),
            }
            remarks.append(Remark("item_note", values, _RULES[note]))
    if remarks:
        return remarks
    return [Remark("no_item_note", {"n_items": len(items)}, "no note", is_remarkable=False)]


_RULES = {
    "wrong_key": "item_rest < 0",
    "flat": "discrimination < 0.2",
    "too_hard": "high(difficulty) < 0.3",
    "too_easy": "low(difficulty) > 0.9",
}


def _on_points(points: pd.DataFrame) -> list[Remark]:
    if points.empty:
        return []
    weak = points[points["high"] < points["paper"]].sort_values("mastery", kind="stable")
    if weak.empty:
        values = {"n_points": len(points)}
        rule = "high(mastery) < share of the paper"
        return [Remark("no_weak_point", values, rule, is_remarkable=False)]
    lowest = weak.iloc[0]
    return [
        Remark(
            "weak_points",
            {
                "count": len(weak),
                "n_points": len(points),
                "points": ",".join(weak["knowledge_point"]),
                "lowest": float(lowest["mastery"]),
                "paper": float(lowest["paper"]),
            },
            "high(mastery) < share of the paper",
        )
    ]


def _on_schools(flags: pd.DataFrame) -> list[Remark]:
    if flags.empty:
        return []
    is_flagged = flags["flag"].isin(["strong", "weak"])
    n_flags = int(is_flagged.sum())
    values = {
        "count": n_flags,
        "n_tests": len(flags),
        "expected": FALSE_DISCOVERY_RATE * n_flags,
        "n_schools": int(np.unique(flags.loc[is_flagged, "school"].astype(str)).size),
    }
    return [Remark("school_points", values, "q <= 0.05", is_remarkable=n_flags > 0)]
