"""Remarks on a township: who stands out, whether the sample is fine, what lags, what is due."""

import pandas as pd

from core.remarks.remark import Remark

_WARNED = ("red", "yellow", "blue")


def remark_on_schools(schools: pd.DataFrame) -> tuple[Remark, ...]:
    """Return who adds clearly more or less, and whose common sample is too thin.

    Parameters
    ----------
    schools : DataFrame
        Own units: unit, verdict, status (ok low_coverage ..).
    """
    sound = schools[schools["status"] == "ok"]
    judged = sound[sound["verdict"].notna()]
    remarks = []
    if len(judged):
        above = judged[judged["verdict"] == "well_above"]
        below = judged[judged["verdict"] == "well_below"]
        values: dict[str, float | int | str] = {
            "n_schools": len(judged),
            "n_above": len(above),
            "n_below": len(below),
            "count": len(above) + len(below),
            "schools": ",".join([*above["unit"], *below["unit"]]),
        }
        remarks.append(
            Remark(
                "township_standing",
                values,
                "|index| >= 2",
                is_remarkable=len(above) + len(below) > 0,
            )
        )
    thin = schools[schools["status"] == "low_coverage"]
    if len(thin):
        values = {"count": len(thin), "schools": ",".join(thin["unit"])}
        remarks.append(Remark("township_low_coverage", values, "coverage < least coverage"))
    return tuple(remarks)


def remark_on_bottom20(own: pd.DataFrame, *, county: float) -> tuple[Remark, ...]:
    """Return whether more of a township's pupils are among the county's lowest than elsewhere.

    Parameters
    ----------
    own : DataFrame
        The row of the township's share: estimate, low, high, n_pupils; empty if not shown.
    county : float
        The county's own share.
    """
    known = own.dropna(subset=["estimate", "low", "high"])
    if known.empty:
        return ()
    row = known.iloc[0]
    side = "more" if row["low"] > county else "fewer" if row["high"] < county else "alike"
    values: dict[str, float | int | str] = {
        "share": float(row["estimate"]),
        "share_low": float(row["low"]),
        "share_high": float(row["high"]),
        "n_pupils": int(row["n_pupils"]),
        "county_share": county,
        "side": side,
    }
    test = "95 % interval beside the county's share"
    return (Remark("township_bottom20", values, test, is_remarkable=side != "alike"),)


def remark_on_gaps(gaps: pd.DataFrame) -> tuple[Remark, ...]:
    """Return the weak and strong subjects of a township beside its own mean.

    Parameters
    ----------
    gaps : DataFrame
        subject and flag (strong weak none) of the township.
    """
    known = gaps[gaps["flag"].notna()]
    if known.empty:
        return ()
    weak, strong = (known.loc[known["flag"] == flag, "subject"] for flag in ("weak", "strong"))
    values: dict[str, float | int | str] = {
        "n_subjects": len(known),
        "count": len(weak),
        "schools": ",".join(weak),
        "n_strong": len(strong),
        "strong": ",".join(strong),
    }
    found = len(weak) + len(strong) > 0
    return (Remark("township_gaps", values, "q < 0.05", is_remarkable=found),)


def remark_on_due(bands: pd.DataFrame, cases: pd.DataFrame) -> tuple[Remark, ...]:
    """Return how many schools have a warning band, and how many cases wait.

    Parameters
    ----------
    bands : DataFrame
        school and band of the own schools in the subject.
    cases : DataFrame
        unit and is_overdue of the open cases.
    """
    counts = {band: int((bands["band"] == band).sum()) for band in _WARNED}
    remarks = []
    if len(bands):
        gravest = bands[bands["band"].isin(_WARNED[:2])]
        values: dict[str, float | int | str] = {
            **counts,
            "n_schools": len(bands),
            "count": len(gravest),
            "schools": ",".join(gravest["school"]),
        }
        remarks.append(
            Remark(
                "township_bands",
                values,
                "bands of the default rules",
                is_remarkable=sum(counts.values()) > 0,
            )
        )
    if len(cases):
        overdue = int(cases["is_overdue"].sum())
        values = {"count": len(cases), "overdue": overdue}
        remarks.append(Remark("township_cases", values, "status not closed"))
    return tuple(remarks)
