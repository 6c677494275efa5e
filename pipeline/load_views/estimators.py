"""Load several definitions of value-added of one subject, and how far they agree."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from core.scores import TOTAL, own_prior
from core.value_added import (
    UNFAIR,
    Definition,
    ValueAdded,
    ValueAddedSpec,
    correlate_definitions,
    count_agreement,
    definitions_of,
    fairness_interval,
)
from core.value_added.spec import UNIT_OF
from core.verdict import NO_DIFFERENCE
from data.catalogue import subjects_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.exam_statistics import comparison_groups
from pipeline.rounded import SD, SHARE, rounded, rounded_number
from pipeline.view_parts import (
    Model,
    Setting,
    model_of,
    path_of,
    setting_of,
    shown_indicators,
    shown_value_added,
    stamp_of,
)
from pipeline.views import EstimatorChoice, EstimatorsOffered, EstimatorsView, PriorSet, Query

TRAITS = ("locale", "school_type")
"""Columns of UNITS that mixed models can have as covariates."""

_DEFINITION = [
    *("definition", "method", "priors", "traits", "min_coverage", "n_pupils", "n_schools"),
    *("coverage", "fairness_r", "low", "high", "warns", "icc", "status", "why", "why_zh"),
]
_AGREEMENT = ["verdict", "n_same", "n_same_side", "n_definitions", "dissent", "status"]
_EFFECTS = ["school", "estimate", "low", "high", "index", "verdict", "reliability", "status"]


@dataclass(frozen=True, slots=True)
class _Priors:
    """The baseline's subjects that each set of priors names; an empty tuple is the default."""

    codes: Mapping[PriorSet, tuple[str, ...]]
    names: Mapping[str, str]


def list_estimators(scope: Scope, store: Store, query: Query) -> EstimatorsOffered:
    """Return which priors and covariates the definitions of an exam can have.

    Raises
    ------
    SettingsError
        When the exam, the subject or the baseline does not exist.
    """
    setting = setting_of(scope, store, query)
    return _offered(scope, store, setting, _priors_of(store, setting))


def load_estimators(
    scope: Scope, store: Store, query: Query, choice: EstimatorChoice
) -> EstimatorsView:
    """Return several definitions of one subject's value-added and how far they agree.

    Sets of priors that the baseline does not have, and covariates by which no school differs,
    are left out. A definition that cannot be estimated keeps its row, with the reason.

    Raises
    ------
    SettingsError
        When the exam, the subject or the baseline does not exist.
    """
    setting = setting_of(scope, store, replace(query, method=choice.methods[0]))
    priors = _priors_of(store, setting)
    offered = _offered(scope, store, setting, priors)
    definitions = definitions_of(
        choice.methods,
        prior_sets=[priors.codes[name] for name in choice.prior_sets if name in priors.codes]
        or [()],
        traits=tuple(trait for trait in choice.traits if trait in offered.traits),
        coverages=choice.coverages,
    )
    models = {d: _model(scope, store, setting, d) for d in definitions}
    known = {
        d.code: model.value_added.schools
        for d, model in models.items()
        if model.value_added is not None
    }
    shown = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    return EstimatorsView(
        stamp=stamp_of(setting, shown, model),
        definitions=_definition_rows(models, priors),
        schools=_school_rows(scope, setting, known, main=definitions[0].code),
        effects=_effect_rows(scope, known),
        pairs=_pairs(known),
        coefficients=_coefficients(models),
    )


def _priors_of(store: Store, setting: Setting) -> _Priors:
    if setting.baseline is None:
        return _Priors({}, {})
    papers = subjects_of(store, setting.baseline.release_id)
    codes = [str(code) for code in papers["subject"]]
    names = {str(c): str(n) for c, n in zip(papers["subject"], papers["name"], strict=True)}
    own = own_prior(setting.subject, codes)
    found: dict[PriorSet, tuple[str, ...]] = {} if own is None else {"own": ()}
    if TOTAL in codes and own != TOTAL:
        found["total"] = (TOTAL,)
        if own is not None:
            found["own_total"] = (own, TOTAL)
    single = tuple(code for code in codes if code != TOTAL)
    if len(single) > 1:
        found["all"] = single
    return _Priors(found, names)


def _offered(
    scope: Scope, store: Store, setting: Setting, priors: _Priors
) -> EstimatorsOffered:
    sat = shown_indicators(scope, store, setting.exam, subject=setting.subject)["unit"]
    units = setting.units
    schools = units[(units["level"] == "school") & units["code"].isin(sat)]
    traits = tuple(t for t in TRAITS if len(schools[t].fillna("").unique()) > 1)
    path = path_of(units, str(setting.county["code"]))
    return EstimatorsOffered(path, tuple(priors.codes), traits)


