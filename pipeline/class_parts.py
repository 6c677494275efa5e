"""Parts of the View of a grade's classes, small classes taken out and figures rounded."""

import re

import pandas as pd

from core.class_counts import GRADE, safe_levels
from core.interval import student_interval
from data.catalogue import ExamRelease
from data.scope import Scope
from data.store import Store
from pipeline.compute_classes import (
    class_sums,
    exam_class_figures,
    grade_balance,
    level_counts,
    start_balance,
)
from pipeline.rounded import rounded
from pipeline.shown_judgements import SUPPRESSED, Why
from pipeline.view_parts import Setting

_GAPS = ["n", "estimate", "low", "high", "q_value", "flag"]
_GAP_COLUMNS = ["class_", "name", "subject", "subject_name", *_GAPS, "status"]
_EFFECT = ["n", "coverage", "z_before", "z_now", "estimate", "low", "high", "index", "verdict"]
_PROGRESS = ["class_", "name", *_EFFECT, "status"]
_BALANCE = [
    *("subject", "subject_name", "moment", "n_classes", "n_pupils"),
    *("share", "share_low", "share_high", "spread", "chance_low", "chance_high"),
    *("q_value", "verdict"),
]


def class_names(scope: Scope, store: Store, exam: ExamRelease, school: str) -> dict[str, str]:
    """Return the names of a school's classes by code, 2 before 10; without the unnamed."""
    sums = class_sums(scope, store, exam)
    own = sums.loc[(sums["school"] == school) & sums["class_name"].notna(), "class_name"]
    names = sorted(own.astype("str").unique(), key=_natural)
    return {f"{school}/{name}": name for name in names}


def class_rows(
    scope: Scope, store: Store, setting: Setting, names: dict[str, str], hidden: frozenset[str]
) -> pd.DataFrame:
    """Return one row per class with its figures in the chosen subject."""
    figures = exam_class_figures(scope, store, setting.exam)
    own = figures[(figures["subject"] == setting.subject) & figures["unit"].isin(names)]
    z, mean, sd = (
        own[own["indicator"] == name].set_index("unit").reindex(list(names))
        for name in ("z", "mean", "sd")
    )
    is_hidden = z.index.isin(hidden)
    rows = pd.DataFrame(
        {
            "class_": list(names),
            "name": list(names.values()),
            "n": z["n_pupils"].astype("Int64").mask(is_hidden).array,
            "points": mean["estimate"].mask(is_hidden).array,
            "points_sd": sd["estimate"].mask(is_hidden).array,
            "z": z["estimate"].mask(is_hidden).array,
            "z_low": z["low"].mask(is_hidden).array,
            "z_high": z["high"].mask(is_hidden).array,
            "status": z["status"].fillna("not_estimable").mask(is_hidden, SUPPRESSED).array,
        }
    )
    return rounded(rows)


def gap_rows(
    gaps: pd.DataFrame | Why | None,
    setting: Setting,
    names: dict[str, str],
    hidden: frozenset[str],
) -> tuple[pd.DataFrame, Why | None]:
    """Return the gaps of a school's classes as differences with intervals, or why none.

    The figure is the difference as it was found; flags rest on the whole county's table.
    """
    if gaps is None or isinstance(gaps, tuple):
        return pd.DataFrame(columns=_GAP_COLUMNS), gaps
    own = gaps[gaps["class_"].isin(names)]
    order = {code: place for place, code in enumerate([*names, *setting.names])}
    own = own.sort_values(["class_", "subject"], key=lambda c: c.map(order), kind="stable")
    n = own["n_pupils"].astype("Int64")
    freedom = int(max(float(n.min()) - 1, 1)) if n.notna().any() else 1
    ends = student_interval(own["raw_gap"], se=own["raw_se"], df=freedom)
    rows = own.assign(
        name=own["class_"].map(names),
        subject_name=own["subject"].map(setting.names),
        n=n,
        estimate=own["raw_gap"],
        low=ends.low,
        high=ends.high,
    )
    is_hidden = rows["class_"].isin(hidden)
    blank = {name: rows[name].mask(is_hidden) for name in _GAPS}
    shown = rows.assign(**blank, status=rows["status"].mask(is_hidden, SUPPRESSED))
    return rounded(shown[_GAP_COLUMNS].reset_index(drop=True)), None


def progress_rows(
    progress: pd.DataFrame | Why | None, names: dict[str, str], hidden: frozenset[str]
) -> tuple[pd.DataFrame, Why | None]:
    """Return the classes against their own past, or why they cannot be compared."""
    if progress is None or isinstance(progress, tuple):
        return pd.DataFrame(columns=_PROGRESS), progress
    own = progress.set_index("class_").reindex(list(names)).rename_axis("class_").reset_index()
    is_hidden = own["class_"].isin(hidden)
    blank = {name: own[name].mask(is_hidden) for name in _EFFECT}
    status = own["status"].fillna("not_estimable").mask(is_hidden, SUPPRESSED)
    blank["n"] = blank["n"].astype("Int64")
    rows = own.assign(**blank, status=status, name=own["class_"].map(names))
    return rounded(rows[_PROGRESS]), None


def balance_rows(
    scope: Scope,
    store: Store,
    setting: Setting,
    names: dict[str, str],
    hidden: frozenset[str],
    *,
    hidden_linked: frozenset[str],
) -> pd.DataFrame:
    """Return the balance of the shown classes, now and by what their pupils started from."""
    exam, baseline = setting.exam, setting.baseline
    shown = tuple(name for code, name in names.items() if code not in hidden)
    school = _school_of(names)
    found = [grade_balance(scope, store, exam, school, shown).assign(moment="now")]
    if baseline is not None:
        linked = tuple(name for code, name in names.items() if code not in hidden_linked)
        start = start_balance(scope, store, exam, baseline, school, linked)
        found.append(start.assign(moment="start"))
    table = pd.concat(found, ignore_index=True)
    order = {code: place for place, code in enumerate(setting.names)}
    table = table.sort_values("subject", key=lambda s: s.map(order), kind="stable")
    named = table.assign(subject_name=table["subject"].map(setting.names))
    return rounded(named[_BALANCE].reset_index(drop=True))


def level_rows(
    scope: Scope, store: Store, setting: Setting, names: dict[str, str], hidden: frozenset[str]
) -> pd.DataFrame:
    """Return pupils by groups of levels: the grade, then the classes that can be told."""
    if not names:
        return pd.DataFrame({"class_": [], "name": []}, dtype="str")
    counts = level_counts(scope, store, setting.exam, _school_of(names), setting.subject)
    unnamed = frozenset(set(counts.index) - set(names))
    told = safe_levels(counts, hidden=hidden | unnamed)
    whole = counts.sum().to_frame(GRADE).T
    if told is None:
        told = safe_levels(whole, hidden=frozenset())
        cells = pd.DataFrame() if told is None else told.counts
    else:
        grade = {group: whole[group.split()].sum(axis=1) for group in told.columns}
        cells = pd.concat([pd.DataFrame(grade), told.counts])
    codes = [code for code in (GRADE, *names) if code in cells.index]
    table = cells.reindex(codes).rename_axis("class_").reset_index()
    table.insert(1, "name", [names.get(code, "") for code in codes])
    return table


def _school_of(names: dict[str, str]) -> str:
    return next(iter(names)).partition("/")[0] if names else ""


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key by which class 2 comes before class 10."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in parts)
