"""Remarks on a county: who stands out, whether that is fair, what changed."""

import pandas as pd
from scipy.special import ndtr, stdtr

from core.change import KEY
from core.remarks.remark import Remark
from core.value_added import UNFAIR, ValueAdded
from core.verdict import VERDICT_FROM

BOUND = VERDICT_FROM[0]
"""Index from which on a school is named."""


def remark_on_county(
    value_added: ValueAdded | None,
    *,
    indicators: pd.DataFrame,
    changes: pd.DataFrame | None,
    county: str,
) -> tuple[Remark, ...]:
    """Return at most six remarks, in the order in which they are read.

    Parameters
    ----------
    value_added : ValueAdded or None
        Of the subject on the page; None when it cannot be estimated.
    indicators : DataFrame
        INDICATORS rows of the current exam that hold the key figures of the county.
    changes : DataFrame or None
        Rows of ``compute_change`` for the same figures; None without an earlier exam.
    county : str
        Code of the unit that the key figures are read from.
    """
    remarks: list[Remark] = []
    if value_added is not None:
        remarks += _on_schools(value_added)
        remarks += _on_fairness(value_added)
        remarks += _on_coverage(value_added)
    if changes is not None:
        remarks += _on_change(changes[changes["unit"] == county], indicators=indicators)
    return tuple(remarks)


def _on_schools(value_added: ValueAdded) -> list[Remark]:
    n_schools = value_added.n_schools
    if value_added.status == "no_difference_found":
        values = {"n_schools": n_schools, "n_pupils": value_added.n_pupils}
        return [Remark("no_difference_found", values, "sigma_u2 = 0", is_remarkable=False)]
    schools = value_added.schools
    # A thinly covered school is counted below, not praised or blamed here.
    sound = schools[schools["status"] == "ok"]
    above = sound.loc[sound["verdict"] == "well_above", "school"]
    below = sound.loc[sound["verdict"] == "well_below", "school"]
    beyond = {
        "count": len(above) + len(below),
        "expected": share_beyond(value_added) * len(sound),
        "n_schools": len(sound),
    }
    return [
        Remark("n_well_above", _named(above), "index >= 2", is_remarkable=len(above) > 0),
        Remark("n_well_below", _named(below), "index <= -2", is_remarkable=len(below) > 0),
        Remark("expected_by_chance", beyond, "2 P(T <= -2) J"),
    ]


def share_beyond(value_added: ValueAdded) -> float:
    """Return the share beyond -/+ 2 errors by the law of the intervals, t or normal.

    Shrunken effects of schools that are all equal lie beyond less often, so it is the most
    that chance would give.
    """
    df = value_added.interval_df
    return 2 * float(ndtr(-BOUND) if df is None else stdtr(df, -BOUND))


def _named(schools: pd.Series) -> dict[str, int | str]:
    return {"count": len(schools), "schools": ",".join(schools)}


def _on_fairness(value_added: ValueAdded) -> list[Remark]:
    r = value_added.fairness_r
    if r is None or abs(r) <= UNFAIR:
        return []
    values = {"r": r, "limit": UNFAIR, "method": value_added.method}
    return [Remark("fairness_warning", values, "|r(estimate, mean prior)| > 0.3")]


def _on_coverage(value_added: ValueAdded) -> list[Remark]:
    status = value_added.schools["status"]
    thin, without = (status == "low_coverage").sum(), (status == "not_estimable").sum()
    if not thin + without:
        return []
    values = {
        "count": int(thin),
        "not_estimable": int(without),
        "coverage": value_added.common_sample.coverage,
    }
    return [Remark("low_coverage_schools", values, "coverage < least coverage")]


def _on_change(changes: pd.DataFrame, *, indicators: pd.DataFrame) -> list[Remark]:
    """Remark on the change that is largest in standard errors, or that there is none."""
    compared = changes.dropna(subset=["change", "se"])
    compared = compared[compared["se"] > 0]
    if compared.empty:
        return []
    beyond = compared[compared["verdict"] != "flat"]
    if beyond.empty:
        return [
            Remark(
                "no_change_found",
                {"n_compared": len(compared)},
                "|change| < 1.96 SE",
                is_remarkable=False,
            )
        ]
    in_se = (beyond["change"] / beyond["se"]).abs().to_numpy()
    largest = beyond.iloc[int(in_se.argmax())]
    now = indicators.loc[(indicators[KEY] == largest[KEY]).all(axis=1), "estimate"]
    values: dict[str, float | int | str] = {
        "subject": str(largest["subject"]),
        "indicator": str(largest["indicator"]),
        "change": float(largest["change"]),
        "se": float(largest["se"]),
        "now": float(now.iloc[0]),
        "n_beyond": len(beyond),
        "n_compared": len(compared),
    }
    return [Remark("largest_change", values, "|change| >= 1.96 SE")]
