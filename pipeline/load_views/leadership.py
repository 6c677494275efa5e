"""Load how the county stands in one exam and subject."""

from core.change import compute_change
from core.remarks import remark_on_county
from data.scope import Scope
from data.store import Store
from pipeline.county_parts import KEY_FIGURES, key_figures, school_rows
from pipeline.rounded import rounded_remark
from pipeline.view_parts import (
    model_of,
    path_of,
    setting_of,
    shown_indicators,
    stamp_of,
    summary_of,
)
from pipeline.views import LeadershipView, Query


def load_leadership(scope: Scope, store: Store, query: Query) -> LeadershipView:
    """Return how the county stands in one exam and subject."""
    setting = setting_of(scope, store, query)
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    county = str(setting.county["code"])
    earlier = [e for e in setting.cohort if e.held_on < setting.exam.held_on]
    figures = indicators[
        (indicators["unit"] == county) & indicators["indicator"].isin(KEY_FIGURES)
    ].reset_index(drop=True)
    changes = None
    if earlier:
        before = shown_indicators(scope, store, earlier[-1], subject=setting.subject)
        changes = compute_change(figures, previous=before)
    schools = school_rows(scope, store, setting, indicators, model.value_added)
    return LeadershipView(
        stamp=stamp_of(setting, indicators, model),
        path=path_of(setting.units, county),
        model=summary_of(model, scope=scope),
        key_figures=key_figures(figures, changes),
        previous_exam=earlier[-1].name if earlier else None,
        schools=schools,
        # Remarks name schools of the whole county: only for those who may see all of it.
        remarks=()
        if scope.schools is not None
        else tuple(
            rounded_remark(remark)
            for remark in remark_on_county(
                model.value_added, indicators=figures, changes=changes, county=county
            )
        ),
        n_hidden=int((schools["status"] == "suppressed").sum()),
    )
