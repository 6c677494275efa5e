"""Figures of the classes of an exam: level, profile, progress, balance and counts.

All classes of the county are computed together, as schools are; what may be shown of one
school's classes is decided where its View is made.
"""

from collections.abc import Sequence

import pandas as pd

from core.class_balance import compute_class_balance
from core.class_counts import count_below_line, count_levels, level_bounds
from core.class_figures import class_codes, compute_class_figures
from core.class_gaps import compute_class_gaps, compute_class_subject_gaps
from core.class_progress import compute_class_progress
from core.errors import NotEstimableError
from core.scores import own_prior
from core.subject_correlation import compute_subject_correlation
from core.suppression import suppressed_together
from data.catalogue import ExamRelease, find_subject, subjects_of
from data.scope import Scope
from data.store import Store
from pipeline.class_moments import linked_class_moments
from pipeline.exam_statistics import papers_of, populations_of, statistic_of
from pipeline.make_statistics import class_histogram
from pipeline.release_statistics import release_file
from pipeline.remember import remember
from pipeline.shown_judgements import Why
from pipeline.subject_moments import subject_moments

DISTANCES = (0.025, 0.05, 0.075, 0.1)
"""How far under a line pupils are counted, as shares of the full mark."""


@remember(most=32)
def exam_class_figures(scope: Scope, store: Store, exam: ExamRelease) -> pd.DataFrame:
    """Return the INDICATORS of every class of an exam."""
    moments = class_sums(scope, store, exam)
    subjects = list(papers_of(store, exam)["subject"])
    populations = populations_of(scope, store, exam, subjects)
    return compute_class_figures(moments, populations=populations, exam=exam.name)


def class_sums(scope: Scope, store: Store, exam: ExamRelease) -> pd.DataFrame:
    """Return the CLASS_MOMENTS of an exam."""
    return statistic_of(
        scope, store, exam, "class_moments", list(papers_of(store, exam)["subject"])
    ).reset_index(drop=True)


@remember(most=32)
def exam_class_gaps(scope: Scope, store: Store, exam: ExamRelease) -> pd.DataFrame | Why:
    """Return how far each class stands from its school by subject, or why that is not known."""
    try:
        return compute_class_gaps(
            exam_class_figures(scope, store, exam), schools=_schools(scope, store, exam)
        )
    except NotEstimableError as error:
        return error.message, error.message_zh


@remember(most=32)
def exam_class_profiles(scope: Scope, store: Store, exam: ExamRelease) -> pd.DataFrame | Why:
    """Return the strong and weak subjects of each class, or why they are not known."""
    moments = subject_moments(scope, store, exam)
    if moments.empty:
        return (
            f"{exam.name!r} has one subject. Strong and weak subjects need two or more.",
            f"“{exam.name}”只有一个学科，优势与薄弱学科的比较至少需要两个学科。",
        )
    correlation = compute_subject_correlation(moments)
    try:
        return compute_class_subject_gaps(
            exam_class_figures(scope, store, exam),
            schools=_schools(scope, store, exam),
            correlation=correlation,
        )
    except NotEstimableError as error:
        return error.message, error.message_zh


@remember(most=64)
def pair_class_progress(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease, subject: str
) -> pd.DataFrame | Why:
    """Return the classes against their own past in one subject, or why that is not known."""
    moments = linked_class_moments(scope, store, exam, baseline)
    earlier = list(subjects_of(store, baseline.release_id)["subject"])
    prior = own_prior(subject, earlier)
    if prior is None:
        return (
            f"{baseline.name!r} has neither this subject nor a total. Choose another baseline.",
            f"“{baseline.name}”没有该学科成绩，也没有总分。请换一个基线。",
        )
    try:
        return compute_class_progress(
            moments[moments["subject"] == subject].reset_index(drop=True),
            current=populations_of(scope, store, exam, [subject])[subject],
            prior=populations_of(scope, store, baseline, [prior])[prior],
        )
    except NotEstimableError as error:
        return error.message, error.message_zh


def grade_balance(
    scope: Scope, store: Store, exam: ExamRelease, school: str, classes: Sequence[str]
) -> pd.DataFrame:
    """Return the balance of some classes of a school in this exam, subject by subject."""
    sums = class_sums(scope, store, exam)
    own = sums[(sums["school"] == school) & sums["class_name"].isin(list(classes))]
    subjects = list(papers_of(store, exam)["subject"])
    populations = populations_of(scope, store, exam, subjects)
    return compute_class_balance(own, populations=populations)


