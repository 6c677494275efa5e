"""Load how the classes of one school's grade stand in an exam."""

import pandas as pd

from core.class_counts import GRADE, hidden_counts_below
from core.remarks import remark_on_classes
from core.standardise import HUNDREDTHS
from data.scope import Scope
from data.store import Store
from pipeline import class_parts
from pipeline.compute_classes import (
    DISTANCES,
    counts_below,
    exam_class_gaps,
    exam_class_profiles,
    hidden_classes,
    pair_class_progress,
)
from pipeline.rounded import rounded_remark
from pipeline.school_parts import find_school
from pipeline.view_parts import (
    Setting,
    model_of,
    path_of,
    setting_of,
    shown_indicators,
    stamp_of,
)
from pipeline.views import GradeClassView, NearLineView, Query, Stamp


def load_grade_class(scope: Scope, store: Store, school: str, query: Query) -> GradeClassView:
    """Return how the classes of a school stand in an exam.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    setting = setting_of(scope, store, query)
    unit = find_school(scope, setting, school)
    exam, baseline, subject = setting.exam, setting.baseline, setting.subject
    names = class_parts.class_names(scope, store, exam, school)
    hidden = hidden_classes(scope, store, exam, None)
    hidden_linked = hidden_classes(scope, store, exam, baseline)
    state = _state(scope, store, setting, names, hidden, school=school)
    # Of a grade that is not shown nothing is asked for, so nothing can be told of it.
    open_names = names if state == "ok" else {}
    gaps, gaps_why = class_parts.gap_rows(
        exam_class_gaps(scope, store, exam) if open_names else None, setting, open_names, hidden
    )
    profile, profile_why = class_parts.gap_rows(
        exam_class_profiles(scope, store, exam) if open_names else None,
        setting,
        open_names,
        hidden,
    )
    progress, progress_why = class_parts.progress_rows(
        pair_class_progress(scope, store, exam, baseline, subject)
        if open_names and baseline is not None
        else None,
        open_names,
        hidden_linked,
    )
    balance = class_parts.balance_rows(
        scope, store, setting, open_names, hidden, hidden_linked=hidden_linked
    )
    remarks = remark_on_classes(
        gaps, profile=profile, progress=progress, balance=balance, subject=subject
    )
    return GradeClassView(
        stamp=_stamp(scope, store, setting),
        path=path_of(setting.units, school),
        school=school,
        name=str(unit["name"]),
        grade=exam.grade,
        state=state,
        classes=class_parts.class_rows(scope, store, setting, open_names, hidden),
        gaps=gaps,
        gaps_why=gaps_why,
        profile=profile,
        profile_why=profile_why,
        progress=progress,
        progress_why=progress_why,
        balance=balance,
        levels=class_parts.level_rows(scope, store, setting, open_names, hidden),
        n_hidden=sum(code in hidden for code in names),
        remarks=tuple(rounded_remark(remark) for remark in remarks),
    )


def load_near_line(
    scope: Scope, store: Store, school: str, line: str, query: Query
) -> NearLineView:
    """Return how many pupils of each class stand just under a line.

    Parameters
    ----------
    line : str
        A line of SUBJECTS, such as ``pass_line``.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    setting = setting_of(scope, store, query)
    find_school(scope, setting, school)
    names = class_parts.class_names(scope, store, setting.exam, school)
    hidden = hidden_classes(scope, store, setting.exam, None)
    papers = setting.subjects.set_index("subject")
    at, full_mark = (int(papers[name].loc[setting.subject]) for name in (line, "full_mark"))
    is_open = _state(scope, store, setting, names, hidden, school=school) == "ok"
    counts = pd.DataFrame()
    if is_open:
        found = counts_below(scope, store, setting.exam, school, setting.subject, line=line)
        told = pd.concat([found, found.sum().to_frame(GRADE).T]).astype("Int64")
        unnamed = frozenset(set(found.index) - set(names))
        if not scope.sees_small_groups:
            told = told.mask(hidden_counts_below(found, hidden=hidden | unnamed))
        told = told.reindex([GRADE, *names]).set_axis(range(len(DISTANCES)), axis=1)
        counts = told.rename_axis("class_").reset_index()
        counts.insert(1, "name", [names.get(code, "") for code in counts["class_"]])
    points = [round(share * full_mark) / HUNDREDTHS for share in DISTANCES]
    return NearLineView(
        stamp=_stamp(scope, store, setting),
        line=at / HUNDREDTHS,
        distances=tuple(zip(DISTANCES, points, strict=True)),
        counts=counts,
    )


def _state(
    scope: Scope,
    store: Store,
    setting: Setting,
    names: dict[str, str],
    hidden: frozenset[str],
    *,
    school: str,
) -> str:
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    own = indicators[(indicators["unit"] == school) & (indicators["indicator"] == "n_sat")]
    if (own["status"] == "suppressed").any():
        return "hidden"
    if not names:
        return "no_class_names"
    if len(names) == 1:
        return "one_class"
    return "all_hidden" if all(code in hidden for code in names) else "ok"


def _stamp(scope: Scope, store: Store, setting: Setting) -> Stamp:
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    return stamp_of(
        setting, indicators, model_of(scope, store, setting, subject=setting.subject)
    )
