"""Load the Views: scope first, statistics in, everything a page may show out."""

from dataclasses import replace

import pandas as pd

from core.change import compute_change
from core.remarks import remark_on_county
from core.suppression import is_small
from data.catalogue import ExamRelease, find_exam, list_exams, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline import school_parts
from pipeline.compute_indicators import exam_indicators
from pipeline.county_parts import KEY_FIGURES, key_figures, school_rows
from pipeline.exam_statistics import linked_baselines
from pipeline.rounded import rounded_remark
from pipeline.view_parts import (
    model_of,
    setting_of,
    shown_indicators,
    stamp_of,
    summary_of,
)
from pipeline.views import ExamChoice, LeadershipView, Query, SchoolView, SubjectChoice


def load_exams(scope: Scope, store: Store) -> tuple[ExamChoice, ...]:
    """Return the exams that can be looked at, newest first."""
    exams = list_exams(scope, store)
    counties = {county: _county_name(store, county) for county in {e.county for e in exams}}
    choices = (_choice(store, exam, exams, counties[exam.county]) for exam in exams)
    if scope.sees_small_groups:
        return tuple(choices)
    return tuple(replace(c, n_pupils=None) if is_small(c.n_pupils or 0) else c for c in choices)


def list_schools(scope: Scope, store: Store, exam: str) -> pd.DataFrame:
    """Return school, name and township of the schools that sat an exam and may be seen."""
    release = find_exam(scope, store, exam)
    units = units_of(store, release.county)
    names = units.set_index("code")["name"]
    sat = exam_indicators(scope, store, release, subject=_any_subject(store, release))["unit"]
    schools = units[(units["level"] == "school") & units["code"].isin(sat)]
    schools = schools[schools["code"].map(scope.may_see)]
    return pd.DataFrame(
        {
            "school": schools["code"],
            "name": schools["name"],
            "township": school_parts.township_of(units, schools["code"]).map(names),
        }
    ).reset_index(drop=True)


def load_leadership(scope: Scope, store: Store, query: Query) -> LeadershipView:
    """Return how the county stands in one exam and subject."""
    setting = setting_of(scope, store, query)
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    model = model_of(scope, store, setting, subject=setting.subject)
    county = str(setting.county["code"])
    earlier = [e for e in setting.cohort if e.held_on < setting.exam.held_on]
    figures = indicators[
        (indicators["unit"] == county) & indicators["indicator"].isin(KEY_FIGURES)
    ].reset_index(drop=True)
    changes = None
    if earlier:
        before = shown_indicators(scope, store, earlier[-1], subject=setting.subject)
        changes = compute_change(figures, previous=before)
    schools = school_rows(scope, store, setting, indicators, model.value_added)
    return LeadershipView(
        stamp=stamp_of(setting, indicators, model),
        model=summary_of(model, scope=scope),
        key_figures=key_figures(figures, changes),
        previous_exam=earlier[-1].name if earlier else None,
        schools=schools,
        # Remarks name schools of the whole county: only for those who may see all of it.
        remarks=()
        if scope.schools is not None
        else tuple(
            rounded_remark(remark)
            for remark in remark_on_county(
                model.value_added, indicators=figures, changes=changes, county=county
            )
        ),
        n_hidden=int((schools["status"] == "suppressed").sum()),
    )


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


def _choice(
    store: Store, exam: ExamRelease, exams: tuple[ExamRelease, ...], county_name: str
) -> ExamChoice:
    subjects = subjects_of(store, exam.release_id)
    return ExamChoice(
        name=exam.name,
        county=exam.county,
        county_name=county_name,
        date=exam.held_on,
        grade=exam.grade,
        stage=exam.stage,
        subjects=tuple(
            SubjectChoice(str(code), str(name))
            for code, name in zip(subjects["subject"], subjects["name"], strict=True)
        ),
        baselines=tuple(b.name for b in linked_baselines(store, exam, exams)),
        release=exam.number,
        published_at=exam.published_at,
        n_pupils=exam.n_rows,
        n_schools=exam.n_schools,
        is_demonstration=exam.is_demonstration,
        source=exam.source,
        licence=exam.licence,
    )


def _county_name(store: Store, county: str) -> str:
    units = units_of(store, county)
    return str(units.loc[units["level"] == "county", "name"].iloc[0])


def _any_subject(store: Store, exam: ExamRelease) -> str:
    return str(subjects_of(store, exam.release_id)["subject"].iloc[0])
