"""Load how the items of an exam's paper measured, and what its pupils master."""

from dataclasses import replace

import pandas as pd

from core.items.analysis import ItemAnalysis
from core.items.notes import note_items
from core.remarks import Remark, remark_on_items
from core.suppression import is_small
from data.catalogue import list_exams
from data.scope import Scope
from data.store import Store
from pipeline import items_parts as parts
from pipeline.dataset_figures import item_analysis
from pipeline.item_sets import ItemSet, item_set, item_sets
from pipeline.rounded import rounded_remark
from pipeline.view_parts import (
    Setting,
    model_of,
    path_of,
    setting_of,
    shown_indicators,
    stamp_of,
)
from pipeline.views import ItemSource, ItemsView, Query, SubjectChoice

_TOO_FEW = (
    "Fewer than 10 pupils have all items. Reliability is shown for 10 or more.",
    "各小题成绩齐全的学生不足 10 人。达到 10 人才显示信度。",
)


def load_items(scope: Scope, store: Store, query: Query) -> ItemsView:
    """Return what the item data of an exam's subject say; without any, which there are."""
    setting = setting_of(scope, store, query)
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    view = ItemsView(
        stamp=stamp_of(setting, indicators, model),
        path=path_of(setting.units, str(setting.county["code"])),
        source=None,
        is_small=False,
        available=tuple(
            SubjectChoice(own.subject, setting.names[own.subject])
            for own in item_sets(scope, store, setting.exam)
            if own.subject in setting.names
        ),
        elsewhere=_elsewhere(scope, store, setting),
        reliability=None,
        why=None,
        items=pd.DataFrame(),
        points=pd.DataFrame(),
        schools=pd.DataFrame(),
        remarks=(),
    )
    found = item_set(scope, store, setting.exam, setting.subject)
    if found is None:
        return view
    analysis = item_analysis(scope, store, found.items)
    if is_small(analysis.n_pupils) or not analysis.n_pupils:
        return replace(view, is_small=True)
    return _with_figures(scope, store, setting, view, found, analysis)


def _with_figures(
    scope: Scope,
    store: Store,
    setting: Setting,
    view: ItemsView,
    found: ItemSet,
    analysis: ItemAnalysis,
) -> ItemsView:
    items = parts.shown_items(analysis)
    notes = note_items(items)
    points = parts.shown_points(scope, store, found)
    schools = parts.shown_mastery(scope, store, setting.exam, found)
    knowledge = parts.knowledge_of_items(scope, store, found)
    remarks = remark_on_items(
        replace(analysis, items=items),
        notes=notes,
        points=parts.point_rows(None) if points is None else points,
        flags=parts.school_rows(None, pd.Series()) if schools is None else schools,
    )
    names = setting.units.set_index("code")["name"]
    reliability = parts.reliability_of(analysis)
    return replace(
        view,
        source=_source(found, analysis),
        reliability=reliability,
        why=None if reliability is not None else _why(analysis),
        items=parts.item_rows(items, notes=notes, knowledge=knowledge),
        points=parts.point_rows(points),
        schools=parts.school_rows(schools, names),
        remarks=_remarks_for(scope, remarks, is_reliability_shown=reliability is not None),
    )


def _remarks_for(
    scope: Scope, remarks: tuple[Remark, ...], *, is_reliability_shown: bool
) -> tuple[Remark, ...]:
    """Return the remarks that a scope may read: counts of schools are about the county."""
    hidden = set() if is_reliability_shown else {"reliable", "unreliable"}
    if scope.schools is not None:
        hidden.add("school_points")
    return tuple(rounded_remark(own) for own in remarks if own.code not in hidden)


def _source(found: ItemSet, analysis: ItemAnalysis) -> ItemSource:
    return ItemSource(
        name=found.items.name,
        version=found.items.number,
        published_at=found.items.published_at,
        n_items=len(analysis.items),
        n_pupils=analysis.n_pupils,
        n_complete=analysis.n_complete,
        n_left_out=analysis.n_left_out,
        has_two_way=found.two_way is not None,
    )


def _why(analysis: ItemAnalysis) -> tuple[str, str]:
    """Return why there is no reliability; the numbers of a small group are not told."""
    if analysis.reason is None or is_small(analysis.n_complete):
        return _TOO_FEW
    return analysis.reason.message, analysis.reason.message_zh


def _elsewhere(scope: Scope, store: Store, setting: Setting) -> tuple[str, ...]:
    """Return the other exams of the county with item data, newest first."""
    exams = [exam for exam in list_exams(scope, store) if exam.county == setting.exam.county]
    ordered = sorted(exams, key=lambda exam: exam.held_on, reverse=True)
    return tuple(
        exam.name
        for exam in ordered
        if exam.exam_id != setting.exam.exam_id and item_sets(scope, store, exam)
    )
