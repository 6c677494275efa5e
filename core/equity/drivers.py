"""Which schools carry the coefficient between the schools of a unit."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.equity.schools import Indices, SchoolScores, scores_by_subject
from core.errors import NotEstimableError
from core.numerics.between_cv import estimate_unweighted_cv, estimate_weighted_cv
from core.table import Table, integer, number, text
from core.tables import SUBJECTS

DRIVERS = Table(
    "DRIVERS",
    "what each school does to the coefficients between the schools of a unit",
    ("unit", "subject", "school"),
    (
        text("unit", "code of the unit whose schools are compared"),
        text("subject", "subject code"),
        text("school", "school code"),
        integer("n_pupils", "pupils with a score"),
        number("mean", "the school's mean, points"),
        number("deviation", "its mean less that of all pupils of the unit, points"),
        number("contribution", "share of the weighted variance between schools, 0 to 1"),
        number("contribution_unweighted", "the same with all schools counting alike"),
        number("cv_without", "between_cv_weighted of the other schools"),
        number("cv_change", "cv_without less that of all; below 0: the school widens it"),
        number("cv_change_unweighted", "the same for between_cv_unweighted"),
        text("status", "ok not_estimable"),
    ),
)


def compute_drivers(
    histogram: pd.DataFrame, *, subjects: pd.DataFrame, membership: pd.DataFrame
) -> pd.DataFrame:
    """Compute what each school adds to the coefficients between schools of its units.

    Parameters
    ----------
    histogram : DataFrame
        SCORE_HISTOGRAM rows of the exam.
    subjects : DataFrame
        SUBJECTS rows.
    membership : DataFrame
        Columns ``unit`` and ``school``: the units whose schools are compared.

    Returns
    -------
    DataFrame
        DRIVERS rows of the schools with pupils: by unit and subject, largest ``contribution``
        first. Contributions add up to 1; the changes without a school do not.

    Examples
    --------
    >>> paper = {"subject": ["math"], "name": ["数学"], "position": [1], "full_mark": [10000]}
    >>> lines = {"excellent_line": [8500], "good_line": [7500], "pass_line": [6000]}
    >>> papers = pd.DataFrame({**paper, **lines, "low_line": [4000]})
    >>> rows = {"school": ["A", "B", "C"], "score": [6000, 7000, 8000], "n": [10, 20, 30]}
    >>> drivers = compute_drivers(
    ...     pd.DataFrame({"subject": "math", **rows}),
    ...     subjects=papers,
    ...     membership=pd.DataFrame({"unit": "T", "school": ["A", "B", "C"]}),
    ... )
    >>> drivers[["school", "deviation", "contribution"]].round(2).to_numpy().tolist()
    [['A', -13.33, 0.53], ['C', 6.67, 0.4], ['B', -3.33, 0.07]]
    """
    SUBJECTS.require(subjects)
    by_subject = list(scores_by_subject(histogram, subjects=subjects))
    parts = [
        {"unit": np.full(place.size, unit), "subject": np.full(place.size, subject)}
        | _drivers(scores, place=place)
        for unit, schools in membership.groupby("unit")["school"]
        for subject, scores in by_subject
        for place in [scores.places(schools)]
        if place.size
    ]
    if not parts:
        return DRIVERS.empty()
    columns = {name: np.concatenate([part[name] for part in parts]) for name in DRIVERS.names}
    texts = {c.name: "str" for c in DRIVERS.columns if c.kind == "text"}
    return pd.DataFrame(columns).astype(texts)


def _drivers(scores: SchoolScores, *, place: Indices) -> dict[str, NDArray[Any]]:
    """Return the columns of one unit in one subject, largest contribution first."""
    n, mean = scores.n[place], scores.mean[place]
    unknown = np.full(place.size, np.nan)
    columns = {
        "school": scores.school.to_numpy()[place],
        "n_pupils": n.astype(np.int64),
        "mean": mean,
        **{column.name: unknown for column in DRIVERS.columns[5:-1]},
        "status": np.full(place.size, "not_estimable"),
    }
    try:
        weighted = estimate_weighted_cv(n=n, value=mean)
        unweighted = estimate_unweighted_cv(mean)
    except NotEstimableError:
        return columns
    columns |= {
        "deviation": mean - weighted.mean,
        "contribution": weighted.contribution,
        "contribution_unweighted": unweighted.contribution,
        "cv_without": weighted.without,
        "cv_change": weighted.without - weighted.estimate,
        "cv_change_unweighted": unweighted.without - unweighted.estimate,
        "status": np.full(place.size, "ok"),
    }
    order = np.argsort(-weighted.contribution, kind="stable")
    return {name: column[order] for name, column in columns.items()}
