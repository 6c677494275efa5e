"""Parts of the leadership's five answers, each scoped, suppressed and rounded."""

from dataclasses import replace

import pandas as pd

from core.change import compute_change, compute_rebound, summarise_rebound
from core.errors import NotEstimableError, SettingsError
from core.multiplicity import FALSE_DISCOVERY_RATE
from core.remarks.county import BOUND, share_beyond
from core.verdict import NO_DIFFERENCE
from core.weak_schools import WeakSchools
from data.catalogue import ExamRelease
from data.scope import Scope
from data.store import Store
from pipeline.band_parts import BandPair, baseline_of_previous, named_schools
from pipeline.compute_bands import exam_before
from pipeline.compute_counterfactual import N_PEERS, exam_counterfactual
from pipeline.compute_equity import county_spread
from pipeline.compute_indicators import exam_indicators
from pipeline.exam_statistics import comparison_groups
from pipeline.hidden_units import hidden_in_pair
from pipeline.rounded import POINTS, SD, SHARE, rounded
from pipeline.shown_judgements import shown_gaps, shown_weak_schools
from pipeline.view_parts import Model, Setting, shown_indicators
from pipeline.views.briefing import Crossings, GapTrend, MovingPlaces, Rebound, Why

SPREAD = ("between_cv_weighted", "icc")
_FLAGS = ["kind", "n_flagged", "n_judged", "expected", "status", "why_en", "why_zh"]
_NO_BASELINE: Why = (
    "Schools of like intake are found by their pupils' prior scores, and this exam has no "
    "baseline. Import an earlier exam of the same pupils, with their pupil numbers.",
    "相似学校按学生的起点成绩确定，而本次考试没有基线。请导入同一批学生更早的一场考试"
    "（须含学籍号）。",
)
_NO_EARLIER: Why = (
    "There is no earlier exam of this cohort, so nothing can be said of a gain.",
    "这一届学生没有更早的考试，无法判断是否有提升。",
)
_NO_CANDIDATES: Why = (
    "No school was a candidate in the exam before (candidates: 0), so none is followed.",
    "前次考试没有薄弱学校候选（候选 0 所），因此没有需要跟踪的学校。",
)


def crossings(scope: Scope, setting: Setting, pair: BandPair) -> Crossings:
    """Return which schools crossed a line in the subject of the page."""
    subject = setting.subject
    n_units = int((pair.now.judgements["subject"] == subject).sum())
    changes = pair.changes
    if changes is None or pair.previous is None:
        empty = pd.DataFrame(
            columns=["school", "name", "township", "before", "band", "way", "signals"],
            dtype="str",
        )
        return Crossings(empty, 0, n_units, None, None)
    own = changes[changes["subject"] == subject]
    rows = named_schools(scope, setting, own[own["way"] != "same"].drop(columns="subject"))
    known_before = None if setting.baseline is None else pair.previous_baseline is not None
    return Crossings(rows, len(own), n_units - len(own), pair.previous.name, known_before)


def flags(scope: Scope, store: Store, setting: Setting, model: Model) -> pd.DataFrame:
    """Return for each kind of flag how many there are, and how many may be wrong."""
    rows = [
        _weak_flags(scope, store, setting),
        _value_added_flags(model),
        _gap_flags(scope, store, setting),
    ]
    table = pd.DataFrame(rows, columns=_FLAGS)
    return table.assign(expected=table["expected"].astype("float64").round(1))


def gap_trend(scope: Scope, store: Store, setting: Setting) -> GapTrend:
    """Return how far the schools lie apart in every exam of the cohort, up to this one."""
    exams = [e for e in setting.cohort if e.held_on <= setting.exam.held_on]
    county, subject = str(setting.county["code"]), setting.subject
    spread = {}
    for exam in exams:
        rows = county_spread(scope, store, exam, subject=subject)
        shown = shown_indicators(scope, store, exam, subject=subject)
        sat = shown[(shown["unit"] == county) & (shown["indicator"] == "n_sat")]["n_pupils"]
        if not sat.isna().any():
            spread[exam] = rows[rows["indicator"].isin(SPREAD)].reset_index(drop=True)
    columns = ["exam", "indicator", "estimate", "low", "high", "n_pupils", "status"]
    figures = [rows[columns].assign(date=exam.held_on) for exam, rows in spread.items()]
    empty = pd.DataFrame(columns=[*columns, "date"])
    told = rounded(pd.concat(figures, ignore_index=True)) if figures else empty
    return GapTrend(told, _gap_changes(spread, setting.exam))


def moving_places(scope: Scope, store: Store, setting: Setting) -> MovingPlaces:
    """Return which three places would move the county most; schools by scope."""
    if setting.baseline is None:
        return _no_places(_NO_BASELINE)
    try:
        found, peers = exam_counterfactual(
            scope, store, setting.exam, baseline=setting.baseline
        )
    except (NotEstimableError, SettingsError) as error:
        return _no_places((error.message, error.message_zh))
    key = ["school", "subject"]
    places = found.places[[*key, "mean", "peer_mean", "n_pupils"]]
    named = found.best.merge(places, on=key).merge(peers[[*key, "low", "high"]], on=key)
    named = named.rename(columns={"school": "unit"})
    best = named_schools(scope, setting, named)
    points = ["mean", "peer_mean", "low", "high"]
    best = best.assign(
        subject_name=best["subject"].map(setting.names),
        change=best["change"].round(SHARE + 1),
        **best[points].round(POINTS),
    )
    goals = found.goals.assign(
        **found.goals[["before", "after"]].round(SHARE),
        change=found.goals["change"].round(SHARE + 1),
    )
    ordered = best.sort_values(["goal", "place"], ignore_index=True).drop(columns="grade")
    return MovingPlaces(goals, ordered, N_PEERS, None)


