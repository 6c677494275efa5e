"""Load the diagnostics of one subject's value-added."""

from dataclasses import replace

import numpy as np
import pandas as pd

from core.errors import NotEstimableError, SettingsError
from core.suppression import suppressed_units
from core.value_added.diagnostics import (
    Diagnostics,
    PupilResiduals,
    compute_normality,
    count_changes,
    flag_influence,
    judge_residuals,
)
from data.scope import Scope
from data.store import Store
from pipeline.compute_diagnostics import exam_diagnostics, prior_items
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.hidden_units import hidden_in_pair
from pipeline.items_parts import reliability_of
from pipeline.rounded import SD, SHARE, rounded_columns, rounded_number, up_to_share
from pipeline.view_parts import (
    Setting,
    model_of,
    request_of,
    setting_of,
    shown_indicators,
    stamp_of,
)
from pipeline.views import DiagnosticsView, Query
from pipeline.views.diagnostics import (
    COEFFICIENTS,
    NormalityPart,
    PriorReliabilityPart,
    ResidualsPart,
)

_SCHOOLS = ["school", "name", "n", "share", "leverage", "hold", "cook"]
_SCHOOLS += [f"change_{code}" for code in COEFFICIENTS]
_SCHOOLS += ["is_influential", "holds_much", "status"]
_GROUP_FIGURES = ["prior", "mean", "se", "sd"]


def load_diagnostics(scope: Scope, store: Store, query: Query) -> DiagnosticsView:
    """Return what stands behind the value-added of the query's subject.

    The model is that of all schools; those that are hidden have no row, and no place among the
    normal quantiles either, where a gap would tell between whom they lie.
    """
    setting = setting_of(scope, store, query)
    shown = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    view = DiagnosticsView(
        stamp=stamp_of(setting, shown, model),
        status="not_estimable",
        why=model.why,
        residuals=None,
        normality=None,
        schools=pd.DataFrame(columns=_SCHOOLS),
        n_schools=0,
        n_hidden=0,
        n_influential=0,
        n_holding=0,
        reliability=None,
    )
    request = request_of(setting, subject=setting.subject)
    if request is None or model.value_added is None:
        return view
    try:
        found = exam_diagnostics(scope, store, request)
    except (NotEstimableError, SettingsError) as error:
        return replace(view, why=(error.message, error.message_zh))
    hidden = hidden_in_pair(scope, store, setting.exam, request.baseline)
    visible = found.schools[~found.schools["school"].isin(hidden)].reset_index(drop=True)
    flagged = flag_influence(visible, n_schools=found.n_schools)
    return replace(
        view,
        status=found.status,
        residuals=_residuals(scope, found.residuals),
        normality=_normality(scope, setting, visible),
        schools=_schools(scope, setting, flagged),
        n_schools=found.n_schools,
        n_hidden=len(found.schools) - len(visible),
        n_influential=int(flagged["is_influential"].sum()),
        n_holding=int(flagged["holds_much"].sum()),
        reliability=_reliability(scope, store, request, found, hidden),
    )


def _residuals(scope: Scope, found: PupilResiduals | None) -> ResidualsPart:
    if found is None:
        none = pd.DataFrame(columns=["group", "n", *_GROUP_FIGURES, "status"])
        return ResidualsPart(
            none, None, None, None, None, "equal", is_ceiling=False, status="no_joint_histogram"
        )
    groups = found.groups
    code = groups["group"].astype("str")
    n = groups.set_index(code)["n"]
    # All residuals together are 0: a single hidden group would be the others' sum.
    hidden = frozenset() if scope.sees_small_groups else suppressed_units(n)
    is_hidden = code.isin(list(hidden))
    shown = groups.assign(
        **{name: groups[name].mask(is_hidden) for name in _GROUP_FIGURES},
        n=groups["n"].astype("Int64").mask(is_hidden),
        status=pd.Series(np.where(is_hidden, "suppressed", "ok"), dtype="str"),
    )
    finding = judge_residuals(shown.dropna(subset=["mean"]), shape=found.shape)
    return ResidualsPart(
        groups=rounded_columns(shown, dict.fromkeys(_GROUP_FIGURES, SHARE)),
        skewness=_number(found.shape.skewness, digits=SD),
        kurtosis=_number(found.shape.kurtosis, digits=SD),
        group=finding.group,
        ratio=rounded_number(finding.ratio, digits=SD),
        spread=finding.spread,
        is_ceiling=finding.is_ceiling,
        status="ok",
    )


def _normality(scope: Scope, setting: Setting, visible: pd.DataFrame) -> NormalityPart:
    found = compute_normality(visible)
    schools = _seen(scope, setting, found.schools)
    digits = dict.fromkeys(("standardised", "expected", "low", "high"), SD)
    p = None if found.p is None else float(up_to_share(np.array([found.p]))[0])
    return NormalityPart(
        schools=rounded_columns(schools, digits),
        w=rounded_number(found.w, digits=SHARE),
        p=p,
        n_schools=found.n_schools,
        n_outside=int(found.schools["is_outside"].sum()),
        status=found.status,
    )


def _schools(scope: Scope, setting: Setting, flagged: pd.DataFrame) -> pd.DataFrame:
    names = {f"change_{k}": f"change_{code}" for k, code in enumerate(COEFFICIENTS)}
    changes = {name: np.nan for name in names if name not in flagged}
    rows = _seen(scope, setting, flagged.assign(**changes).rename(columns=names))[_SCHOOLS]
    digits = dict.fromkeys(("share", "leverage", "hold", "cook"), SHARE)
    return rounded_columns(rows, digits | dict.fromkeys(names.values(), SD))


def _reliability(
    scope: Scope,
    store: Store,
    request: ValueAddedRequest,
    found: Diagnostics,
    hidden: frozenset[str],
) -> PriorReliabilityPart:
    verdicts = found.sweep.verdicts
    shown = verdicts[~verdicts.index.isin(hidden)]
    rows = found.sweep.rows.merge(count_changes(shown), on="reliability", validate="1:1")
    digits = {"slope": SHARE, "slope_se": SHARE, "fairness_r": SHARE, "sigma_u2": SHARE}
    items = prior_items(scope, store, request)
    return PriorReliabilityPart(
        rows=rounded_columns(rows, digits | {"share": SHARE}),
        least=_number(found.sweep.least, digits=SD),
        own=None if items is None else reliability_of(items),
    )


def _seen(scope: Scope, setting: Setting, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the schools in the scope, with their names."""
    own = rows[rows["school"].map(scope.may_see).astype(bool)].reset_index(drop=True)
    return own.assign(name=own["school"].map(setting.units.set_index("code")["name"]))


def _number(value: float, *, digits: int) -> float | None:
    return None if np.isnan(value) else round(float(value), digits)
