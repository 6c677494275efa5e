"""Parts of one school's View: figures, value-added by subject, trend, place, common sample."""

from collections.abc import Hashable, Mapping

import pandas as pd

from core.common_sample import CommonSample
from core.errors import SettingsError
from core.value_added import ValueAdded
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import linked_baselines
from pipeline.rounded import rounded, rounded_sample
from pipeline.view_parts import (
    Model,
    Setting,
    model_of,
    shown_indicators,
)

_EFFECTS = ["estimate", "low", "high", "n", "index", "verdict", "coverage", "status"]
_NUMBERS = ["estimate", "low", "high", "index", "coverage"]
_TREND = ["exam", "date", "indicator", "estimate", "low", "high", "n_pupils", "status"]


def find_school(scope: Scope, setting: Setting, school: str) -> pd.Series:
    """Return the UNITS row of a school that may be seen.

    Raises
    ------
    SettingsError
        When there is no such school in this scope; both cases read the same.
    """
    units = setting.units
    found = units[(units["level"] == "school") & (units["code"] == school)]
    if found.empty or not scope.may_see(school):
        n_schools = int((units["level"] == "school").sum())
        raise SettingsError(
            f"No school has the code {school!r} here (schools: {n_schools}). Choose one of "
            "the list.",
            f"这里没有代码为“{school}”的学校（共 {n_schools} 所）。请从列表中选择。",
        )
    return found.iloc[0]


def township_of(units: pd.DataFrame, schools: pd.Series) -> pd.Series:
    """Return the code of each school's township; null where it has none."""
    parent = units.set_index("code")["parent"]
    level = units.set_index("code")["level"]
    above = schools.map(parent)
    is_centre = above.map(level) == "centre_school"
    township = above.where(~is_centre, above.map(parent))
    return township.where(township.map(level) == "township")


def figures(own: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """Return the school's indicators by subject, with the subjects' names."""
    columns = ["subject", "name", "indicator", "estimate", "low", "high", "n_pupils", "status"]
    named = own.assign(name=own["subject"].map(setting.names))
    return rounded(named[columns].reset_index(drop=True))


def value_added_by_subject(
    models: Mapping[str, Model], setting: Setting, school: str
) -> pd.DataFrame:
    """Return the school's value-added in every subject, the one without a figure included."""
    return rounded(effects_by_subject(models, setting.names, school))


def effects_by_subject(
    models: Mapping[str, Model], names: Mapping[str, str], school: str
) -> pd.DataFrame:
    """Return the effects of a school by subject, exact, with the subjects' names."""
    rows = [
        {"subject": subject, "name": names[subject], **_effect(model, school)}
        for subject, model in models.items()
    ]
    table = pd.DataFrame(rows, columns=["subject", "name", *_EFFECTS])
    return table.astype(dict.fromkeys(_NUMBERS, "float64") | {"n": "Int64"})


def trend(scope: Scope, store: Store, setting: Setting, school: str) -> pd.DataFrame:
    """Return z and value-added of the chosen subject over the cohort's exams, oldest first."""
    rows: list[dict[Hashable, object]] = []
    for exam in setting.cohort:
        shown = shown_indicators(scope, store, exam, subject=setting.subject)
        own = shown[(shown["unit"] == school) & (shown["indicator"] == "z")]
        rows += own.assign(date=exam.held_on)[_TREND].to_dict("records")
        linked = linked_baselines(store, exam, setting.cohort)
        if setting.baseline in linked:
            model = model_of(scope, store, setting, subject=setting.subject, exam=exam)
            effect = _effect(model, school)
            rows.append(
                {
                    "exam": exam.name,
                    "date": exam.held_on,
                    "indicator": "value_added",
                    "n_pupils": effect["n"],
                    **{key: effect[key] for key in ("estimate", "low", "high", "status")},
                }
            )
    return rounded(pd.DataFrame(rows, columns=_TREND))


def common_sample(
    scope: Scope, value_added: ValueAdded | None, school: str
) -> CommonSample | None:
    """Return who of the school is compared; None where it is hidden or there is no baseline."""
    if value_added is None:
        return None
    schools = value_added.schools
    found = schools[(schools["school"] == school) & (schools["status"] != "suppressed")]
    if found.empty:
        return None
    row = found.iloc[0]
    sample = CommonSample(
        matched=int(row["n"]),
        joined=int(row["n_sat"] - row["n"]),
        left=int(row["n_prior"] - row["n"]),
        coverage=float(row["coverage"]),
        prior_mean_matched=float(row["prior_mean"]),
        prior_mean_all=float(row["prior_mean_all"]),
    )
    return rounded_sample(sample, sees_small_groups=scope.sees_small_groups)


def text_or_none(value: str | float | None) -> str | None:
    """Return a text, or None where the catalogue has none."""
    return None if pd.isna(value) else str(value)


def _effect(model: Model, school: str) -> dict[str, object]:
    nothing: dict[str, object] = {**dict.fromkeys(_EFFECTS), "status": "not_estimable"}
    if model.value_added is None:
        return nothing
    schools = model.value_added.schools
    row = schools[schools["school"] == school]
    return nothing if row.empty else {key: row[key].iloc[0] for key in _EFFECTS}
