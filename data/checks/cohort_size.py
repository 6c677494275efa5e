"""How many pupils each school has, now and in an earlier exam of the same pupils."""

import pandas as pd

from data.checks.draft import Draft
from data.checks.known import EarlierExam

MIN_DIFFERENCE = 5  # pupils: smaller changes are the daily coming and going


def earlier_sizes(draft: Draft) -> tuple[pd.DataFrame, str] | None:
    """Return pupils by school before and now, and what they are compared with.

    The release that the file would replace comes first, then the exam before of the same
    grade span; a school's clerk is told of his school only.

    Returns
    -------
    (DataFrame, str) or None
        Index school, columns before and now; None without an exam to compare with.
    """
    known = draft.known
    earlier = known.superseded or _same_stage(draft, known.baseline)
    if earlier is None:
        return None
    before = earlier.scores["school"].value_counts()
    now = pd.Series(draft.school).value_counts()
    sizes = pd.DataFrame({"before": before, "now": now}).fillna(0).astype("int64")
    if known.as_school is not None:
        sizes = sizes[sizes.index == known.as_school]
    return sizes.sort_index(), earlier.name


def _same_stage(draft: Draft, earlier: EarlierExam | None) -> EarlierExam | None:
    """Leave out an exam of another stage: its pupils went to other schools since."""
    if earlier is None:
        return None
    return earlier if (earlier.grade > 6, earlier.grade > 9) == _span(draft.grade) else None


def _span(grade: int) -> tuple[bool, bool]:
    return grade > 6, grade > 9
