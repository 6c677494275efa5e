"""Load how the schools of one township or centre school stand."""

from datetime import date

import pandas as pd

from core.remarks import (
    Remark,
    remark_on_bottom20,
    remark_on_due,
    remark_on_gaps,
    remark_on_schools,
)
from data.catalogue import find_exam, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline import township_parts as parts
from pipeline.bottom20_parts import county20_of, county_shares
from pipeline.compute_indicators import exam_indicators
from pipeline.rounded import rounded, rounded_remark
from pipeline.shown_bottom20 import shown_bottom20
from pipeline.township_units import own_units, townships_of
from pipeline.view_parts import path_of, setting_of, shown_indicators, stamp_of, summary_of
from pipeline.views import Query, TownshipView


def list_townships(scope: Scope, store: Store, exam: str) -> pd.DataFrame:
    """Return township, name and level of the units with a visible school that sat an exam."""
    release = find_exam(scope, store, exam)
    subject = str(subjects_of(store, release.release_id)["subject"].iloc[0])
    sat = set(exam_indicators(scope, store, release, subject=subject)["unit"])
    return townships_of(scope, units_of(store, release.county), sat)


def load_township(
    scope: Scope, store: Store, township: str, query: Query, pooled: bool, today: date
) -> TownshipView:
    """Return how the schools of a township or centre school stand.

    Parameters
    ----------
    pooled : bool
        Whether village schools count as one unit with their centre school.
    today : date
        On which a case is overdue or not.

    Raises
    ------
    SettingsError
        When no school of the unit sat the exam or may be seen.
    """
    setting = setting_of(scope, store, query)
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    own = own_units(
        scope, setting, township, sat=set(indicators["unit"].unique()), pooled=pooled
    )
    model = parts.model_of_units(scope, store, setting, own)
    shares = shown_bottom20(scope, store, setting.exam)
    county = county_shares(setting, shares)
    schools = parts.unit_rows(setting, own, indicators, model.value_added)
    gaps, why_no_gaps = parts.unit_gaps(scope, store, setting, own)
    bottom20 = parts.own_bottom20(setting, own, shares)
    bands = parts.own_bands(scope, store, setting, own)
    cases = parts.open_cases(scope, store, setting, own, today=today)
    in_subject = bands[bands["subject"] == setting.subject]
    whole = shares[(shares["unit"] == own.code) & (shares["subject"] == setting.subject)]
    remarks: tuple[Remark, ...] = (
        *remark_on_schools(schools),
        *remark_on_bottom20(
            whole if own.sees_all else whole.iloc[:0],
            county=float(county.get(setting.subject, float("nan"))),
        ),
        *remark_on_gaps(gaps),
        *remark_on_due(in_subject, cases),
    )
    return TownshipView(
        stamp=stamp_of(setting, indicators, model),
        path=path_of(setting.units, township),
        unit=township,
        name=str(own.row["name"]),
        level=str(own.row["level"]),
        pooled=bool(own.pools),
        can_pool=own.can_pool,
        model=summary_of(model, scope=scope),
        schools=rounded(schools),
        others=parts.other_rows(scope, setting, own, indicators, model.value_added),
        sample=parts.sample_of(scope, store, setting, own),
        county20=county20_of(setting, county),
        bottom20=bottom20,
        gaps=gaps,
        why_no_gaps=why_no_gaps,
        school_gaps=parts.school_gaps(scope, store, setting, own),
        bands=bands,
        cases=cases,
        remarks=tuple(rounded_remark(remark) for remark in remarks),
        n_hidden=int((schools["status"] == "suppressed").sum()),
    )
