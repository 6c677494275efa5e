"""Past exams judged by the rules of the warning bands, and who stood lowest in them."""

from collections.abc import Sequence

import pandas as pd

from core.warning.default_rules import DEFAULT_RULES
from core.warning.levels import compute_grid_levels
from core.warning.rules import BANDS, INSUFFICIENT, rule_set_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_bands import exam_bands, exam_before
from pipeline.exam_statistics import comparison_groups
from pipeline.replay_counts import Calls
from pipeline.replayed_exams import ReplayedExam
from pipeline.school_parts import township_of
from pipeline.shown_judgements import SUPPRESSED, shown_bands
from pipeline.view_parts import Setting
from pipeline.views.replay import AlarmFrom

RULES = "rules"
_LOWEST = 1
_CALLS = ["school", "name", "township", "exam", "band", "low"]
_EXAMS = [
    "exam", "held_on", "grade", "baseline", "previous_exam",
    *(f"n_{band}" for band in (*BANDS, INSUFFICIENT)),
]  # fmt: skip


def rule_calls(
    scope: Scope, store: Store, setting: Setting, exams: Sequence[ReplayedExam]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the exams of RuleReplayView, and its calls in order of the exams."""
    rows, calls = [], []
    for own in exams:
        bands = _bands(scope, store, setting, own)
        rows.append(_exam_row(scope, store, own, bands))
        calls.append(bands.assign(exam=own.exam.name))
    return pd.DataFrame(rows, columns=_EXAMS), _named(setting, calls)


def calls_of(
    setting: Setting,
    calls: pd.DataFrame,
    exams: Sequence[ReplayedExam],
    *,
    alarm_from: AlarmFrom,
) -> Calls:
    """Return who was warned in which exam, and who stood in the lowest fifth of it.

    The lowest fifth is found from the figures of that exam alone: its band would know the
    exam before it by the change, and a warning would prove itself.
    """
    place = calls["band"].map({band: place for place, band in enumerate(BANDS)})
    alarm = (place >= BANDS.index(alarm_from)).astype("boolean").where(place.notna())
    known = calls.assign(alarm=alarm)
    by_exam = {name: rows.set_index("school") for name, rows in known.groupby("exam")}
    nobody = pd.DataFrame({"alarm": [], "low": []}, dtype="boolean")
    names = [own.exam.name for own in exams]
    return Calls(
        {RULES: {name: by_exam.get(name, nobody)["alarm"] for name in names}},
        {name: by_exam.get(name, nobody)["low"] for name in names},
        comparison_groups(setting.units),
    )


def most_warned_first(calls: pd.DataFrame) -> pd.DataFrame:
    """Return the calls with the schools first that were warned most often and most gravely."""
    weight = calls["band"].map({band: place for place, band in enumerate(BANDS)}).fillna(0)
    total = weight.groupby(calls["school"]).sum()
    ordered = calls.assign(total=calls["school"].map(total)).sort_values(
        ["total", "name", "school"],
        ascending=[False, True, True],
        kind="stable",
        ignore_index=True,
    )
    return ordered.drop(columns="total")


def _bands(scope: Scope, store: Store, setting: Setting, own: ReplayedExam) -> pd.DataFrame:
    """Return school, band and whether it is in the lowest fifth, of one exam and subject."""
    previous = exam_before(scope, store, own.exam)
    shown = shown_bands(scope, store, own.exam, baseline=own.baseline, previous=previous)
    rows = shown.judgements[shown.judgements["subject"] == setting.subject]
    rows = rows[rows["unit"].map(scope.may_see).astype(bool)]
    # The cuts rest on all schools; those that are hidden leave after they are placed.
    exact = exam_bands(scope, store, own.exam, baseline=own.baseline, previous=previous)
    levels = compute_grid_levels(
        exact.signals[exact.signals["subject"] == setting.subject],
        groups=comparison_groups(setting.units),
        grid=rule_set_of(DEFAULT_RULES).grid,
    ).set_index("unit")["status"]
    low = (rows["unit"].map(levels) == _LOWEST).astype("boolean")
    known = rows["unit"].isin(levels.index) & (rows["reason"] != SUPPRESSED)
    return pd.DataFrame(
        {"school": rows["unit"], "band": rows["band"], "low": low.where(known)}
    ).reset_index(drop=True)


def _exam_row(
    scope: Scope, store: Store, own: ReplayedExam, bands: pd.DataFrame
) -> dict[str, object]:
    previous = exam_before(scope, store, own.exam)
    counts = bands["band"].value_counts()
    return {
        "exam": own.exam.name,
        "held_on": own.exam.held_on,
        "grade": own.exam.grade,
        "baseline": own.baseline.name if own.baseline else None,
        "previous_exam": previous.name if previous else None,
        **{f"n_{band}": int(counts.get(band, 0)) for band in (*BANDS, INSUFFICIENT)},
    }


def _named(setting: Setting, calls: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not calls:
        return pd.DataFrame(columns=_CALLS)
    rows = pd.concat(calls, ignore_index=True)
    names = setting.units.set_index("code")["name"]
    return rows.assign(
        name=rows["school"].map(names),
        township=township_of(setting.units, rows["school"]).map(names),
    )[_CALLS]
