"""Frames of what can be asked for: the exams of the store, the units of an exam's county."""

import pandas as pd

from data.catalogue import ExamRelease, find_exam, list_exams, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import comparison_groups, membership, statistic_of
from pipeline.frames.origin import as_called, with_names, with_origin
from pipeline.load_views import load_exams


def exams(scope: Scope, store: Store) -> pd.DataFrame:
    """Return every exam in its current release, newest first.

    Returns
    -------
    DataFrame
        exam, held_on, grade, stage, cohort, county, subjects (codes) and baselines (exams that
        it is linked with, oldest first), both tuples; n_pupils (null under ten), n_schools,
        release, rule_version, published_at, is_demonstration.
    """
    rows = [
        {
            "exam": release.name,
            "held_on": release.held_on,
            "grade": release.grade,
            "stage": release.stage,
            "cohort": release.cohort,
            "county": release.county,
            "subjects": tuple(subject.code for subject in choice.subjects),
            "baselines": choice.baselines,
            "n_pupils": choice.n_pupils,
            "n_schools": release.n_schools,
            "release": release.number,
            "rule_version": release.rule_version,
            "published_at": release.published_at,
            "is_demonstration": release.is_demonstration,
        }
        for choice, release in zip(
            load_exams(scope, store), list_exams(scope, store), strict=True
        )
    ]
    frame = pd.DataFrame(rows, columns=_EXAM_COLUMNS)
    return frame.astype({"held_on": "datetime64[s]", "n_pupils": "Int64"})


def units(scope: Scope, store: Store, *, exam: str) -> pd.DataFrame:
    """Return the UNITS with pupils in an exam that the scope may see.

    Schools have ``group``, the comparison group inside which they are ranked and judged.

    Raises
    ------
    SettingsError
        When there is no such exam.
    """
    release = find_exam(scope, store, exam)
    tree = visible_units(scope, store, release)
    grouped = tree.assign(group=tree["code"].map(comparison_groups(tree)))
    return with_origin(scope, as_called(scope, store, grouped), release)


def visible_units(scope: Scope, store: Store, exam: ExamRelease) -> pd.DataFrame:
    """Return the county, the schools of the scope that sat, and units that lie in it whole.

    A township of which only a part may be seen would tell of the other part.
    """
    tree = units_of(store, exam.county)
    subjects = list(subjects_of(store, exam.release_id)["subject"])
    states = statistic_of(with_names(scope), store, exam, "state_count", subjects)
    below = membership(tree, set(states["school"].unique()))
    is_seen = below["school"].map(scope.may_see).astype(bool).groupby(below["unit"]).all()
    sat = tree[tree["code"].isin(is_seen.index)]
    shown = sat["code"].isin(is_seen.index[is_seen]) | (sat["level"] == "county")
    return sat[shown].reset_index(drop=True)


_EXAM_COLUMNS = [
    "exam", "held_on", "grade", "stage", "cohort", "county", "subjects", "baselines",
    "n_pupils", "n_schools", "release", "rule_version", "published_at", "is_demonstration",
]  # fmt: skip
