"""Load the figures of an exam from which composites are made."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from core.indicator_direction import known_direction
from core.scores import TOTAL
from core.weak_schools import DEFAULT_INDICATORS
from core.weighting.prepare import WHY
from core.weighting.scheme import IndicatorTree, Leaf, WeightScheme
from data.presets import preset_texts
from data.scope import Scope
from data.store import Store
from pipeline.compute_value_added import DEFAULT_SPEC, indicator_rows
from pipeline.exam_statistics import comparison_groups
from pipeline.rounded import rounded
from pipeline.schemes import find_scheme, read_scheme
from pipeline.screening import DEFAULT, Screening, screening_for
from pipeline.shown_bottom20 import shown_bottom20
from pipeline.view_parts import (
    Setting,
    model_of,
    path_of,
    setting_of,
    shown_indicators,
    stamp_of,
)
from pipeline.views import NamedScheme, Query, SchemeLabel, WeightingView

_RANKS = ("rank",)
"""A rank is what a composite makes, not what it is made of."""


def load_weighting(scope: Scope, store: Store, query: Query) -> WeightingView:
    """Return the figures and schemes of an exam for the bench of weights.

    Value-added is made by the method of the screening, whatever the query says.
    """
    setting = setting_of(scope, store, replace(query, method=DEFAULT_SPEC.method))
    rows = _figures(scope, store, setting)
    schools = _schools(scope, setting, rows)
    rows = rows[rows["unit"].isin(schools["school"])]
    indicators = _indicators(setting, rows)
    shown = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    return WeightingView(
        stamp=stamp_of(setting, shown, model),
        path=path_of(setting.units, str(setting.county["code"])),
        schools=schools,
        figures=_wide(rows, "estimate", schools, indicators),
        statuses=_statuses(rows, schools, indicators),
        indicators=indicators,
        holds=_holding(scope, store, setting, indicators),
        presets=_presets(setting, indicators),
    )


def _figures(scope: Scope, store: Store, setting: Setting) -> pd.DataFrame:
    """Return INDICATORS of all subjects as they are shown, with ``is_coded``."""
    exam = setting.exam
    parts = [shown_bottom20(scope, store, exam)]
    for subject in setting.names:
        parts.append(shown_indicators(scope, store, exam, subject=subject))
        model = model_of(scope, store, setting, subject=subject)
        if model.value_added is not None:
            parts.append(indicator_rows(model.value_added, exam=exam.name))
    rows = pd.concat(parts, ignore_index=True)
    names = rows["indicator"].drop_duplicates()
    usable = names[names.map(known_direction).notna() & ~names.isin(_RANKS)]
    rows = rounded(rows[rows["indicator"].isin(usable)].reset_index(drop=True))
    coded = rows["status"] == "coded"
    # Of a range that ends at 0 or 1 the other end is the one towards all other schools.
    inner = rows["high"].where(rows["low"] == 0, rows["low"])
    return rows.assign(
        key=rows["subject"] + "." + rows["indicator"],
        estimate=rows["estimate"].mask(coded, inner).where(coded | (rows["status"] == "ok")),
        status=rows["status"].mask(coded, "ok"),
        is_coded=coded,
    )


def _schools(scope: Scope, setting: Setting, rows: pd.DataFrame) -> pd.DataFrame:
    units, groups = setting.units, comparison_groups(setting.units)
    sat = rows[rows["subject"] == setting.subject].groupby("unit")["n_pupils"].max()
    schools = units[units["code"].isin(groups.index) & units["code"].isin(rows["unit"])]
    schools = schools[schools["code"].map(scope.may_see)]
    return pd.DataFrame(
        {
            "school": schools["code"],
            "name": schools["name"],
            "group": schools["code"].map(groups),
            "school_type": schools["school_type"],
            "locale": schools["locale"],
            "n_pupils": schools["code"].map(sat).astype("Int64"),
        }
    ).reset_index(drop=True)


def _indicators(setting: Setting, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators in the order of the subjects, the chosen one first."""
    kinds = rows.groupby(["subject", "indicator", "key"], sort=False)["is_coded"].sum()
    found = kinds.rename("n_coded").reset_index()
    order = [setting.subject, *(code for code in setting.names if code != setting.subject)]
    found = found.sort_values("subject", key=lambda s: s.map(order.index), kind="stable")
    return found.assign(
        subject_name=found["subject"].map(setting.names),
        better=found["indicator"].map(known_direction),
    ).reset_index(drop=True)


def _wide(
    rows: pd.DataFrame, column: str, schools: pd.DataFrame, indicators: pd.DataFrame
) -> pd.DataFrame:
    wide = rows.set_index(["unit", "key"])[column].unstack("key")  # noqa: PD010  no sums
    wide = wide.reindex(index=schools["school"], columns=list(indicators["key"]))
    return wide.rename_axis(index="school", columns=None).reset_index()


def _statuses(
    rows: pd.DataFrame, schools: pd.DataFrame, indicators: pd.DataFrame
) -> pd.DataFrame:
    wide = _wide(rows, "status", schools, indicators).fillna(WHY[-1])
    return wide.astype(dict.fromkeys(indicators["key"], "category"))


def _holding(
    scope: Scope, store: Store, setting: Setting, indicators: pd.DataFrame
) -> NamedScheme:
    """Return the scheme of the exam's day, for the indicators that the exam has."""
    by = screening_for(scope, store, setting.exam, asked=setting.query.scheme)
    if not by.label.id:
        return _default(setting, by, indicators)
    scheme = find_scheme(scope, store, setting.exam.county, by.label.id).weights
    tree = IndicatorTree(_leaves(by, setting.subject, indicators))
    return NamedScheme(by.label, replace(scheme, tree=tree))


def _presets(setting: Setting, indicators: pd.DataFrame) -> tuple[NamedScheme, ...]:
    found = [_default(setting, Screening(DEFAULT_INDICATORS, DEFAULT), indicators)]
    for text in preset_texts("weights").values():
        scheme = read_scheme(text)
        if all(leaf.subject == TOTAL for leaf in scheme.tree.leaves):
            scheme = _in_subject(scheme, setting.subject)
        if set(scheme.keys) <= set(indicators["key"]):
            label = SchemeLabel(0, scheme.name, int(scheme.version))
            found.append(NamedScheme(label, scheme))
    return tuple(found)


def _default(setting: Setting, by: Screening, indicators: pd.DataFrame) -> NamedScheme:
    tree = IndicatorTree(_leaves(by, setting.subject, indicators))
    weights = WeightScheme("", "1", "-", "-", "", tree)
    return NamedScheme(DEFAULT, weights)


def _leaves(by: Screening, subject: str, indicators: pd.DataFrame) -> tuple[Leaf, ...]:
    """Return the indicators of a screening that the exam has, in the same proportions."""
    known = set(indicators["key"])
    leaves = [
        Leaf(i.name, subject, i.weight, "higher" if i.higher_is_better else "lower")
        for i in by.indicators
    ]
    kept = [leaf for leaf in leaves if leaf.key in known]
    total = sum(leaf.weight for leaf in kept)
    return tuple(replace(leaf, weight=leaf.weight / total) for leaf in kept)


def _in_subject(scheme: WeightScheme, subject: str) -> WeightScheme:
    leaves: Sequence[Leaf] = scheme.tree.leaves
    moved = tuple(replace(leaf, subject=subject) for leaf in leaves)
    return replace(scheme, tree=IndicatorTree(moved))