def _model(scope: Scope, store: Store, setting: Setting, definition: Definition) -> Model:
    if setting.baseline is None:
        return Model(None, None)
    spec = ValueAddedSpec(
        method=definition.method,
        scale=UNIT_OF[definition.method][0],
        min_coverage=definition.min_coverage,
    )
    request = ValueAddedRequest(
        setting.exam,
        setting.baseline,
        setting.subject,
        definition.priors,
        spec,
        traits=definition.traits,
    )
    return shown_value_added(scope, store, request)


def _definition_rows(models: Mapping[Definition, Model], priors: _Priors) -> pd.DataFrame:
    rows = pd.DataFrame(
        [
            {
                "definition": definition.code,
                "method": definition.method,
                "priors": ";".join(priors.names[code] for code in definition.priors),
                "traits": ";".join(definition.traits),
                "min_coverage": definition.min_coverage,
                **_facts(model),
            }
            for definition, model in models.items()
        ]
    )
    return rows.reindex(columns=_DEFINITION)


def _facts(model: Model) -> dict[str, object]:
    why, why_zh = model.why or (None, None)
    found = model.value_added
    if found is None:
        return {"status": "not_estimable", "why": why, "why_zh": why_zh}
    low, high = fairness_interval(found.fairness_r, n_schools=_with_gauge(found))
    return {
        "n_pupils": found.n_pupils,
        "n_schools": int((found.schools["status"] == "ok").sum()),
        "coverage": rounded_number(found.common_sample.coverage, digits=SHARE),
        "fairness_r": rounded_number(found.fairness_r, digits=SD),
        "low": rounded_number(low, digits=SD),
        "high": rounded_number(high, digits=SD),
        "warns": found.fairness_r is not None and abs(found.fairness_r) > UNFAIR,
        "icc": rounded_number(found.icc, digits=SHARE),
        "status": found.status,
        "why": why,
        "why_zh": why_zh,
    }


def _with_gauge(found: ValueAdded) -> int:
    """Return how many schools the gauge rests on: those with matched pupils."""
    return found.n_schools


def _school_rows(
    scope: Scope, setting: Setting, known: Mapping[str, pd.DataFrame], *, main: str
) -> pd.DataFrame:
    if main not in known:
        return pd.DataFrame(columns=["school", "name", "group", *_AGREEMENT])
    agreement = count_agreement(known, main=main)[["school", *_AGREEMENT]]
    names, groups = setting.units.set_index("code")["name"], comparison_groups(setting.units)
    school = agreement["school"]
    rows = agreement.assign(
        name=school.map(names),
        group=school.map(groups),
        status=school.map(known[main].set_index("school")["status"]),
    )
    return rows[rows["school"].map(scope.may_see)].reset_index(drop=True)


def _effect_rows(scope: Scope, known: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    parts = []
    for code, schools in known.items():
        judged = (schools["status"] == "ok") & schools["estimate"].notna()
        rank = schools["estimate"].where(judged).rank(ascending=False, method="min")
        rows = schools[_EFFECTS].assign(definition=code, rank=rank.astype("Int64"))
        parts.append(rows[rows["school"].map(scope.may_see)])
    columns = ["definition", *_EFFECTS, "rank"]
    if not parts:
        return pd.DataFrame(columns=columns)
    rows = rounded(pd.concat(parts, ignore_index=True)[columns])
    return rows.assign(reliability=rows["reliability"].astype("float64").round(SHARE))


def _pairs(known: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    # Where no school differs from another, an order would be one of chance.
    told = {
        code: schools
        for code, schools in known.items()
        if not (schools["verdict"].dropna() == NO_DIFFERENCE).all()
    }
    pairs = correlate_definitions(told)
    return pairs.assign(
        **{name: pairs[name].astype("float64").round(SD) for name in ("pearson", "spearman")}
    )


def _coefficients(models: Mapping[Definition, Model]) -> pd.DataFrame:
    rows = [
        {
            "definition": definition.code,
            "name": effect.name,
            "estimate": round(effect.estimate, SHARE),
            "se": round(effect.se, SHARE),
        }
        for definition, model in models.items()
        if model.value_added is not None
        for effect in model.value_added.fixed_effects
    ]
    return pd.DataFrame(rows, columns=["definition", "name", "estimate", "se"])
