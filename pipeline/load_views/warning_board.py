"""Load the warning board: bands, the reasons of one school, the status x change grid."""

import pandas as pd

from core.judgement_tables import SIGNALS
from core.warning.default_rules import DEFAULT_RULES
from core.warning.levels import compute_grid_levels
from core.warning.rules import BANDS, rule_set_of
from data.scope import Scope
from data.store import Store
from pipeline.band_parts import BandPair, band_pair, named_schools
from pipeline.compute_bands import exam_bands, exam_before
from pipeline.exam_statistics import comparison_groups
from pipeline.rounded import INDEX, SD, SHARE
from pipeline.school_parts import find_school
from pipeline.shown_judgements import SUPPRESSED, shown_bands
from pipeline.view_parts import (
    Setting,
    model_of,
    path_of,
    setting_of,
    shown_indicators,
    stamp_of,
)
from pipeline.views import Query
from pipeline.views.common import Stamp
from pipeline.views.warning_board import StatusGridView, WarningBoardView, WarningReasonsView

_DIGITS = {
    "grid": SD,
    "change": SD,
    "value_added_index": INDEX,
    "low_rate": SHARE,
    "subject_gap": SD,
    "participation_fall": SHARE,
    "bottom20_growth": SHARE,
}
_OF_SHARE = {"participation_fall": "participation", "bottom20_growth": "bottom20_share"}
"""Signals that are changes of a share, which may be told as a range only."""

_BANDS = [
    "school",
    "name",
    "township",
    "township_code",
    "subject",
    "band",
    "signals",
    "reason",
    "before",
    "way",
]
_PLACES = {band: place for place, band in enumerate(BANDS)}


def load_warning_board(scope: Scope, store: Store, query: Query) -> WarningBoardView:
    """Return the bands of every school in every subject, most serious schools first."""
    setting = setting_of(scope, store, query)
    pair = band_pair(scope, store, setting)
    bands = named_schools(scope, setting, _with_before(pair))
    hidden = bands[bands["reason"] == SUPPRESSED].drop_duplicates("school")
    in_order = _most_serious_first(bands, list(setting.names))
    return WarningBoardView(
        stamp=_stamp(scope, store, setting),
        path=path_of(setting.units, str(setting.county["code"])),
        bands=in_order[_BANDS],
        subjects=setting.subjects[["subject", "name"]].reset_index(drop=True),
        hidden=hidden[["school", "name", "township"]].reset_index(drop=True),
        rules=rule_set_of(DEFAULT_RULES),
        previous_exam=pair.previous.name if pair.previous else None,
        value_added_before=None
        if setting.baseline is None or pair.previous is None
        else pair.previous_baseline is not None,
    )


def load_warning_reasons(
    scope: Scope, store: Store, school: str, query: Query
) -> WarningReasonsView:
    """Return what the bands of one school rest on.

    Raises
    ------
    SettingsError
        When there is no such school in this scope.
    """
    setting = setting_of(scope, store, query)
    unit = find_school(scope, setting, school)
    pair = band_pair(scope, store, setting)
    bands = _with_before(pair)
    own = bands[bands["unit"] == school]
    signals = pair.now.signals[pair.now.signals["unit"] == school]
    told = _rounded(scope, store, setting, pair, signals)
    order = {code: place for place, code in enumerate(setting.names)}
    columns = ["subject", "subject_name", "band", "before", "signals", "reason"]
    named = own.assign(subject_name=own["subject"].map(setting.names))
    return WarningReasonsView(
        stamp=_stamp(scope, store, setting),
        school=school,
        name=str(unit["name"]),
        hidden=bool(len(own)) and bool((own["reason"] == SUPPRESSED).all()),
        bands=named.sort_values("subject", key=lambda s: s.map(order), ignore_index=True)[
            columns
        ],
        signals=_gravest_first(told, order).assign(
            subject_name=lambda rows: rows["subject"].map(setting.names)
        ),
    )


