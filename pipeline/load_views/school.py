"""Load how one school stands in an exam."""

import pandas as pd

from data.scope import Scope
from data.store import Store
from pipeline import school_parts
from pipeline.view_parts import model_of, path_of, setting_of, shown_indicators, stamp_of
from pipeline.views import Query, SchoolView


def load_school(scope: Scope, store: Store, school: str, query: Query) -> SchoolView:
    """Return how one school stands in an exam.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    setting = setting_of(scope, store, query)
    unit = school_parts.find_school(scope, setting, school)
    indicators = pd.concat(
        [shown_indicators(scope, store, setting.exam, subject=s) for s in setting.names]
    )
    own = indicators[indicators["unit"] == school]
    models = {
        subject: model_of(scope, store, setting, subject=subject) for subject in setting.names
    }
    chosen = models[setting.subject]
    names = setting.units.set_index("code")["name"]
    township = school_parts.township_of(setting.units, pd.Series([school])).iloc[0]
    return SchoolView(
        stamp=stamp_of(setting, indicators, chosen),
        path=path_of(setting.units, school),
        school=school,
        name=str(unit["name"]),
        township=None if pd.isna(township) else str(names[township]),
        school_type=school_parts.text_or_none(unit["school_type"]),
        locale=school_parts.text_or_none(unit["locale"]),
        hidden=bool((own.loc[own["indicator"] == "n_sat", "status"] == "suppressed").all()),
        figures=school_parts.figures(own, setting),
        value_added=school_parts.value_added_by_subject(models, setting, school),
        trend=school_parts.trend(scope, store, setting, school),
        positions=school_parts.positions(scope, setting, chosen.value_added, school),
        common_sample=school_parts.common_sample(scope, chosen.value_added, school),
    )