def start_balance(
    scope: Scope,
    store: Store,
    exam: ExamRelease,
    baseline: ExamRelease,
    school: str,
    classes: Sequence[str],
) -> pd.DataFrame:
    """Return the balance of today's classes by what the same pupils scored before."""
    moments = linked_class_moments(scope, store, exam, baseline)
    own = moments[(moments["school"] == school) & moments["class_name"].isin(list(classes))]
    earlier = list(subjects_of(store, baseline.release_id)["subject"])
    # A subject that the baseline did not set is measured by its total there.
    priors = {str(s): str(own_prior(str(s), earlier)) for s in own["subject"].unique()}
    past = populations_of(scope, store, baseline, list(dict.fromkeys(priors.values())))
    return compute_class_balance(
        own[["subject", "n"]].assign(y=own["x1"], y_y=own["x1_x1"]),
        populations={subject: past[prior] for subject, prior in priors.items()},
    )


@remember(most=128)
def hidden_classes(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease | None
) -> frozenset[str]:
    """Return the classes whose figures are hidden, in every subject and part alike.

    Pupils without a class count as one class of their school, since the others and the
    school's total give them back. What is hidden in the exam is hidden in each of its pairs:
    else a class that is small there could stand in as partner for one that is shown here.
    """
    if scope.sees_small_groups:
        return frozenset()
    sums, also = [class_sums(scope, store, exam)], frozenset[str]()
    if baseline is not None:
        sums.append(linked_class_moments(scope, store, exam, baseline))
        also = hidden_classes(scope, store, exam, None)
    coded = [s.assign(unit=class_codes(s["school"], s["class_name"])) for s in sums]
    counts = [
        rows.set_index("unit")["n"].astype("int64")
        for frame in coded
        for _, rows in frame.groupby("subject", sort=False)
    ]
    everybody = pd.concat([frame[["unit", "school"]] for frame in coded]).drop_duplicates()
    parent = everybody.set_index("unit")["school"]
    whole = (_with_schools(n, parent) for n in counts)
    return suppressed_together(whole, parent=parent, also=also)


@remember(most=64)
def level_counts(
    scope: Scope, store: Store, exam: ExamRelease, school: str, subject: str
) -> pd.DataFrame:
    """Return the pupils of a school's classes at each of six levels of the county."""
    county = statistic_of(scope, store, exam, "score_histogram", [subject])
    own = _histogram(scope, store, exam, school, subject)
    return count_levels(own, bounds=level_bounds(county))


@remember(most=64)
def counts_below(
    scope: Scope, store: Store, exam: ExamRelease, school: str, subject: str, *, line: str
) -> pd.DataFrame:
    """Return the pupils of a school's classes just under a line, at several distances.

    Parameters
    ----------
    line : str
        A line of SUBJECTS.
    """
    papers = subjects_of(store, exam.release_id)
    code = find_subject(papers, subject, exam=exam.name)
    paper = papers[papers["subject"] == code].iloc[0]
    return count_below_line(
        _histogram(scope, store, exam, school, subject),
        line=int(paper[line]),
        distances=[round(share * int(paper["full_mark"])) for share in DISTANCES],
    )


def _histogram(
    scope: Scope, store: Store, exam: ExamRelease, school: str, subject: str
) -> pd.DataFrame:
    table = class_histogram(scope, release_file(store, exam), school=school).to_pandas()
    own = table[table["subject"].astype("str") == subject]
    names = own["class_name"].astype("str").where(own["class_name"].notna())
    school_of_row = pd.Series([school] * len(own), index=own.index, dtype="str")
    coded: pd.DataFrame = own.assign(class_=class_codes(school_of_row, names))
    return coded[["class_", "score", "n"]]


def _schools(scope: Scope, store: Store, exam: ExamRelease) -> pd.Series:
    """Return the school of each class; pupils without a class have none to be compared in."""
    sums = class_sums(scope, store, exam)
    named = sums[sums["class_name"].notna()]
    codes = class_codes(named["school"], named["class_name"])
    places = zip(codes, named["school"].astype("str"), strict=True)
    return pd.Series(dict(places), dtype="str")


def _with_schools(n_pupils: pd.Series, parent: pd.Series) -> pd.Series:
    """Return the pupils of the classes and of the schools above them."""
    of_school = n_pupils.groupby(parent.reindex(n_pupils.index).to_numpy()).sum()
    whole: pd.Series = pd.concat([n_pupils, of_school])
    return whole