def load_status_grid(scope: Scope, store: Store, query: Query) -> StatusGridView:
    """Return where the schools stand in status x change in the subject of the page."""
    setting = setting_of(scope, store, query)
    exam, previous = setting.exam, exam_before(scope, store, setting.exam)
    rules = rule_set_of(DEFAULT_RULES)
    # The cuts rest on all schools; those that are hidden leave after they are placed.
    bands = exam_bands(scope, store, exam, baseline=setting.baseline, previous=previous)
    signals = bands.signals[bands.signals["subject"] == setting.subject]
    levels = compute_grid_levels(
        signals, groups=comparison_groups(setting.units), grid=rules.grid
    )
    judged = shown_bands(
        scope, store, exam, baseline=setting.baseline, previous=previous
    ).judgements
    hidden = judged.loc[judged["reason"] == SUPPRESSED, "unit"]
    shown = levels[~levels["unit"].isin(hidden)].drop(columns="subject")
    units = bands.judgements[bands.judgements["subject"] == setting.subject]
    return StatusGridView(
        stamp=_stamp(scope, store, setting),
        schools=named_schools(scope, setting, shown),
        rules=rules,
        n_unjudged=len(units) - len(shown),
        previous_exam=previous.name if previous else None,
    )


def _with_before(pair: BandPair) -> pd.DataFrame:
    """Return the JUDGEMENTS rows with the band before, and which way they went."""
    now = pair.now.judgements
    if pair.before is None or pair.changes is None:
        nothing = pd.Series([None] * len(now), index=now.index, dtype="str")
        return now.assign(before=nothing, way=nothing)
    key = ["unit", "subject"]
    before = pair.before.judgements[[*key, "band"]].rename(columns={"band": "before"})
    return now.merge(before, on=key, how="left").merge(
        pair.changes[[*key, "way"]], on=key, how="left"
    )


def _most_serious_first(bands: pd.DataFrame, subjects: list[str]) -> pd.DataFrame:
    counts = {
        band: (bands["band"] == band).groupby(bands["school"]).sum()
        for band in ("red", "yellow", "blue")
    }
    order = {code: place for place, code in enumerate(subjects)}
    ranked = bands.assign(
        **{f"n_{band}": bands["school"].map(n) for band, n in counts.items()},
        place=bands["subject"].map(order),
    )
    return ranked.sort_values(
        ["n_red", "n_yellow", "n_blue", "school", "place"],
        ascending=[False, False, False, True, True],
        ignore_index=True,
    )


def _rounded(
    scope: Scope, store: Store, setting: Setting, pair: BandPair, signals: pd.DataFrame
) -> pd.DataFrame:
    """Return the signals with the digits that are shown; a range has no value."""
    digits = 10.0 ** signals["signal"].map(_DIGITS).to_numpy(float)
    tells = pd.Series(False, index=signals.index)
    for code, indicator in _OF_SHARE.items():
        rows = signals["signal"] == code
        known = _subjects_with(scope, store, setting, pair, indicator, signals)
        tells |= rows & ~signals["subject"].isin(known)
    value = (signals["value"] * digits).round() / digits
    threshold = (signals["threshold"] * digits).round() / digits
    return signals[SIGNALS.names].assign(
        value=value.mask(tells),
        threshold=threshold,
    )


def _subjects_with(
    scope: Scope,
    store: Store,
    setting: Setting,
    pair: BandPair,
    indicator: str,
    signals: pd.DataFrame,
) -> set[str]:
    """Return the subjects in which a share is a number in both exams, not a range."""
    known = set(signals["subject"].unique())
    for exam in filter(None, (setting.exam, pair.previous)):
        for subject in sorted(known):
            rows = shown_indicators(scope, store, exam, subject=subject)
            own = rows[rows["unit"].isin(signals["unit"]) & (rows["indicator"] == indicator)]
            if own["estimate"].isna().any():
                known.discard(subject)
    return known


def _gravest_first(signals: pd.DataFrame, order: dict[str, int]) -> pd.DataFrame:
    placed = signals.assign(
        grave=signals["band"].map(_PLACES).fillna(-1), place=signals["subject"].map(order)
    )
    ordered = placed.sort_values(
        ["grave", "place"], ascending=[False, True], kind="stable", ignore_index=True
    )
    return ordered[["subject", "signal", "value", "threshold", "n_pupils", "band", "reason"]]


def _stamp(scope: Scope, store: Store, setting: Setting) -> Stamp:
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    return stamp_of(
        setting, indicators, model_of(scope, store, setting, subject=setting.subject)
    ).of_judgements
