"""Which units are hidden: one pattern for all of an exam, one for all of a linked pair."""

import pandas as pd

from core.suppression import suppressed_together
from data.catalogue import ExamRelease, read_statistic, units_of
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import membership
from pipeline.link_exams import link_exams
from pipeline.remember import remember


@remember(most=512)
def hidden_in_exam(scope: Scope, store: Store, exam: ExamRelease) -> frozenset[str]:
    """Return the units whose figures of an exam are hidden, in every subject alike.

    Counted are the roll and the pupils with a score of all subjects: hidden in one and shown in
    the next, a group would come back from the roll or the total.
    """
    if scope.sees_small_groups:
        return frozenset()
    tree = units_of(store, exam.county)
    states = read_statistic(scope, store, exam.release_id, "state_count")
    if states is None:
        return frozenset()
    present = states[states["state"] == "present"]
    counts = [*_by_subject(states, tree=tree), *_by_subject(present, tree=tree)]
    return suppressed_together(counts, parent=_parents(tree))


@remember(most=512)
def hidden_in_pair(
    scope: Scope, store: Store, current: ExamRelease, baseline: ExamRelease
) -> frozenset[str]:
    """Return the units whose linked figures are hidden, in every subject alike.

    Those hidden in either exam, since matched and left add up to the pupils of the baseline,
    and those with few matched pupils in a subject.
    """
    if scope.sees_small_groups:
        return frozenset()
    tree = units_of(store, current.county)
    return suppressed_together(
        _by_subject(link_exams(scope, store, current, baseline), tree=tree),
        parent=_parents(tree),
        also=hidden_in_exam(scope, store, current) | hidden_in_exam(scope, store, baseline),
    )


@remember(most=512)
def hidden_by_priors(
    scope: Scope,
    store: Store,
    current: ExamRelease,
    baseline: ExamRelease,
    priors: tuple[str, ...],
) -> frozenset[str]:
    """Return the units that are hidden where pupils need these priors, given by their codes.

    Those who have all of them may be fewer than those who have the subject's own; what is
    hidden without them is hidden with them too.
    """
    if scope.sees_small_groups:
        return frozenset()
    tree = units_of(store, current.county)
    return suppressed_together(
        _by_subject(link_exams(scope, store, current, baseline, priors=priors), tree=tree),
        parent=_parents(tree),
        also=hidden_in_pair(scope, store, current, baseline),
    )


def matched_pupils(
    scope: Scope, store: Store, current: ExamRelease, baseline: ExamRelease, *, subject: str
) -> int:
    """Return how many pupils of a linked pair have both scores, in the whole county."""
    moments = link_exams(scope, store, current, baseline)
    return int(moments.loc[moments["subject"] == subject, "n"].sum()) if len(moments) else 0


def _parents(tree: pd.DataFrame) -> pd.Series:
    return tree.set_index("code")["parent"]


def _by_subject(statistic: pd.DataFrame | None, *, tree: pd.DataFrame) -> list[pd.Series]:
    """Return the pupils of every unit, one Series for each subject of a statistic."""
    if statistic is None or statistic.empty:
        return []
    by_school = statistic.pivot_table(
        index="school", columns="subject", values="n", aggfunc="sum", fill_value=0
    )
    subjects = list(by_school.columns)
    pairs = membership(tree, set(statistic["school"].unique()))
    by_unit = pairs.join(by_school, on="school").groupby("unit")[subjects].sum()
    return [by_unit[subject].astype("int64") for subject in subjects]
