"""Remarks on the classes of a grade: who stands apart, whether the classes are balanced."""

import pandas as pd

from core.remarks.remark import Remark

_CLEAR = "F test of the class means, q <= 0.05"


def remark_on_classes(
    gaps: pd.DataFrame,
    *,
    profile: pd.DataFrame,
    progress: pd.DataFrame,
    balance: pd.DataFrame,
    subject: str,
) -> tuple[Remark, ...]:
    """Return at most eight remarks, in the order in which they are read.

    Parameters
    ----------
    gaps, profile, progress, balance : DataFrame
        As the View of the classes holds them; hidden classes have no figures in them.
    subject : str
        The one that levels and progress are told of.
    """
    own = gaps[(gaps["subject"] == subject) & (gaps["status"] == "ok")]
    return (
        *_on_level(own),
        *_on_progress(progress),
        *_on_balance(balance, subject=subject),
        *_on_profile(profile[profile["status"] == "ok"]),
    )


def _on_level(gaps: pd.DataFrame) -> list[Remark]:
    if gaps.empty:
        return []
    above, below = (gaps[gaps["flag"] == flag] for flag in ("strong", "weak"))
    if above.empty and below.empty:
        values = {"n_classes": len(gaps)}
        return [Remark("classes_alike", values, "q > 0.05", is_remarkable=False)]
    found = []
    if len(above):
        found.append(Remark("classes_above", _classes(above), "q <= 0.05, gap > 0"))
    if len(below):
        found.append(Remark("classes_below", _classes(below), "q <= 0.05, gap < 0"))
    return found


def _on_progress(progress: pd.DataFrame) -> list[Remark]:
    known = progress[progress["status"] == "ok"]
    judged = known[known["verdict"].isin(["well_above", "well_below"])]
    if known.empty:
        return []
    if judged.empty:
        values = {"n_classes": len(known)}
        return [Remark("classes_progress_alike", values, "|index| < 2", is_remarkable=False)]
    above = judged[judged["verdict"] == "well_above"]
    below = judged[judged["verdict"] == "well_below"]
    found = []
    if len(above):
        found.append(Remark("classes_progress_more", _classes(above), "index >= 2"))
    if len(below):
        found.append(Remark("classes_progress_less", _classes(below), "index <= -2"))
    return found


def _on_balance(balance: pd.DataFrame, *, subject: str) -> list[Remark]:
    own = balance[balance["subject"] == subject].set_index("moment").to_dict("index")
    if "now" not in own:
        return []
    now = own["now"]
    values: dict[str, float | int | str] = {
        "spread": float(now["spread"]),
        "chance_high": float(now["chance_high"]),
        "n_classes": int(now["n_classes"]),
    }
    if now["verdict"] == "more_than_chance":
        at_start = own.get("start", {}).get("verdict") == "more_than_chance"
        if at_start:
            return [Remark("classes_unbalanced_from_start", values, _CLEAR)]
        return [Remark("classes_unbalanced", values, _CLEAR)]
    if now["verdict"] == "less_than_chance":
        return [Remark("classes_evened_out", values, _CLEAR)]
    return [Remark("classes_balanced", values, "q > 0.05", is_remarkable=False)]


def _on_profile(profile: pd.DataFrame) -> list[Remark]:
    flagged = profile[profile["flag"].isin(["strong", "weak"])]
    if flagged.empty:
        return []
    place = flagged["estimate"].abs().to_numpy().argmax()
    largest = flagged.iloc[int(place)]
    values: dict[str, float | int | str] = {
        "count": len(flagged),
        "class": str(largest["class_"]),
        "subject": str(largest["subject"]),
        "difference": float(largest["estimate"]),
        "q": float(largest["q_value"]),
    }
    return [Remark("class_subjects_flagged", values, "q <= 0.05")]


def _classes(rows: pd.DataFrame) -> dict[str, float | int | str]:
    return {"count": len(rows), "classes": ",".join(rows["class_"].astype("str"))}
