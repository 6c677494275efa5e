"""Parts that several Views share: the exam asked for, its cohort, the model, the stamp."""

import math
from dataclasses import dataclass, replace

import pandas as pd

from core.errors import NotEstimableError, SettingsError
from core.suppression import (
    MIN_PUPILS_SHOWN,
    code_extreme_rates,
    is_small,
    suppress,
    suppress_effects,
    suppress_thin_quantiles,
)
from core.value_added import ValueAdded, ValueAddedSpec
from core.value_added.spec import UNIT_OF
from core.verdict import NO_DIFFERENCE
from data.catalogue import (
    ExamRelease,
    find_exam,
    find_subject,
    list_exams,
    subjects_of,
    units_of,
)
from data.scope import Scope
from data.store import Store
from pipeline.compute_indicators import exam_indicators
from pipeline.compute_value_added import ValueAddedRequest, exam_value_added
from pipeline.exam_statistics import linked_baselines
from pipeline.hidden_units import (
    hidden_by_priors,
    hidden_in_exam,
    hidden_in_pair,
    matched_pupils,
)
from pipeline.remember import remember
from pipeline.rounded import SHARE, rounded_number, rounded_sample
from pipeline.screening import Screening, screening_for
from pipeline.views import ModelSummary, Place, Query, Stamp

