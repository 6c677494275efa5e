"""How far the schools of a county or township lie apart: INDICATORS of the unit above them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from core.equity.schools import (
    Floats,
    Indices,
    SchoolScores,
    scores_by_subject,
    theil_within,
)
from core.errors import NotEstimableError
from core.numerics.between_cv import (
    BetweenCv,
    estimate_unweighted_cv,
    estimate_weighted_cv,
)
from core.numerics.icc import estimate_icc
from core.numerics.theil import split_theil
from core.tables import INDICATORS, SUBJECTS

NAN = float("nan")


class _Figure(NamedTuple):
    estimate: float = NAN
    se: float = NAN
    low: float = NAN
    high: float = NAN


@dataclass(frozen=True, slots=True)
class _Schools:
    """The schools of one unit in one subject, shape (n_schools,) each."""

    n: Floats
    mean: Floats
    sum_of_squares: Floats
    theil: Floats


def compute_equity(
    histogram: pd.DataFrame,
    *,
    subjects: pd.DataFrame,
    membership: pd.DataFrame,
    exam: str,
) -> pd.DataFrame:
    """Compute how far the schools of each unit lie apart in each subject.

    Parameters
    ----------
    histogram : DataFrame
        SCORE_HISTOGRAM rows of the exam.
    subjects : DataFrame
        SUBJECTS rows. Other subjects of the histogram are left out.
    membership : DataFrame
        Columns ``unit`` and ``school``: the units whose schools are compared, such as county
        and townships, one row per school of each.
    exam : str
        Name of the exam, for the rows.

    Returns
    -------
    DataFrame
        INDICATORS rows: every unit x subject, then ``between_cv_weighted`` and
        ``between_cv_unweighted`` (with jackknife errors), ``icc`` (with Wald's interval),
        ``icc_anova``, ``theil_schools`` and ``theil_pupils``. Those that cannot be estimated,
        as with one school, have the status ``not_estimable``.

    Examples
    --------
    >>> paper = {"subject": ["math"], "name": ["数学"], "position": [1], "full_mark": [10000]}
    >>> lines = {"excellent_line": [8500], "good_line": [7500], "pass_line": [6000]}
    >>> papers = pd.DataFrame({**paper, **lines, "low_line": [4000]})
    >>> rows = {"school": ["A", "A", "B", "B"], "score": [5000, 7000, 7000, 9000]}
    >>> figures = compute_equity(
    ...     pd.DataFrame({"subject": "math", **rows, "n": [5, 5, 15, 15]}),
    ...     subjects=papers,
    ...     membership=pd.DataFrame({"unit": ["T", "T"], "school": ["A", "B"]}),
    ...     exam="期末",
    ... ).set_index("indicator")["estimate"]
    >>> figures[["between_cv_weighted", "between_cv_unweighted"]].round(4).tolist()
    [0.1155, 0.1429]
    """
    SUBJECTS.require(subjects)
    by_subject = [
        (subject, scores, theil_within(scores))
        for subject, scores in scores_by_subject(histogram, subjects=subjects)
    ]
    rows = [
        (unit, exam, subject, name, *figure, n_pupils, NAN, status)
        for unit, schools in membership.groupby("unit")["school"]
        for subject, scores, theil in by_subject
        for chosen in [_chosen(scores, theil=theil, place=scores.places(schools))]
        for n_pupils in [int(chosen.n.sum())]
        for name, figure, status in _figures(chosen)
    ]
    if not rows:
        return INDICATORS.empty()
    return pd.DataFrame(rows, columns=INDICATORS.names).astype({"unit": "str"})


def _chosen(scores: SchoolScores, *, theil: Floats, place: Indices) -> _Schools:
    return _Schools(
        n=scores.n[place],
        mean=scores.mean[place],
        sum_of_squares=scores.sum_of_squares[place],
        theil=theil[place],
    )


def _figures(schools: _Schools) -> Iterator[tuple[str, _Figure, str]]:
    """Yield name, figure and status of each indicator; one that fails stops no other."""
    for names, estimate in FIGURES.items():
        try:
            found = estimate(schools)
        except NotEstimableError:
            found = (_Figure(),) * len(names)
        for name, figure in zip(names, found, strict=True):
            yield name, figure, "not_estimable" if np.isnan(figure.estimate) else "ok"


def _weighted(schools: _Schools) -> tuple[_Figure, ...]:
    return (_of_cv(estimate_weighted_cv(n=schools.n, value=schools.mean)),)


def _unweighted(schools: _Schools) -> tuple[_Figure, ...]:
    return (_of_cv(estimate_unweighted_cv(schools.mean)),)


def _of_cv(cv: BetweenCv) -> _Figure:
    return _Figure(estimate=cv.estimate, se=cv.se, low=cv.low, high=cv.high)


def _icc(schools: _Schools) -> tuple[_Figure, ...]:
    icc = estimate_icc(n=schools.n, mean=schools.mean, sum_of_squares=schools.sum_of_squares)
    return _Figure(estimate=icc.estimate, low=icc.low, high=icc.high), _Figure(icc.anova)


def _theil(schools: _Schools) -> tuple[_Figure, ...]:
    if schools.n.size < 2:
        return _Figure(), _Figure()
    together = np.zeros(schools.n.size, dtype=np.int64)
    between = split_theil(schools.mean, n=schools.n, group=together).total
    amount = schools.n * schools.mean
    return _Figure(between), _Figure(between + float(amount @ schools.theil / amount.sum()))


FIGURES: Mapping[tuple[str, ...], Callable[[_Schools], tuple[_Figure, ...]]] = {
    ("between_cv_weighted",): _weighted,
    ("between_cv_unweighted",): _unweighted,
    ("icc", "icc_anova"): _icc,
    ("theil_schools", "theil_pupils"): _theil,
}
"""The indicators in the order of the rows, and what estimates them together."""