def rebound(scope: Scope, store: Store, setting: Setting) -> Rebound:
    """Return what the candidates of the exam before have gained beyond their rebound."""
    previous = exam_before(scope, store, setting.exam)
    if previous is None:
        return _no_rebound(None, _NO_EARLIER)
    picked = shown_weak_schools(
        scope,
        store,
        previous,
        baseline=baseline_of_previous(scope, store, previous, setting.baseline),
        subject=setting.subject,
    )
    if not isinstance(picked, WeakSchools):
        return _no_rebound(previous, picked)
    schools = picked.schools
    hidden = hidden_in_pair(scope, store, setting.exam, previous)
    codes = set(schools.loc[schools["candidate"], "school"]) - hidden
    codes = {code for code in codes if scope.may_see(code)}
    if not codes:
        return _no_rebound(previous, _NO_CANDIDATES)
    now, then = (
        _attainment(scope, store, exam, setting.subject) for exam in (setting.exam, previous)
    )
    rows = compute_rebound(now, previous=then, group=comparison_groups(setting.units))
    own = rows[rows["unit"].isin(codes)].sort_values("beyond", ascending=False)
    try:
        mean = summarise_rebound(own)
    except NotEstimableError as error:
        return _no_rebound(previous, (error.message, error.message_zh))
    figures = ["gap", "gain", "expected", "beyond", "low", "high"]
    named = named_schools(scope, setting, own.reset_index(drop=True))
    columns = ["school", "name", *figures, "verdict", "status"]
    told = named[columns].assign(**named[figures].round(SD))
    rounded_mean = replace(mean, **{name: round(getattr(mean, name), SD) for name in figures})
    return Rebound(told, rounded_mean, previous.name, None)


def _weak_flags(scope: Scope, store: Store, setting: Setting) -> dict[str, object]:
    found = shown_weak_schools(
        scope, store, setting.exam, baseline=setting.baseline, subject=setting.subject
    )
    if not isinstance(found, WeakSchools):
        return _unknown("weak_schools", found)
    schools = found.schools
    candidates = schools[schools["candidate"]]
    return {
        "kind": "weak_schools",
        "n_flagged": len(candidates),
        "n_judged": int((schools["status"] == "ok").sum()),
        "expected": float((1 - candidates["p_bottom20"]).sum()),
        "status": "ok",
    }


def _value_added_flags(model: Model) -> dict[str, object]:
    found = model.value_added
    if found is None:
        return _unknown("value_added", model.why or ("", ""))
    sound = found.schools[found.schools["status"] == "ok"]
    counted = {"kind": "value_added", "n_judged": len(sound)}
    if found.status == NO_DIFFERENCE:
        return counted | {"n_flagged": 0, "expected": 0.0, "status": "no_difference"}
    beyond = (sound["index"].abs() >= BOUND).sum()
    by_chance = share_beyond(found) * len(sound)
    return counted | {"n_flagged": int(beyond), "expected": by_chance, "status": "ok"}


def _gap_flags(scope: Scope, store: Store, setting: Setting) -> dict[str, object]:
    gaps = shown_gaps(scope, store, setting.exam, baseline=None)
    if not isinstance(gaps, pd.DataFrame):
        return _unknown("subject_gaps", gaps)
    n_flagged = int(gaps["flag"].isin(["strong", "weak"]).sum())
    return {
        "kind": "subject_gaps",
        "n_flagged": n_flagged,
        "n_judged": int((gaps["status"] == "ok").sum()),
        "expected": FALSE_DISCOVERY_RATE * n_flagged,
        "status": "ok",
    }


def _unknown(kind: str, why: Why) -> dict[str, object]:
    told = {"why_en": why[0], "why_zh": why[1]}
    return {"kind": kind, "n_flagged": 0, "n_judged": 0, "status": "not_estimable", **told}


def _gap_changes(spread: dict[ExamRelease, pd.DataFrame], exam: ExamRelease) -> pd.DataFrame:
    """Return the change of the coefficient since the first exam, and since the last before."""
    before = [e for e in spread if e.held_on < exam.held_on]
    rows = []
    for earlier in dict.fromkeys([*before[:1], *before[-1:]]) if exam in spread else ():
        changes = compute_change(spread[exam], previous=spread[earlier])
        own = changes[changes["indicator"] == SPREAD[0]].iloc[0]
        ends = {name: round(float(own[name]), SHARE) for name in ("change", "low", "high")}
        rows.append({"since": earlier.name, **ends, "verdict": own["verdict"]})
    return pd.DataFrame(rows, columns=["since", "change", "low", "high", "verdict"])


def _attainment(scope: Scope, store: Store, exam: ExamRelease, subject: str) -> pd.DataFrame:
    rows = exam_indicators(scope, store, exam, subject=subject)
    return rows[rows["indicator"] == "z"].reset_index(drop=True)


def _no_places(why: Why) -> MovingPlaces:
    return MovingPlaces(pd.DataFrame(), pd.DataFrame(), N_PEERS, why)


def _no_rebound(previous: ExamRelease | None, why: Why) -> Rebound:
    return Rebound(pd.DataFrame(), None, previous.name if previous else None, why)