TOO_FEW_MATCHED = (
    f"Fewer than {MIN_PUPILS_SHOWN} pupils are linked with this baseline. Value-added is shown "
    f"for {MIN_PUPILS_SHOWN} or more. Choose another baseline or subject.",
    f"与该基线匹配的学生不足 {MIN_PUPILS_SHOWN} 人。达到 {MIN_PUPILS_SHOWN} 人才显示增值。"
    "请换一个基线或学科。",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """An answered query: the records behind its names.

    Attributes
    ----------
    cohort : tuple of ExamRelease
        The exams of the cohort in this stage that set the subject, oldest first.
    """

    exam: ExamRelease
    subjects: pd.DataFrame
    subject: str
    baseline: ExamRelease | None
    query: Query
    cohort: tuple[ExamRelease, ...]
    units: pd.DataFrame
    screening: Screening

    @property
    def county(self) -> pd.Series:
        """The UNITS row of the county, root of the schools' tree."""
        return _county_of(self.units)

    @property
    def names(self) -> dict[str, str]:
        """The names of the exam's subjects by code."""
        pairs = zip(self.subjects["subject"], self.subjects["name"], strict=True)
        return {str(code): str(name) for code, name in pairs}


@dataclass(frozen=True, slots=True)
class Model:
    """The value-added of one subject, small schools taken out; None with the reason why."""

    value_added: ValueAdded | None
    why: tuple[str, str] | None


def setting_of(scope: Scope, store: Store, query: Query) -> Setting:
    """Find what a query names.

    Raises
    ------
    SettingsError
        When the exam, the subject or the baseline does not exist.
    """
    exam = find_exam(scope, store, query.exam)
    subjects = subjects_of(store, exam.release_id)
    subject = find_subject(subjects, query.subject, exam=exam.name)
    return Setting(
        exam=exam,
        subjects=subjects,
        subject=subject,
        baseline=_baseline(scope, store, exam, query.baseline),
        query=query,
        cohort=_cohort(scope, store, exam, subject),
        units=units_of(store, exam.county),
        screening=screening_for(scope, store, exam, asked=query.scheme),
    )


@remember(most=512)
def shown_indicators(
    scope: Scope, store: Store, exam: ExamRelease, *, subject: str
) -> pd.DataFrame:
    """Return an exam's INDICATORS in a subject as they may be shown, exact to the last digit.

    Small groups are taken out with partners, quantiles with few pupils on a side are too, and
    shares of nobody or everybody are ranges.
    """
    indicators = exam_indicators(scope, store, exam, subject=subject)
    if scope.sees_small_groups:
        return indicators
    hidden = hidden_in_exam(scope, store, exam)
    if _is_small_as_a_whole(
        indicators, county=str(_county_of(units_of(store, exam.county))["code"])
    ):
        hidden = frozenset(indicators["unit"].unique())
    shown = suppress_thin_quantiles(suppress(indicators, hidden=hidden))
    return code_extreme_rates(shown)


@remember(most=512)
def shown_value_added(scope: Scope, store: Store, request: ValueAddedRequest) -> Model:
    """Return the value-added of a subject without the schools that are hidden in the pair.

    Of fewer than ten matched pupils there is no model, and no number either.
    """
    current, baseline = request.current, request.baseline
    matched = matched_pupils(scope, store, current, baseline, subject=request.subject)
    if is_small(matched) and not scope.sees_small_groups:
        return Model(None, TOO_FEW_MATCHED)
    try:
        result = exam_value_added(scope, store, request)
    except (NotEstimableError, SettingsError) as error:
        return Model(None, (error.message, error.message_zh))
    if is_small(result.n_pupils) and not scope.sees_small_groups:
        # Fewer have all the priors that were named than have the subject's own.
        return Model(None, TOO_FEW_MATCHED)
    # Schools that only lost pupils since the baseline have no figure here.
    schools = result.schools[result.schools["n_sat"] > 0].reset_index(drop=True)
    if result.status == NO_DIFFERENCE:
        # Nothing was found to differ: a column of zeros would read as a finding.
        schools = schools.assign(estimate=math.nan)
    if not scope.sees_small_groups:
        hidden = (
            hidden_by_priors(scope, store, current, baseline, request.priors)
            if request.priors
            else hidden_in_pair(scope, store, current, baseline)
        )
        schools = suppress_effects(schools, hidden=hidden)
    return Model(replace(result, schools=schools), None)


def request_of(
    setting: Setting, *, subject: str, exam: ExamRelease | None = None
) -> ValueAddedRequest | None:
    """Return what to ask for value-added from the query's baseline; None without one."""
    if setting.baseline is None:
        return None
    method = setting.query.method
    return ValueAddedRequest(
        current=exam or setting.exam,
        baseline=setting.baseline,
        subject=subject,
        priors=(),
        spec=ValueAddedSpec(method=method, scale=UNIT_OF[method][0]),
    )


def model_of(
    scope: Scope,
    store: Store,
    setting: Setting,
    *,
    subject: str,
    exam: ExamRelease | None = None,
) -> Model:
    """Return the model of a subject in the query's exam, or in another of its cohort."""
    request = request_of(setting, subject=subject, exam=exam)
    return Model(None, None) if request is None else shown_value_added(scope, store, request)


def summary_of(model: Model, *, scope: Scope) -> ModelSummary:
    """Return what a page says of the model, rounded."""
    found = model.value_added
    if found is None:
        return ModelSummary("not_estimable", model.why, None, None, None, None)
    return ModelSummary(
        status=found.status,
        why=None,
        icc=rounded_number(found.icc, digits=SHARE),
        sigma_u2=rounded_number(found.sigma_u2, digits=SHARE),
        # One digit more than is shown, because pages hold it against a limit of two.
        fairness_r=rounded_number(found.fairness_r, digits=SHARE),
        common_sample=rounded_sample(
            found.common_sample, sees_small_groups=scope.sees_small_groups
        ),
    )


def path_of(units: pd.DataFrame, unit: str) -> tuple[Place, ...]:
    """Return the units from the county down to ``unit``, itself last.

    Raises
    ------
    KeyError
        When the tree has no such unit.
    """
    tree = units.set_index("code")
    path = [unit]
    while tree.loc[path[-1], "level"] != "county":
        path.append(str(tree.loc[path[-1], "parent"]))
    return tuple(
        Place(str(tree.loc[code, "level"]), code, str(tree.loc[code, "name"]))
        for code in reversed(path)
    )


def stamp_of(setting: Setting, indicators: pd.DataFrame, model: Model) -> Stamp:
    """Return what stands under every figure of the page."""
    exam = setting.exam
    sat = indicators[
        (indicators["unit"] == setting.county["code"])
        & (indicators["indicator"] == "n_sat")
        & (indicators["subject"] == setting.subject)
    ]["n_pupils"].iloc[0]
    return Stamp(
        county_name=str(setting.county["name"]),
        exam=exam.name,
        exam_date=exam.held_on,
        subject=setting.subject,
        subject_name=setting.names[setting.subject],
        baseline=setting.baseline.name if setting.baseline else None,
        method=setting.query.method,
        release=exam.number,
        published_at=exam.published_at,
        n_pupils=None if pd.isna(sat) else int(sat),
        n_schools=exam.n_schools,
        n_linked=model.value_added.n_pupils if model.value_added else None,
        rule_version=exam.rule_version,
        is_demonstration=exam.is_demonstration,
        source=exam.source,
        licence=exam.licence,
        scheme=setting.screening.label,
    )


def _county_of(units: pd.DataFrame) -> pd.Series:
    return units[units["level"] == "county"].iloc[0]


def _is_small_as_a_whole(indicators: pd.DataFrame, *, county: str) -> bool:
    """Whether the whole county has few pupils on the roll, or few with a score."""
    counts = indicators[
        (indicators["unit"] == county) & indicators["indicator"].isin(["n_enrolled", "n_sat"])
    ]
    return any(is_small(float(n)) for n in counts["n_pupils"])


def _baseline(
    scope: Scope, store: Store, exam: ExamRelease, name: str | None
) -> ExamRelease | None:
    if name is None:
        return None
    linked = linked_baselines(store, exam, list_exams(scope, store))
    for baseline in linked:
        if baseline.name == name:
            return baseline
    known = ", ".join(b.name for b in linked) or "-"
    raise SettingsError(
        f"Exam {exam.name!r} is not linked with {name!r} (linked exams: {len(linked)}). "
        f"Choose one of: {known}.",
        f"考试“{exam.name}”没有与“{name}”建立关联（已关联 {len(linked)} 场）。可选：{known}。",
    )


def _cohort(
    scope: Scope, store: Store, exam: ExamRelease, subject: str
) -> tuple[ExamRelease, ...]:
    exams = [
        e
        for e in list_exams(scope, store)
        if (e.county, e.cohort, e.stage) == (exam.county, exam.cohort, exam.stage)
        and subject in set(subjects_of(store, e.release_id)["subject"])
    ]
    return tuple(sorted(exams, key=lambda e: e.held_on))
