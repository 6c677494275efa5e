"""Growth percentiles of a linked pair of exams, from the stored joint histogram."""

import pandas as pd

from core.errors import NotEstimableError
from core.growth import Growth, compute_growth
from data.catalogue import ExamRelease, find_subject, subjects_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_value_added import require_order
from pipeline.link_exams import link_exams, linked_joint
from pipeline.remember import remember


@remember(most=64)
def exam_growth(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease, *, subject: str
) -> Growth:
    """Return the growth percentiles of one subject, against its own prior or the total.

    Raises
    ------
    SettingsError
        When the subject is unknown or the baseline is not earlier.
    NotEstimableError
        When no pupil has both scores, or a score does not vary.
    """
    require_order(exam, baseline)
    code = find_subject(subjects_of(store, exam.release_id), subject, exam=exam.name)
    joint = linked_joint(scope, store, exam, baseline)
    rows = None if joint is None else joint[joint["subject"] == code]
    if rows is None or rows.empty:
        raise NotEstimableError(
            f"No pupil of {exam.name!r} has a score in {code} and a prior in {baseline.name!r} "
            "(matched: 0). Growth needs the same pupil numbers in both files; compare them.",
            f"“{exam.name}”没有学生在“{baseline.name}”中也有该科的起点成绩（匹配 0 人）。"
            "成长百分等级要求两份文件使用相同的学籍号，请核对。",
        )
    moments = link_exams(scope, store, exam, baseline)
    n_sat = moments[moments["subject"] == code].set_index("school")["n_sat"]
    return compute_growth(rows, n_sat=pd.Series(n_sat[n_sat > 0]))
