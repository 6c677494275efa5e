"""Judgements as they may be shown: bands, candidates and gaps without the hidden schools.

They are computed from all figures, since who is hidden must not change who is judged how; what
could tell of single pupils is taken out here, where the Views begin.
"""

from dataclasses import replace

import pandas as pd

from core.errors import NotEstimableError, SettingsError
from core.warning.judge import Bands
from core.warning.signal_kinds import GRID
from core.weak_schools import WeakSchools
from data.catalogue import ExamRelease, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_bands import exam_bands
from pipeline.compute_gaps import exam_gaps, gaps_of_units
from pipeline.compute_weak_schools import exam_weak_schools
from pipeline.exam_statistics import comparison_groups
from pipeline.hidden_units import hidden_in_exam, hidden_in_pair
from pipeline.remember import remember

SUPPRESSED = "suppressed"
_SHARES = ("low_rate",)
_RANKING = ["composite", "se", "rank", "rank_low", "rank_high", "p_bottom20"]
_GAPS = ["n_pupils", "raw_gap", "raw_se", "gap", "se", "low", "high", "q_value", "flag"]

Why = tuple[str, str]
"""English and Chinese text of why something cannot be estimated."""


@remember(most=64)
def shown_bands(
    scope: Scope,
    store: Store,
    exam: ExamRelease,
    *,
    baseline: ExamRelease | None,
    previous: ExamRelease | None,
) -> Bands:
    """Return the proposed bands; a hidden school is ``insufficient`` because ``suppressed``.

    Of it no signal is left, and shares of nobody or everybody have no value. In a group with a
    hidden school a line of the grid has no threshold.
    """
    bands = exam_bands(scope, store, exam, baseline=baseline, previous=previous)
    hidden = _hidden(scope, store, exam, baseline, previous)
    judgements, signals = bands.judgements, bands.signals
    is_hidden = judgements["unit"].isin(hidden)
    judgements = judgements.assign(
        band=judgements["band"].mask(is_hidden, "insufficient"),
        signals=judgements["signals"].mask(is_hidden, ""),
        reason=judgements["reason"].mask(is_hidden, SUPPRESSED),
    )
    signals = signals[~signals["unit"].isin(hidden)].reset_index(drop=True)
    is_extreme = signals["signal"].isin(_SHARES) & signals["value"].isin([0.0, 1.0])
    groups = comparison_groups(units_of(store, exam.county))
    tells = _tells_of_hidden(signals, hidden, groups=groups)
    return Bands(
        judgements,
        signals.assign(
            value=signals["value"].mask(is_extreme),
            threshold=signals["threshold"].mask(tells),
        ),
    )


@remember(most=64)
def shown_weak_schools(
    scope: Scope,
    store: Store,
    exam: ExamRelease,
    *,
    baseline: ExamRelease | None,
    subject: str,
    scheme: int | None = None,
) -> WeakSchools | Why:
    """Return the screening without the figures of hidden schools, or why there is none."""
    try:
        found = exam_weak_schools(
            scope, store, exam, baseline=baseline, subject=subject, scheme=scheme
        )
    except (NotEstimableError, SettingsError) as error:
        return error.message, error.message_zh
    schools = found.schools
    is_hidden = schools["school"].isin(_hidden(scope, store, exam, baseline))
    blank = {name: schools[name].mask(is_hidden) for name in _RANKING}
    shown = schools.assign(
        **blank,
        candidate=schools["candidate"] & ~is_hidden,
        reasons=schools["reasons"].mask(is_hidden, ""),
        status=schools["status"].mask(is_hidden, SUPPRESSED),
    )
    return replace(found, schools=shown)


@remember(most=64)
def shown_gaps(
    scope: Scope, store: Store, exam: ExamRelease, *, baseline: ExamRelease | None
) -> pd.DataFrame | Why:
    """Return the SUBJECT_GAPS without hidden schools, or why there are none."""
    try:
        gaps = exam_gaps(scope, store, exam, baseline=baseline)
    except (NotEstimableError, SettingsError) as error:
        return error.message, error.message_zh
    return _without_hidden(gaps, _hidden(scope, store, exam, baseline))


@remember(most=64)
def shown_gaps_of_units(
    scope: Scope, store: Store, exam: ExamRelease, *, groups: tuple[tuple[str, str], ...]
) -> pd.DataFrame | Why:
    """Return the gaps of units of any level without hidden ones, or why there are none."""
    try:
        gaps = gaps_of_units(scope, store, exam, groups=groups)
    except NotEstimableError as error:
        return error.message, error.message_zh
    return _without_hidden(gaps, _hidden(scope, store, exam))


def _tells_of_hidden(
    signals: pd.DataFrame, hidden: frozenset[str], *, groups: pd.Series
) -> pd.Series:
    """Return which thresholds are quantiles of a group that has a hidden school.

    Such a quantile may be the very figure of that school.
    """
    concerned = set(groups[groups.index.isin(hidden)])
    return (signals["signal"] == GRID) & signals["unit"].map(groups).isin(concerned)


def _without_hidden(gaps: pd.DataFrame, hidden: frozenset[str]) -> pd.DataFrame:
    is_hidden = gaps["school"].isin(hidden)
    blank = {name: gaps[name].mask(is_hidden) for name in _GAPS}
    return gaps.assign(**blank, status=gaps["status"].mask(is_hidden, SUPPRESSED))


def _hidden(
    scope: Scope, store: Store, exam: ExamRelease, *earlier: ExamRelease | None
) -> frozenset[str]:
    """Return who is hidden in an exam, or in it together with an earlier one."""
    hidden = hidden_in_exam(scope, store, exam)
    for other in earlier:
        if other is not None:
            hidden |= hidden_in_pair(scope, store, exam, other)
    return hidden
