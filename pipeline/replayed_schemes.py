"""Past exams screened by a scheme that is tried, beside the scheme of their own day."""

from collections.abc import Sequence

import pandas as pd

from core.replay import count_alarms
from core.weak_schools import WeakSchools
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import comparison_groups
from pipeline.replay_counts import Calls
from pipeline.replayed_exams import ReplayedExam
from pipeline.school_parts import township_of
from pipeline.screening import screening_for
from pipeline.shown_judgements import Why, shown_weak_schools
from pipeline.view_parts import Setting
from pipeline.views import SchemeLabel

TRIED, HELD = "tried", "held"
_CALLS = ["school", "name", "township", "exam", TRIED, HELD, "call"]
_EXAMS = [
    "exam", "held_on", "grade", "baseline", "n", "n_tried", "n_held", "n_same", "n_entered",
    "n_left", "n_unknown", "why_en", "why_zh",
]  # fmt: skip


def schemes_held(
    scope: Scope, store: Store, exams: Sequence[ReplayedExam]
) -> tuple[SchemeLabel, ...]:
    """Return what each exam is screened by: the official scheme of its day, or the default."""
    return tuple(screening_for(scope, store, e.exam).label for e in exams)


def scheme_calls(
    scope: Scope, store: Store, setting: Setting, exams: Sequence[ReplayedExam]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the exams of SchemeReplayView, and its calls in order of the exams."""
    held = schemes_held(scope, store, exams)
    rows, calls = [], []
    for own, label in zip(exams, held, strict=True):
        tried, why = _candidates(scope, store, setting, own, setting.screening.label.id)
        by_held, _ = _candidates(scope, store, setting, own, label.id)
        both = pd.DataFrame({TRIED: tried, HELD: by_held}, dtype="boolean")
        both = both[both.index.map(scope.may_see).astype(bool)]
        rows.append(_exam_row(own, both, why))
        calls.append(both.rename_axis("school").reset_index().assign(exam=own.exam.name))
    return pd.DataFrame(rows, columns=_EXAMS), _named(setting, calls)


def calls_of(setting: Setting, calls: pd.DataFrame, exams: Sequence[ReplayedExam]) -> Calls:
    """Return who was called in which exam by which scheme.

    Who stands badly in an exam is whom the scheme in force proposes in it, for both schemes
    alike: a yardstick that moved with what is tried would always find it right.
    """
    names = [own.exam.name for own in exams]
    by_exam = {name: rows.set_index("school") for name, rows in calls.groupby("exam")}
    nobody = pd.DataFrame({TRIED: [], HELD: []}, dtype="boolean")
    alarm = {
        whose: {name: by_exam.get(name, nobody)[whose] for name in names}
        for whose in (TRIED, HELD)
    }
    return Calls(alarm, alarm[HELD], comparison_groups(setting.units))


def most_called_first(calls: pd.DataFrame) -> pd.DataFrame:
    """Return the calls of the schools that either scheme proposed most often first."""
    times = (calls[TRIED].fillna(False) | calls[HELD].fillna(False)).astype(int)
    total = times.groupby(calls["school"]).sum()
    ordered = calls.assign(times=calls["school"].map(total)).sort_values(
        ["times", "name", "school"],
        ascending=[False, True, True],
        kind="stable",
        ignore_index=True,
    )
    return ordered.drop(columns="times")


def _candidates(
    scope: Scope, store: Store, setting: Setting, own: ReplayedExam, number: int
) -> tuple[pd.Series, Why | None]:
    """Return who is proposed in an exam, null where not judged, or why nobody can be."""
    found = shown_weak_schools(
        scope,
        store,
        own.exam,
        baseline=own.baseline,
        subject=setting.subject,
        scheme=number,
    )
    if not isinstance(found, WeakSchools):
        return pd.Series(dtype="boolean"), found
    rows = found.schools.set_index("school")
    return rows["candidate"].astype("boolean").where(rows["status"] == "ok"), None


def _exam_row(own: ReplayedExam, both: pd.DataFrame, why: Why | None) -> dict[str, object]:
    # The scheme in force in the place of the later state: hits are those of both schemes.
    counts = count_alarms(both[TRIED], later_state=both[HELD])
    return {
        "exam": own.exam.name,
        "held_on": own.exam.held_on,
        "grade": own.exam.grade,
        "baseline": own.baseline.name if own.baseline else None,
        "n": counts.n,
        "n_tried": counts.hits + counts.false_alarms,
        "n_held": counts.hits + counts.misses,
        "n_same": counts.hits,
        "n_entered": counts.false_alarms,
        "n_left": counts.misses,
        "n_unknown": counts.unknown,
        "why_en": why[0] if why else None,
        "why_zh": why[1] if why else None,
    }


def _named(setting: Setting, calls: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not calls:
        return pd.DataFrame(columns=_CALLS)
    rows = pd.concat(calls, ignore_index=True)
    names = setting.units.set_index("code")["name"]
    tried, held = (rows[name].fillna(False).astype(bool) for name in (TRIED, HELD))
    call = pd.Series("neither", index=rows.index, dtype="str")
    call = call.mask(tried & held, "both").mask(tried & ~held, "entered")
    call = call.mask(~tried & held, "left")
    return rows.assign(
        name=rows["school"].map(names),
        township=township_of(setting.units, rows["school"]).map(names),
        call=call.mask(rows[[TRIED, HELD]].isna().any(axis=1), "unknown"),
    )[_CALLS]
