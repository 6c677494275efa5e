"""Load every school's value-added over several school years."""

import pandas as pd

from core.interval import normal_interval
from core.value_added.several_years import WEIGHTS
from data.scope import Scope
from data.store import Store
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.compute_years import several_years, years_of
from pipeline.rounded import rounded
from pipeline.school_parts import township_of
from pipeline.shown_judgements import SUPPRESSED
from pipeline.view_parts import (
    Setting,
    model_of,
    path_of,
    request_of,
    setting_of,
    shown_indicators,
    stamp_of,
)
from pipeline.views import Query, ValueAddedYearsView

_EXAMS = ["exam", "baseline", "date", "weight", "status"]
_SCHOOLS = [
    *("school", "name", "township", "estimate", "low", "high", "index", "verdict"),
    *("n_years", "missing", "status"),
]
_SINGLE = ["school", "exam", "estimate", "low", "high", "verdict", "status"]


def load_value_added_years(scope: Scope, store: Store, query: Query) -> ValueAddedYearsView:
    """Return the weighted mean of every school over the years, beside the single years."""
    setting = setting_of(scope, store, query)
    request = request_of(setting, subject=setting.subject)
    single, pooled = (
        (pd.DataFrame(), pd.DataFrame())
        if request is None
        else several_years(scope, store, request)
    )
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    return ValueAddedYearsView(
        stamp=stamp_of(setting, indicators, model),
        path=path_of(setting.units, str(setting.county["code"])),
        exams=_exams(scope, store, request, single),
        schools=_schools(scope, setting, single, pooled),
        single=_single(scope, single),
    )


def _exams(
    scope: Scope, store: Store, request: ValueAddedRequest | None, single: pd.DataFrame
) -> pd.DataFrame:
    """Return the exam of every year with its weight, latest first."""
    pairs = () if request is None else years_of(scope, store, request)
    known = set() if single.empty else set(single["exam"])
    # Weights go to the years that could be estimated, in their order.
    weights = iter(WEIGHTS)
    rows = [
        (exam.name, baseline.name, exam.held_on, next(weights), "ok")
        if exam.name in known
        else (exam.name, baseline.name, exam.held_on, float("nan"), "not_estimable")
        for exam, baseline in pairs
    ]
    return pd.DataFrame(rows, columns=_EXAMS)


def _schools(
    scope: Scope, setting: Setting, single: pd.DataFrame, pooled: pd.DataFrame
) -> pd.DataFrame:
    if pooled.empty:
        return pd.DataFrame(columns=_SCHOOLS)
    units = setting.units
    visible = units[(units["level"] == "school") & units["code"].map(scope.may_see)]
    names = units.set_index("code")["name"]
    rows = pooled[pooled["school"].isin(visible["code"])].reset_index(drop=True)
    dark = (single["status"] == SUPPRESSED).groupby(single["school"]).any()
    is_dark = (rows["status"] != "ok") & rows["school"].map(dark)
    named = rows.assign(
        name=rows["school"].map(names),
        township=township_of(units, rows["school"]).map(names),
        status=rows["status"].mask(is_dark, SUPPRESSED),
    )
    return rounded(named[_SCHOOLS])


def _single(scope: Scope, single: pd.DataFrame) -> pd.DataFrame:
    if single.empty:
        return pd.DataFrame(columns=_SINGLE)
    rows = single[single["school"].map(scope.may_see)]
    known = rows["status"] == "ok"
    ends = normal_interval(rows["estimate"], se=rows["se"])
    shown = rows.assign(
        estimate=rows["estimate"].where(known),
        low=pd.Series(ends.low, index=rows.index).where(known),
        high=pd.Series(ends.high, index=rows.index).where(known),
        verdict=rows["verdict"].where(known),
    )
    return rounded(shown[_SINGLE].reset_index(drop=True))
