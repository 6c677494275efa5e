"""Load whom a school could visit: schools of like intake, and how they stand."""

import pandas as pd

from core.peer_figures import compare_with_peers
from core.peers import Peers
from core.scores import own_prior
from core.tables import INDICATORS
from data.catalogue import subjects_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_peers import exam_peers
from pipeline.compute_value_added import indicator_rows
from pipeline.rounded import SD, rounded_columns
from pipeline.school_parts import find_school, township_of
from pipeline.view_parts import Model, Setting, model_of, setting_of, shown_indicators, stamp_of
from pipeline.views import Measure, Query, VisitsView

_COLUMNS = [
    "school",
    "name",
    "township",
    "school_type",
    "place",
    "distance",
    "start",
    "n_pupils",
    "estimate",
    "low",
    "high",
    "difference",
    "difference_low",
    "difference_high",
    "is_better",
    "status",
]
_NO_BASELINE = ("", "")


def load_visits(
    scope: Scope, store: Store, school: str, query: Query, measure: Measure
) -> VisitsView:
    """Return the schools of like intake to one school in the query's subject.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    setting = setting_of(scope, store, query)
    if setting.baseline is None:
        measure = "z"
    unit = find_school(scope, setting, school)
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    figures = _figures(indicators, model, measure)
    start = _starts(scope, store, setting)
    peers, why = _peers(scope, store, setting, school)
    own = figures[figures["unit"] == school].to_dict("records")
    shown = own[0] if own else dict.fromkeys(INDICATORS.names)
    return VisitsView(
        stamp=stamp_of(setting, indicators, model),
        measure=measure,
        school=school,
        name=str(unit["name"]),
        n_pupils=None if pd.isna(shown["n_pupils"]) else int(shown["n_pupils"]),
        **{name: _number(shown[name]) for name in ("estimate", "low", "high")},
        own_start=_number(start.get(school)),
        peers=_rows(scope, setting, school, peers, figures, start),
        why=why,
    )


def _figures(indicators: pd.DataFrame, model: Model, measure: Measure) -> pd.DataFrame:
    """Return the INDICATORS rows that schools are compared in, as they may be shown."""
    if measure == "z":
        return indicators[indicators["indicator"] == "z"]
    if model.value_added is None:
        return INDICATORS.empty()
    return indicator_rows(model.value_added, exam=str(indicators["exam"].iloc[0]))


def _starts(scope: Scope, store: Store, setting: Setting) -> "pd.Series[float]":
    """Return each school's z in the baseline, in the subject that the pupils started from."""
    if setting.baseline is None:
        return pd.Series(dtype="float64")
    subjects = list(subjects_of(store, setting.baseline.release_id)["subject"])
    prior = own_prior(setting.subject, subjects)
    if prior is None:
        return pd.Series(dtype="float64")
    rows = shown_indicators(scope, store, setting.baseline, subject=prior)
    return rows[rows["indicator"] == "z"].set_index("unit")["estimate"]


def _peers(
    scope: Scope, store: Store, setting: Setting, school: str
) -> tuple[Peers | None, tuple[str, str] | None]:
    """Return the peers of all schools, or why this one has none."""
    if setting.baseline is None:
        return None, _NO_BASELINE
    found = exam_peers(scope, store, setting.exam, setting.baseline, setting.subject)
    if isinstance(found, tuple):
        return None, found
    own = found.schools[found.schools["school"] == school]
    if not (found.pairs["school"] == school).any():
        n_others = 0 if own.empty else int(own["n_others"].iloc[0])
        return None, _no_peers(n_others, is_known=not own.empty)
    return found, None


def _no_peers(n_others: int, *, is_known: bool) -> tuple[str, str]:
    if is_known:
        return (
            f"Too few other schools of its stage have a known intake (found: {n_others}). "
            "Choose another baseline.",
            f"同学段中生源已知的其他学校太少（{n_others} 所）。请另选基线。",
        )
    return (
        "Its intake may not be shown or is not known: too few of its pupils are linked with "
        "the baseline. Choose another school or baseline.",
        "该校生源不能显示或未知：与基线匹配的学生太少。请另选学校或基线。",
    )


def _rows(
    scope: Scope,
    setting: Setting,
    school: str,
    peers: Peers | None,
    figures: pd.DataFrame,
    start: "pd.Series[float]",
) -> pd.DataFrame:
    if peers is None:
        return pd.DataFrame(columns=_COLUMNS)
    unit = setting.units.set_index("code")
    pairs = peers.pairs[peers.pairs["school"] == school]
    rows = pairs.drop(columns="school").rename(columns={"peer": "school"})
    compared = compare_with_peers(figures, peers=peers, lower_is_better=frozenset())
    compared = compared[compared["school"] == school].set_index("peer")
    own = figures.set_index("unit").reindex(rows["school"])
    apart = compared[["difference", "low", "high", "is_better"]].reindex(rows["school"])
    is_visible = rows["school"].map(scope.may_see).astype(bool)
    township = township_of(setting.units, rows["school"]).map(unit["name"])
    rows = rows.assign(
        name=rows["school"].map(unit["name"]).where(is_visible, ""),
        township=township.where(is_visible),
        school_type=rows["school"].map(unit["school_type"]),
        start=start.reindex(rows["school"]).to_numpy(),
        difference=apart["difference"].to_numpy(),
        difference_low=apart["low"].to_numpy(),
        difference_high=apart["high"].to_numpy(),
        is_better=apart["is_better"].eq(True).to_numpy(),
        **{
            name: own[name].to_numpy()
            for name in ("n_pupils", "estimate", "low", "high", "status")
        },
    )
    rows = rows.assign(school=rows["school"].where(is_visible, ""))
    digits = dict.fromkeys(
        ("start", "estimate", "low", "high", "difference", "difference_low", "difference_high"),
        SD,
    )
    # One digit: exact distances to several peers would give back a hidden mean.
    return rounded_columns(rows[_COLUMNS].reset_index(drop=True), digits | {"distance": 1})


def _number(value: float | None) -> float | None:
    return None if pd.isna(value) else round(float(value), SD)
