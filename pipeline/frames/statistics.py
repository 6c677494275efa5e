"""Frames of STATISTICS: of schools for who may see small groups, of the county for everybody.

A school's histogram in hundredths of a point is as good as its pupils' marks, and exact sums of
nearly the same pupils tell of those who differ. So only a scope that sees small groups gets
STATISTICS by school. For the others they are pooled over the county, in bands of at least ten
pupils, or as means, SDs and correlations in the digits of the pages.
"""

from collections.abc import Callable
from typing import Literal, get_args

import pandas as pd

from core.errors import SettingsError
from core.pooled_moments import pool_moments
from core.standardise import HUNDREDTHS
from core.suppression import MIN_PUPILS_SHOWN, band_scores
from core.tables import JOINT_HISTOGRAM
from core.value_added import JUDGED_BY
from data.catalogue import ExamRelease, find_exam, subjects_of
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import papers_of, statistic_of
from pipeline.frames.origin import as_called, with_names, with_origin
from pipeline.link_exams import link_exams, linked_joint
from pipeline.make_statistics import LINES
from pipeline.rounded import POINTS, SD, rounded_columns
from pipeline.subject_moments import linked_subject_moments, subject_moments
from pipeline.view_parts import setting_of
from pipeline.views import Query

OwnKind = Literal["score_histogram", "state_count", "subject_moments"]
PairKind = Literal["moments", "joint_histogram", "linked_subject_moments"]

_MOMENT_DIGITS = {
    **dict.fromkeys(("prior_mean", "prior_sd", "current_mean", "current_sd"), POINTS),
    **dict.fromkeys(("r", "r_within"), SD),
}


def county_scores(scope: Scope, store: Store, *, exam: str, subject: str) -> pd.DataFrame:
    """Return how many pupils of the county have a score in each band of points.

    Returns
    -------
    DataFrame
        subject, low, high (points; a score of exactly ``high`` is in the next band) and
        n_pupils, at least ten in each.

    Raises
    ------
    SettingsError
        When the exam or the subject does not exist.
    NotEstimableError
        When fewer than ten pupils have a score.
    """
    release = find_exam(scope, store, exam)
    paper = papers_of(store, release, subject=subject).iloc[0]
    rows = statistic_of(
        with_names(scope), store, release, "score_histogram", [paper["subject"]]
    )
    bands = band_scores(
        rows.groupby("score")["n"].sum(),
        full_mark=int(paper["full_mark"]),
        lines=[int(paper[line]) for line in LINES.values()],
    )
    points = bands.assign(low=bands["low"] / HUNDREDTHS, high=bands["high"] / HUNDREDTHS)
    points.insert(0, "subject", str(paper["subject"]))
    return with_origin(scope, points, release)


def county_moments(scope: Scope, store: Store, *, exam: str, baseline: str) -> pd.DataFrame:
    """Return how prior and current scores of a linked pair go along in the county.

    Returns
    -------
    DataFrame
        POOLED_MOMENTS: one row for each subject with a prior.

    Raises
    ------
    SettingsError
        When the exam does not exist, or the baseline is not linked with it.
    """
    release, earlier = _pair(scope, store, exam, baseline)
    pooled = pool_moments(link_exams(with_names(scope), store, release, earlier))
    return with_origin(scope, rounded_columns(pooled, _MOMENT_DIGITS), release, earlier)


def statistics(
    scope: Scope,
    store: Store,
    kind: OwnKind | PairKind,
    *,
    exam: str,
    baseline: str | None = None,
) -> pd.DataFrame:
    """Return STATISTICS of the schools as they are stored, for who may see small groups.

    Parameters
    ----------
    kind : str
        The table: ``score_histogram``, ``state_count``, ``subject_moments`` of an exam;
        ``moments``, ``joint_histogram``, ``linked_subject_moments`` of a linked pair.
    baseline : str, optional
        The earlier exam of a pair.

    Raises
    ------
    SettingsError
        When the scope does not see small groups, there is no such kind or exam, or a pair is
        asked for without its baseline.
    """
    _require_small_groups(scope, kind)
    named = with_names(scope)
    if kind in _PAIR_READERS:
        release, earlier = _pair(scope, store, exam, _named_baseline(kind, baseline))
        rows = _PAIR_READERS[kind](named, store, release, earlier)
    else:
        release, earlier = find_exam(scope, store, exam), None
        rows = _own(named, store, release, kind)
    seen = rows[rows["school"].map(scope.may_see).astype(bool)].reset_index(drop=True)
    return with_origin(scope, as_called(scope, store, seen), release, earlier)


def _joint(scope: Scope, store: Store, exam: ExamRelease, earlier: ExamRelease) -> pd.DataFrame:
    found = linked_joint(scope, store, exam, earlier)
    return JOINT_HISTOGRAM.empty() if found is None else found


_PAIR_READERS: dict[str, Callable[[Scope, Store, ExamRelease, ExamRelease], pd.DataFrame]] = {
    "moments": link_exams,
    "joint_histogram": _joint,
    "linked_subject_moments": linked_subject_moments,
}


def _own(scope: Scope, store: Store, exam: ExamRelease, kind: str) -> pd.DataFrame:
    if kind == "subject_moments":
        return subject_moments(scope, store, exam)
    if kind in get_args(OwnKind):
        subjects = list(subjects_of(store, exam.release_id)["subject"])
        return statistic_of(scope, store, exam, kind, subjects)
    known = ", ".join((*get_args(OwnKind), *get_args(PairKind)))
    raise SettingsError(
        f"No statistic is called {kind!r}. Choose one of the {known.count(',') + 1}: {known}.",
        f"没有名为“{kind}”的统计量。可选：{known}。",
    )


def _pair(
    scope: Scope, store: Store, exam: str, baseline: str
) -> tuple[ExamRelease, ExamRelease]:
    """Return an exam and one that it is linked with, as the pages find them."""
    release = find_exam(scope, store, exam)
    subject = str(subjects_of(store, release.release_id)["subject"].iloc[0])
    setting = setting_of(with_names(scope), store, Query(exam, subject, baseline, JUDGED_BY))
    if setting.baseline is None:
        raise AssertionError(f"The query names {baseline!r}, the setting has no baseline.")
    return release, setting.baseline


def _named_baseline(kind: str, baseline: str | None) -> str:
    if baseline is not None:
        return baseline
    raise SettingsError(
        f"The statistic {kind!r} is of a pair of exams, 1 is named. Give the earlier one as "
        "baseline=.",
        f"统计量“{kind}”针对两次考试，只给出了 1 次。请用 baseline= 给出更早的一次。",
    )


def _require_small_groups(scope: Scope, kind: str) -> None:
    if scope.sees_small_groups:
        return
    raise SettingsError(
        f"The statistic {kind!r} of schools tells of single pupils; the role {scope.role!r} "
        f"sees groups of {MIN_PUPILS_SHOWN} and more. Required is a scope that sees small "
        "groups, such as OPERATOR, the administrator at the machine of the store. Read "
        "county_scores, county_moments or indicators.",
        f"学校统计量“{kind}”会透露个别学生的情况；角色“{scope.role}”只能查看 "
        f"{MIN_PUPILS_SHOWN} 人及以上的群体。需要可查看小群体的权限，例如库所在机器的管理员 "
        "OPERATOR。请改用 county_scores、county_moments 或 indicators。",
    )
