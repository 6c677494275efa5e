"""Theil's index of the pupils in three parts: between groups, between and within schools."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.equity.schools import SchoolScores, scores_by_subject, theil_within
from core.errors import NotEstimableError
from core.numerics.theil import split_theil
from core.table import Table, integer, number, text
from core.tables import SUBJECTS

THEIL = Table(
    "THEIL",
    "Theil's index of the pupils of one exam, split by a grouping of their schools",
    ("subject",),
    (
        text("subject", "subject code"),
        integer("n_pupils", "pupils of the grouped schools"),
        integer("n_schools", "grouped schools"),
        integer("n_groups", "groups with pupils"),
        integer("n_schools_left_out", "schools without a group"),
        number("theil_pupils", "the index over pupils; sum of the three parts"),
        number("between_groups", "part between the groups' means"),
        number("between_schools", "part between the schools of one group"),
        number("within_schools", "part between the pupils of one school"),
        number("theil_schools", "index over schools: between_groups + between_schools"),
        number("group_share", "between_groups / theil_schools, 0 to 1"),
        text("status", "ok not_estimable"),
    ),
)

THEIL_GROUPS = Table(
    "THEIL_GROUPS",
    "the groups of a split of Theil's index",
    ("subject", "group"),
    (
        text("subject", "subject code"),
        text("group", "group of schools, such as town or country"),
        integer("n_pupils", "pupils with a score"),
        integer("n_schools", "schools"),
        number("mean", "mean score of its pupils, points"),
        number("amount_share", "its share of all points, 0 to 1"),
        number("theil_schools", "index over its own schools"),
        number("contribution", "amount_share x theil_schools: its part of between_schools"),
    ),
)


@dataclass(frozen=True, slots=True)
class Theil:
    """A split of Theil's index.

    Attributes
    ----------
    subjects : DataFrame
        THEIL rows, in the order of the subjects.
    groups : DataFrame
        THEIL_GROUPS rows of the subjects that could be estimated.
    """

    subjects: pd.DataFrame
    groups: pd.DataFrame


def compute_theil(
    histogram: pd.DataFrame, *, subjects: pd.DataFrame, grouping: pd.Series
) -> Theil:
    """Compute Theil's index in each subject and split it by a grouping of the schools.

    Parameters
    ----------
    histogram : DataFrame
        SCORE_HISTOGRAM rows of the exam.
    subjects : DataFrame
        SUBJECTS rows.
    grouping : Series
        Group by school: town or country, township, school type. Schools that are missing or
        null here are left out and counted.

    Examples
    --------
    >>> paper = {"subject": ["math"], "name": ["数学"], "position": [1], "full_mark": [10000]}
    >>> lines = {"excellent_line": [8500], "good_line": [7500], "pass_line": [6000]}
    >>> papers = pd.DataFrame({**paper, **lines, "low_line": [4000]})
    >>> rows = {"school": ["A", "B", "C"], "score": [4000, 8000, 8000], "n": [10, 10, 10]}
    >>> found = compute_theil(
    ...     pd.DataFrame({"subject": "math", **rows}),
    ...     subjects=papers,
    ...     grouping=pd.Series({"A": "country", "B": "town", "C": "town"}),
    ... ).subjects.iloc[0]
    >>> found[["theil_pupils", "group_share"]].astype(float).round(4).tolist()
    [0.0437, 1.0]
    """
    SUBJECTS.require(subjects)
    found = [
        _split(scores, subject=subject, grouping=grouping.dropna())
        for subject, scores in scores_by_subject(histogram, subjects=subjects)
    ]
    rows = pd.DataFrame([row for row, _ in found], columns=THEIL.names)
    groups = [part for _, part in found if not part.empty]
    texts = {"subject": "str", "status": "str"}
    return Theil(
        subjects=rows.astype(texts) if found else THEIL.empty(),
        groups=pd.concat(groups, ignore_index=True) if groups else THEIL_GROUPS.empty(),
    )


def _split(
    scores: SchoolScores, *, subject: str, grouping: pd.Series
) -> tuple[dict[str, object], pd.DataFrame]:
    """Return the THEIL row of a subject and its THEIL_GROUPS rows."""
    code, names = pd.factorize(grouping.reindex(scores.school), sort=True)
    kept = code >= 0
    n, mean, group = scores.n[kept], scores.mean[kept], code[kept].astype(np.int64)
    row: dict[str, object] = {
        "subject": subject,
        "n_pupils": int(n.sum()),
        "n_schools": n.size,
        "n_groups": len(names),
        "n_schools_left_out": int((~kept).sum()),
        "status": "not_estimable",
    }
    if n.size < 2:
        return row, THEIL_GROUPS.empty()
    try:
        split = split_theil(mean, n=n, group=group)
    except NotEstimableError:
        return row, THEIL_GROUPS.empty()
    amount = n * mean
    within = float(amount @ theil_within(scores)[kept] / amount.sum())
    row |= {
        "theil_pupils": split.total + within,
        "between_groups": split.between,
        "between_schools": split.within,
        "within_schools": within,
        "theil_schools": split.total,
        "group_share": split.between_share,
        "status": "ok",
    }
    groups = pd.DataFrame(
        {
            "subject": pd.Series([subject] * len(names), dtype="str"),
            "group": pd.Series(list(names), dtype="str"),
            "n_pupils": np.bincount(group, weights=n).astype(np.int64),
            "n_schools": np.bincount(group),
            "mean": split.group_mean,
            "amount_share": split.group_share,
            "theil_schools": split.group_theil,
            "contribution": split.group_share * split.group_theil,
        }
    )
    return row, groups
