"""Load for whom each school does more: its lowest starts, or its highest."""

import math

import numpy as np
import pandas as pd

from core.value_added import StartGaps, compute_start_gaps
from data.scope import Scope
from data.store import Store
from pipeline.rounded import SD, SHARE, rounded_columns, rounded_number, up_to_share
from pipeline.school_parts import township_of
from pipeline.school_starts import shown_differential
from pipeline.shown_judgements import SUPPRESSED, Why
from pipeline.view_parts import (
    Model,
    Setting,
    model_of,
    path_of,
    request_of,
    setting_of,
    shown_indicators,
    stamp_of,
)
from pipeline.views import DifferentialView, Query

_NO_BASELINE = (
    "Starts are known from an earlier exam of the same pupils. Choose a baseline.",
    "学生起点来自同一批学生更早的一次考试。请选择基线。",
)
_SIDES = [f"{s}_{name}" for s in ("lowest", "highest") for name in ("estimate", "low", "high")]
_COLUMNS = [
    *("school", "name", "township", "lowest_n", "highest_n", *_SIDES),
    *("difference", "diff_low", "diff_high", "q_value", "flag", "status"),
]
_DIGITS = dict.fromkeys((*_SIDES, "difference", "diff_low", "diff_high"), SD) | {
    "q_value": SHARE
}
_FOUND = ["n", "estimate", "low", "high", "residual", "se_residual"]


def load_differential(scope: Scope, store: Store, query: Query) -> DifferentialView:
    """Return how the effects of all schools on low and on high starts differ.

    What is asked of all schools together rests on the cells that may be shown.
    """
    setting = setting_of(scope, store, query)
    model = model_of(scope, store, setting, subject=setting.subject)
    found = _gaps_of(scope, store, setting, model)
    why, gaps = (found, None) if isinstance(found, tuple) else (None, found)
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    schools = _schools(scope, setting, gaps)
    return DifferentialView(
        stamp=stamp_of(setting, indicators, model),
        path=path_of(setting.units, str(setting.county["code"])),
        schools=schools,
        n_fifths=gaps.n_fifths if gaps else 0,
        n_compared=gaps.n_compared if gaps else 0,
        n_flagged=gaps.n_flagged if gaps else 0,
        n_hidden=int((schools["status"] == SUPPRESSED).sum()),
        p_all=_p(gaps),
        spread=rounded_number(gaps.spread, digits=SD) if gaps and gaps.n_compared else None,
        why=why,
    )


def _gaps_of(scope: Scope, store: Store, setting: Setting, model: Model) -> StartGaps | Why:
    request = request_of(setting, subject=setting.subject)
    if request is None:
        return _NO_BASELINE
    found = shown_differential(scope, store, request)
    if isinstance(found, tuple):
        return found
    if model.value_added is None:
        return model.why or _NO_BASELINE
    # Of a school of which few pupils are linked it is not known who is missing.
    status = model.value_added.schools.set_index("school")["status"]
    is_thin = found["school"].map(status) == "low_coverage"
    blank = {name: found[name].mask(is_thin) for name in _FOUND}
    shown = found.assign(**blank, status=found["status"].mask(is_thin, "low_coverage"))
    return compute_start_gaps(shown)


def _schools(scope: Scope, setting: Setting, gaps: StartGaps | None) -> pd.DataFrame:
    """Return a row for each school that may be seen, largest difference first."""
    if gaps is None:
        return pd.DataFrame(columns=_COLUMNS)
    names = setting.units.set_index("code")["name"]
    rows = gaps.schools[gaps.schools["school"].map(scope.may_see)].reset_index(drop=True)
    towns = township_of(setting.units, rows["school"]).map(names)
    # A fifth without pupils reads like a hidden one: it would tell of every single pupil.
    is_dark = (rows["status"] == "not_estimable") & (not scope.sees_small_groups)
    empty = rows["lowest_n"].isna() | rows["highest_n"].isna()
    named = rows.assign(
        name=rows["school"].map(names),
        township=towns,
        status=rows["status"].mask(is_dark & empty, SUPPRESSED),
    )
    return rounded_columns(named[_COLUMNS], _DIGITS)


def _p(gaps: StartGaps | None) -> float | None:
    if gaps is None or math.isnan(gaps.p_all):
        return None
    return float(up_to_share(np.array([gaps.p_all]))[0])
