"""Load how far the county is on the way to its targets."""

import math
from decimal import ROUND_CEILING
from typing import Any

import pandas as pd

from core.targets.plan import HUNDRED, Better, YearTarget, decimal_of, year_targets
from core.targets.progress import required_slope
from core.targets.table import compute_target_progress
from core.targets.target_set import SetTarget, targets_in
from data.scope import Scope
from data.store import Store
from pipeline.rounded import POINTS, SHARE
from pipeline.target_sets import OfficialTargets, official_targets
from pipeline.view_parts import Setting, model_of, setting_of, shown_indicators, stamp_of
from pipeline.views import Query, TargetSet, TargetsView

Row = dict[Any, Any]

_FIGURES = ["baseline", "target", "final", "actual", "low", "high", "gap"]
_OF_PLAN = ["title_en", "title_zh", "final", "final_year", "capped"]
_ROWS = [
    *("title_en", "title_zh", "subject", "subject_name", "indicator", "scale", "better"),
    *("baseline", "target", "final", "final_year", "capped", "actual", "low", "high", "gap"),
    *("verdict", "way", "way_low", "way_high", "pupils", "slope", "n_pupils", "status"),
]


def load_targets(scope: Scope, store: Store, query: Query) -> TargetsView:
    """Return the targets that the year of the exam has for its grade, and what was reached."""
    setting = setting_of(scope, store, query)
    exam = setting.exam
    indicators = shown_indicators(scope, store, exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    official = official_targets(scope, store, exam.county, on=exam.held_on)
    return TargetsView(
        stamp=stamp_of(setting, indicators, model),
        year=exam.held_on.year,
        rows=_rows(scope, store, setting, official),
        target_set=None if official is None else _told(official),
    )


def _told(official: OfficialTargets) -> TargetSet | None:
    policy = official.policy
    if policy.valid_from is None or policy.approved_by is None:
        return None
    return TargetSet(policy.number, policy.valid_from, policy.approved_by)


def _rows(
    scope: Scope, store: Store, setting: Setting, official: OfficialTargets | None
) -> pd.DataFrame:
    exam = setting.exam
    targets = () if official is None else official.targets
    asked = targets_in(targets, grade=exam.grade, year=exam.held_on.year)
    known = [(target, of_year) for target, of_year in asked if target.subject in setting.names]
    if not known:
        return pd.DataFrame(columns=_ROWS)
    plans = pd.DataFrame([_plan_row(target, of_year) for target, of_year in known])
    figures = _county_figures(scope, store, setting, subjects=sorted(set(plans["subject"])))
    progress: pd.DataFrame = compute_target_progress(
        figures, targets=plans.assign(unit=str(setting.county["code"]))
    )
    ends = figures.set_index(["subject", "indicator"])[["low", "high"]]
    scale = plans["scale"].map({"rate": 100.0}).fillna(1.0)
    rows: pd.DataFrame = progress.join(ends, on=["subject", "indicator"])
    rows = rows.assign(
        **{name: plans[name] for name in _OF_PLAN},
        **{end: scale * rows[end].astype("float64") for end in ("low", "high")},
        subject_name=plans["subject"].map(setting.names),
    )
    # Without a figure the ends of INDICATORS are those of a range, and no interval.
    rows.loc[rows["status"] != "ok", ["low", "high"]] = math.nan
    rows = rows.assign(**rows[_FIGURES].astype("float64").round(POINTS))
    rows = rows.assign(**_ways(rows))
    year, records = exam.held_on.year, rows.to_dict("records")
    rows["verdict"] = [_verdict(row) for row in records]
    rows["slope"] = [_slope(row, year) for row in records]
    rows["pupils"] = pd.array([_pupils(row) for row in records], "Int64")
    told: pd.DataFrame = rows[_ROWS]
    return told


def _county_figures(
    scope: Scope, store: Store, setting: Setting, *, subjects: list[str]
) -> pd.DataFrame:
    parts = [
        shown_indicators(scope, store, setting.exam, subject=subject) for subject in subjects
    ]
    county = [part[part["unit"] == setting.county["code"]] for part in parts]
    figures: pd.DataFrame = pd.concat(county, ignore_index=True)
    return figures


def _ways(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Return which shares of the way from baseline to target the shown figure has behind it."""
    way = (rows["target"] - rows["baseline"]).replace(0.0, math.nan)
    done = pd.DataFrame(
        {end: (rows[end] - rows["baseline"]) / way for end in ("actual", "low", "high")}
    ).round(SHARE)
    # Where lower is better the low end of the interval is the far one.
    ends = done[["low", "high"]]
    return {
        "way": done["actual"],
        "way_low": ends.min(axis=1, skipna=False),
        "way_high": ends.max(axis=1, skipna=False),
    }


def _verdict(row: Row) -> str | None:
    if math.isnan(row["actual"]):
        return None
    if row["reached"]:
        return "reached"
    return "near" if row["low"] <= row["target"] <= row["high"] else "missed"


def _slope(row: Row, year: int) -> float | None:
    """Return the change a year that leads from the shown figure to the final target."""
    if math.isnan(row["actual"]) or row["final_year"] <= year:
        return None
    slope = required_slope(
        decimal_of(row["actual"]),
        year=year,
        final=decimal_of(row["final"]),
        final_year=row["final_year"],
        better=Better(row["better"]),
    )
    return round(float(slope), POINTS)


def _pupils(row: Row) -> int | None:
    """Return how many pupils the shown gap is, at least one where the target is missed.

    The exact number would tell the exact count of the county, and so those of hidden schools.
    """
    if pd.isna(row["pupils"]):
        return None
    gap = decimal_of(max(row["gap"], 0.0)) * int(row["n_pupils"]) / HUNDRED
    return max(int(gap.to_integral_value(ROUND_CEILING)), 0 if row["reached"] else 1)


def _plan_row(target: SetTarget, of_year: YearTarget) -> dict[str, object]:
    plan = target.plan
    last = year_targets(plan)[-1]
    return {
        "subject": target.subject,
        "indicator": target.indicator,
        "title_en": plan.title.en,
        "title_zh": plan.title.zh,
        "baseline": float(plan.baseline),
        "target": float(of_year.target),
        "better": str(plan.better),
        "scale": str(plan.scale),
        "final": float(last.target),
        "final_year": last.year,
        "capped": of_year.capped,
    }
