"""Remarks on one subject of a county: who is unlike himself, how far schools lie apart."""

import pandas as pd

from core.equity.limits import ICC_LIMIT
from core.multiplicity import FALSE_DISCOVERY_RATE
from core.remarks.remark import Remark


def remark_on_subject(
    subject: str,
    *,
    gaps: pd.DataFrame | None,
    shares: pd.DataFrame,
    trend: pd.DataFrame,
    county: pd.DataFrame | None,
) -> tuple[Remark, ...]:
    """Return at most six remarks, in the order in which they are read.

    Parameters
    ----------
    subject : str
        Code of the subject that the page is about.
    gaps : DataFrame or None
        SUBJECT_GAPS of all subjects; None where there are none.
    shares : DataFrame
        subject, estimate, low, high: share of variance between schools, by subject.
    trend : DataFrame
        estimate, low, high of that share in this subject, oldest exam first.
    county : DataFrame or None
        Rows of ``compute_reference_gaps`` for the county; None without a reference.
    """
    remarks: list[Remark] = []
    if gaps is not None:
        remarks += _on_gaps(gaps, subject=subject)
    remarks += _on_share(shares.dropna(subset=["estimate"]), subject=subject)
    remarks += _on_trend(trend.dropna(subset=["estimate", "low", "high"]))
    if county is not None:
        remarks += _on_county(county[county["subject"] == subject])
    return tuple(remarks)


def _on_gaps(gaps: pd.DataFrame, *, subject: str) -> list[Remark]:
    tested = gaps.dropna(subset=["q_value"])
    if tested.empty:
        return []
    own = tested[tested["subject"] == subject]
    weak, strong = (own.loc[own["flag"] == flag, "school"] for flag in ("weak", "strong"))
    n_flags = int((tested["flag"] != "none").sum())
    values = {
        "own": len(weak) + len(strong),
        "flags": n_flags,
        "expected": FALSE_DISCOVERY_RATE * n_flags,
        "n_tests": len(tested),
    }
    return [
        Remark("subject_weak", _named(weak), "q <= 0.05, gap < 0", is_remarkable=len(weak) > 0),
        Remark(
            "subject_strong",
            _named(strong),
            "q <= 0.05, gap > 0",
            is_remarkable=len(strong) > 0,
        ),
        Remark("subject_false_flags", values, "0.05 flags", is_remarkable=n_flags > 0),
    ]


def _named(schools: pd.Series) -> dict[str, int | str]:
    return {"count": len(schools), "schools": ",".join(schools)}


def _on_share(shares: pd.DataFrame, *, subject: str) -> list[Remark]:
    own = shares[shares["subject"] == subject]
    if own.empty:
        return []
    row = own.iloc[0]
    values = {
        "share": float(row["estimate"]),
        "line": ICC_LIMIT,
        "place": 1 + int((shares["estimate"] > row["estimate"]).sum()),
        "n_subjects": len(shares),
    }
    # A missing end is no proof that the share lies above the line.
    is_above = bool(row["low"] > ICC_LIMIT)
    return [Remark("subject_share", values, "low(icc) > 0.15", is_remarkable=is_above)]


def _on_trend(trend: pd.DataFrame) -> list[Remark]:
    if len(trend) < 2:
        return []
    first, last = trend.iloc[0], trend.iloc[-1]
    is_apart = bool(last["low"] > first["high"] or last["high"] < first["low"])
    values = {
        "before": float(first["estimate"]),
        "share": float(last["estimate"]),
        "n_exams": len(trend),
    }
    rule = "intervals of the first and last exam do not meet"
    if is_apart:
        return [Remark("subject_share_changed", values, rule)]
    return [Remark("subject_share_steady", values, rule, is_remarkable=False)]


def _on_county(own: pd.DataFrame) -> list[Remark]:
    known = own[own["status"] == "ok"]
    if known.empty:
        return []
    row = known.iloc[0]
    values: dict[str, float | int | str] = {
        "gap": float(row["gap"]),
        "flag": str(row["flag"]),
        "q_value": float(row["q_value"]),
    }
    is_flagged = row["flag"] != "none"
    return [Remark("county_subject", values, "q <= 0.05", is_remarkable=is_flagged)]
