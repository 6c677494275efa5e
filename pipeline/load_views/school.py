"""Load how one school stands: in an exam, beside its peers, in other grades, over time."""

from datetime import timedelta

import pandas as pd

from core.remarks import remark_on_school
from core.value_added import ValueAddedSpec
from core.warning.default_rules import DEFAULT_RULES
from core.warning.rules import rule_set_of
from data.catalogue import ExamRelease, list_exams, subjects_of
from data.scope import Scope
from data.store import Store
from pipeline import school_frames, school_judgements, school_parts
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.exam_statistics import linked_baselines
from pipeline.rounded import rounded, rounded_remark
from pipeline.school_starts import starts
from pipeline.view_parts import (
    Model,
    Setting,
    model_of,
    path_of,
    request_of,
    setting_of,
    shown_indicators,
    shown_value_added,
    stamp_of,
)
from pipeline.views import (
    Query,
    SchoolGradesView,
    SchoolPastView,
    SchoolPeersView,
    SchoolView,
    Stamp,
)

_PERIOD = timedelta(days=31)
"""Exams of several grades are of one period when they were held so near each other."""


def load_school(scope: Scope, store: Store, school: str, query: Query) -> SchoolView:
    """Return how one school stands in an exam.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    setting = setting_of(scope, store, query)
    unit = school_parts.find_school(scope, setting, school)
    indicators = _indicators(scope, store, setting)
    own = indicators[indicators["unit"] == school]
    models = {
        subject: model_of(scope, store, setting, subject=subject) for subject in setting.names
    }
    value_added = school_parts.value_added_by_subject(models, setting, school)
    chosen = models[setting.subject].value_added
    request = request_of(setting, subject=setting.subject)
    by_start, starts_why = starts(scope, store, request, school)
    profile, profile_why = school_judgements.profile(scope, store, setting, school)
    bands, signals = school_judgements.bands(scope, store, setting, school)
    peers, peers_why = school_frames.peers_of_school(scope, store, setting, school)
    target = school_frames.target(scope, store, setting, indicators, chosen, school=school)
    remarks = remark_on_school(
        value_added, starts=by_start, profile=profile, target=target, bands=bands
    )
    names = setting.units.set_index("code")["name"]
    township = school_parts.township_of(setting.units, pd.Series([school])).iloc[0]
    return SchoolView(
        stamp=stamp_of(setting, indicators, models[setting.subject]),
        path=path_of(setting.units, school),
        school=school,
        name=str(unit["name"]),
        township=None if pd.isna(township) else str(names[township]),
        school_type=school_parts.text_or_none(unit["school_type"]),
        locale=school_parts.text_or_none(unit["locale"]),
        hidden=bool((own.loc[own["indicator"] == "n_sat", "status"] == "suppressed").all()),
        figures=school_parts.figures(own, setting),
        value_added=value_added,
        starts=by_start,
        starts_why=starts_why,
        frames=school_frames.frames(scope, store, setting, indicators, chosen, school=school),
        profile=profile,
        profile_why=profile_why,
        target=target,
        peers=peers,
        peers_why=peers_why,
        bands=bands,
        signals=signals,
        rules=rule_set_of(DEFAULT_RULES),
        common_sample=school_parts.common_sample(scope, chosen, school),
        remarks=tuple(rounded_remark(remark) for remark in remarks),
    )


def load_school_peers(scope: Scope, store: Store, school: str, query: Query) -> SchoolPeersView:
    """Return the subjects of one school beside those of its peers.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    setting = setting_of(scope, store, query)
    school_parts.find_school(scope, setting, school)
    indicators = _indicators(scope, store, setting)
    return SchoolPeersView(
        stamp=_stamp(scope, store, setting),
        figures=school_frames.against_peers(scope, store, setting, indicators, school=school),
    )


def load_school_past(scope: Scope, store: Store, school: str, query: Query) -> SchoolPastView:
    """Return how one school has gone over the exams of its cohort, and over school years.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    setting = setting_of(scope, store, query)
    school_parts.find_school(scope, setting, school)
    request = request_of(setting, subject=setting.subject)
    return SchoolPastView(
        stamp=_stamp(scope, store, setting),
        trend=school_parts.trend(scope, store, setting, school),
        years=school_judgements.years(scope, store, request, school),
    )


def load_school_grades(
    scope: Scope, store: Store, school: str, query: Query
) -> SchoolGradesView:
    """Return what one school adds in all grades of the same period, subject by subject.

    Each exam is held against the first exam of its cohort in this stage.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    setting = setting_of(scope, store, query)
    school_parts.find_school(scope, setting, school)
    exams = list_exams(scope, store)
    near = [
        e
        for e in exams
        if (e.county, e.stage) == (setting.exam.county, setting.exam.stage)
        and abs(e.held_on - setting.exam.held_on) <= _PERIOD
    ]
    rows = [
        _of_grade(scope, store, setting, exam, linked_baselines(store, exam, exams), school)
        for exam in sorted(near, key=lambda e: (e.grade, e.held_on))
    ]
    return SchoolGradesView(
        stamp=_stamp(scope, store, setting),
        figures=pd.concat(rows, ignore_index=True),
    )


def _of_grade(
    scope: Scope,
    store: Store,
    setting: Setting,
    exam: ExamRelease,
    baselines: tuple[ExamRelease, ...],
    school: str,
) -> pd.DataFrame:
    papers = subjects_of(store, exam.release_id)
    names = dict(zip(papers["subject"], papers["name"], strict=True))
    spec = ValueAddedSpec(method=setting.query.method, scale="z")
    models = {
        subject: shown_value_added(
            scope, store, ValueAddedRequest(exam, baselines[0], subject, (), spec)
        )
        if baselines
        else Model(None, None)
        for subject in names
    }
    effects = school_parts.effects_by_subject(models, names, school)
    rows = effects.assign(
        exam=exam.name, grade=exam.grade, baseline=baselines[0].name if baselines else ""
    )
    return rounded(rows)


def _indicators(scope: Scope, store: Store, setting: Setting) -> pd.DataFrame:
    return pd.concat(
        [shown_indicators(scope, store, setting.exam, subject=s) for s in setting.names]
    )


def _stamp(scope: Scope, store: Store, setting: Setting) -> Stamp:
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    return stamp_of(
        setting, indicators, model_of(scope, store, setting, subject=setting.subject)
    )
