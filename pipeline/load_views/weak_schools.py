"""Load which schools the screening proposes, and where the lowest 20 % learn."""

from dataclasses import replace

import pandas as pd

from core.remarks import remark_on_weak_schools
from core.weak_schools import WeakSchools
from data.scope import Scope
from data.store import Store
from pipeline import weak_school_parts as parts
from pipeline.bottom20_parts import bottom20_rows, county20_of, county_shares
from pipeline.compute_value_added import DEFAULT_SPEC
from pipeline.rounded import rounded_remark
from pipeline.school_parts import find_school
from pipeline.shown_bottom20 import shown_bottom20, shown_class_bottom20
from pipeline.shown_judgements import shown_weak_schools
from pipeline.view_parts import (
    Setting,
    model_of,
    path_of,
    setting_of,
    shown_indicators,
    stamp_of,
)
from pipeline.views import ClassSharesView, Query, Stamp, WeakSchoolsView


def load_weak_schools(scope: Scope, store: Store, query: Query) -> WeakSchoolsView:
    """Return the screening of an exam's schools in one subject."""
    setting = _setting(scope, store, query)
    found = shown_weak_schools(
        scope,
        store,
        setting.exam,
        baseline=setting.baseline,
        subject=setting.subject,
        scheme=query.scheme,
    )
    shares = shown_bottom20(scope, store, setting.exam)
    view = WeakSchoolsView(
        stamp=_stamp(scope, store, setting),
        path=path_of(setting.units, str(setting.county["code"])),
        why=None,
        schools=pd.DataFrame(),
        groups=pd.DataFrame(),
        indicators=pd.DataFrame(),
        expected_wrong=0.0,
        screened=(),
        has_value_added=setting.baseline is not None,
        bottom20=parts.bottom20_of_schools(scope, setting, shares),
        county20=county20_of(setting, county_shares(setting, shares)),
        remarks=(),
    )
    if not isinstance(found, WeakSchools):
        return replace(view, why=found)
    return _with_screening(scope, store, setting, found, view)


def load_class_shares(scope: Scope, store: Store, school: str, query: Query) -> ClassSharesView:
    """Return the share of the county's lowest 20 % in each class of one school.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    setting = _setting(scope, store, query)
    unit = find_school(scope, setting, school)
    rows = shown_class_bottom20(scope, store, setting.exam, school=school)
    county = county_shares(setting, shown_bottom20(scope, store, setting.exam))
    return ClassSharesView(
        stamp=_stamp(scope, store, setting),
        school=school,
        name=str(unit["name"]),
        shares=bottom20_rows(setting, rows.assign(name=rows["unit"]), county=county),
        county20=county20_of(setting, county),
    )


def _with_screening(
    scope: Scope, store: Store, setting: Setting, found: WeakSchools, view: WeakSchoolsView
) -> WeakSchoolsView:
    exams = parts.yearly_exams(store, setting)
    history = parts.screening_history(scope, store, setting, exams)
    rows = parts.candidate_rows(scope, setting, found, history=history)
    if rows.empty:
        return view
    groups = parts.group_rows(rows, found)
    indicators = parts.indicator_rows(setting, found)
    n_judged = int(groups.loc[groups["is_judged"], "n_shown"].sum())
    remarks = remark_on_weak_schools(rows, indicators=indicators, n_judged=n_judged)
    return replace(
        view,
        schools=parts.shown_candidates(rows),
        groups=groups,
        indicators=indicators,
        expected_wrong=parts.expected_wrong(rows),
        screened=tuple(exam.name for exam in exams),
        remarks=tuple(rounded_remark(remark) for remark in remarks),
    )


def _setting(scope: Scope, store: Store, query: Query) -> Setting:
    """Return the setting with the method by which the screening makes value-added."""
    return setting_of(scope, store, replace(query, method=DEFAULT_SPEC.method))


def _stamp(scope: Scope, store: Store, setting: Setting) -> Stamp:
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    return stamp_of(setting, indicators, model)
