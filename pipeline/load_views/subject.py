"""Load how all schools stand in one subject of an exam."""

import pandas as pd

from core.remarks import remark_on_subject
from data.catalogue import ExamRelease
from data.datasets import read_for_figures
from data.scope import Scope
from data.store import Store
from pipeline import subject_parts as parts
from pipeline.item_sets import item_set
from pipeline.rounded import rounded_remark
from pipeline.shown_judgements import shown_gaps
from pipeline.view_parts import (
    Model,
    Setting,
    model_of,
    path_of,
    setting_of,
    shown_indicators,
    stamp_of,
    summary_of,
)
from pipeline.views import ItemCount, Measure, Query, SubjectView


def load_subject(scope: Scope, store: Store, query: Query, measure: Measure) -> SubjectView:
    """Return how the schools stand in one subject, in attainment or in value-added.

    Without a baseline it is attainment, whatever was asked for.
    """
    setting = setting_of(scope, store, query)
    if setting.baseline is None:
        measure = "z"
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    found = shown_gaps(scope, store, setting.exam, baseline=_since(setting, measure))
    why, gaps = (found, None) if isinstance(found, tuple) else (None, found)
    shares = parts.shares(scope, store, setting)
    trend = parts.share_trend(scope, store, setting)
    before = parts.year_before(scope, store, setting)
    county = parts.county_gaps(scope, store, setting, before)
    remarks = remark_on_subject(
        setting.subject, gaps=gaps, shares=shares, trend=trend, county=county
    )
    schools = _standing(scope, setting, measure, indicators, model)
    n_flags, n_tests = parts.tests_of(gaps)
    return SubjectView(
        stamp=stamp_of(setting, indicators, model),
        path=path_of(setting.units, str(setting.county["code"])),
        measure=measure,
        model=summary_of(model, scope=scope),
        schools=schools,
        gaps=parts.gap_rows(scope, setting, gaps),
        gaps_why=why,
        n_flags=n_flags,
        n_tests=n_tests,
        shares=parts.rounded_shares(shares),
        share_trend=parts.rounded_shares(trend),
        county=parts.county_rows(county, setting),
        reference=before.name if before is not None and county is not None else None,
        items=_item_count(scope, store, setting),
        # Remarks name schools of the whole county: only for those who may see all of it.
        remarks=() if scope.schools is not None else tuple(map(rounded_remark, remarks)),
        n_hidden=int((schools["status"] == "suppressed").sum()),
    )


def _since(setting: Setting, measure: Measure) -> ExamRelease | None:
    """Return the baseline of what is compared: none for attainment."""
    return setting.baseline if measure == "value_added" else None


def _standing(
    scope: Scope, setting: Setting, measure: Measure, indicators: pd.DataFrame, model: Model
) -> pd.DataFrame:
    if measure == "z":
        return parts.standing_in_z(scope, setting, indicators)
    return parts.standing_in_value_added(scope, setting, model.value_added)


def _item_count(scope: Scope, store: Store, setting: Setting) -> ItemCount | None:
    found = item_set(scope, store, setting.exam, setting.subject)
    if found is None:
        return None
    if found.two_way is None:
        return ItemCount(found.n_items, 0)
    plan = read_for_figures(scope, store, found.two_way).rows
    return ItemCount(found.n_items, int(plan["knowledge_point"].nunique()))
