"""Two subject columns that were exchanged show themselves against an earlier exam.

For two subjects let z be the standardised scores now and x those of the earlier exam. Where the
columns are right, whoever is better in the first subject than in the second was so before: the
differences z1 - z2 and x1 - x2 are positively correlated. Exchanged columns turn the sign.
"""

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding
from data.checks.by_school import at_most_listed, school_names
from data.checks.draft import Draft
from data.checks.known import EarlierExam
from data.checks.remarks import remark

_CHECK = "column_swap"
# Standard errors below zero. Of 36 pairs in 30 schools this happens by chance once in 30 files
# even where differences carry no signal at all; usually they carry much.
_CLEARLY = -4.0
# One school against the others needs less: a clear sign, and odds of e^12 for the exchange,
# which outweigh about a thousand pairs and schools and how rare the mistake is.
_BELOW, _RATIO = -2.0, 12.0
_ALMOST_ONE = 1 - 1e-9
_FEWEST = 12  # pupils of a school, or schools
Floats = NDArray[np.float64]


def check_column_swap(draft: Draft) -> list[Finding]:
    """Warn of two subjects that look exchanged, in the whole file or in single schools."""
    baseline = draft.known.baseline
    if baseline is not None:
        found = _by_pupils(draft, baseline)
        if found is not None:
            return found
    last_year = draft.known.last_year
    return [] if last_year is None else _by_schools(draft, last_year)


def _by_pupils(draft: Draft, earlier: EarlierExam) -> list[Finding] | None:
    """Compare each pupil's subjects; None where too few pupils are found again."""
    at = pd.Index(earlier.scores["pupil"]).get_indexer(
        pd.Index(draft.enrolment["pupil"].fillna(-1).astype("int64"))
    )
    codes = _common(draft, earlier)
    linked = at >= 0
    if int(linked.sum()) < _FEWEST or len(codes) < 2:
        return None
    now = _standardised(draft.points[codes].to_numpy()[linked])
    before = _standardised(earlier.scores[codes].to_numpy()[at[linked]])
    school = draft.school_index[linked]
    findings, names = [], school_names(draft)
    for i, j in combinations(range(len(codes)), 2):
        d, e = now[:, i] - now[:, j], before[:, i] - before[:, j]
        pair = _named(draft, codes[i], codes[j])
        sums = _sums(d, e, school)
        if _z(sums.sum(axis=0, keepdims=True))[0] < _CLEARLY:
            findings.append(_finding(pair, earlier.name, school=None))
            continue
        for k in np.flatnonzero(_is_swapped(sums)):
            code = str(draft.school.categories[int(k)])
            findings.append(_finding(pair, earlier.name, school=names.get(code, code)))
    return at_most_listed(findings, check=_CHECK, severity="warning")


def _by_schools(draft: Draft, earlier: EarlierExam) -> list[Finding]:
    """Compare the schools' means with those of last year's pupils."""
    codes = _common(draft, earlier)
    now = draft.points[codes].groupby(np.asarray(draft.school), sort=True).mean()
    before = earlier.scores.groupby("school")[codes].mean()
    common = now.index.intersection(before.index)
    if len(common) < _FEWEST:
        return []
    z, x = (_standardised(means.loc[common].to_numpy()) for means in (now, before))
    one = np.zeros(len(common), dtype=np.intp)
    return [
        _finding(_named(draft, codes[i], codes[j]), earlier.name, school=None)
        for i, j in combinations(range(len(codes)), 2)
        if _z(_sums(z[:, i] - z[:, j], x[:, i] - x[:, j], one))[0] < _CLEARLY
    ]


def _common(draft: Draft, earlier: EarlierExam) -> list[str]:
    return [s.code for s in draft.subjects if s.code in earlier.full_marks]


def _standardised(values: Floats) -> Floats:
    """Centre and scale each column, leaving nulls; a column without spread becomes null."""
    n = np.maximum((~np.isnan(values)).sum(axis=0), 1)
    centred = values - np.nansum(values, axis=0) / n
    spread = np.sqrt(np.nansum(centred**2, axis=0) / n)
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled: Floats = centred / np.where(spread > 0, spread, np.nan)
    return scaled


def _sums(d: Floats, e: Floats, group: NDArray[np.intp]) -> Floats:
    """Return n and the sums of d, e, d², e² and de by group, shape (n_groups, 6)."""
    both = ~(np.isnan(d) | np.isnan(e)) & (group >= 0)
    d, e, group = d[both], e[both], group[both]
    size = int(group.max(initial=0)) + 1
    terms = (np.ones(len(d)), d, e, d * d, e * e, d * e)
    return np.column_stack(
        [np.bincount(group, weights=term, minlength=size) for term in terms]
    ).astype(np.float64)


def _z(sums: Floats) -> Floats:
    """Return the correlation of d and e in each group as Student's t; 0 where too few."""
    r = _correlation(sums)
    t: Floats = r * np.sqrt(np.maximum(sums[:, 0] - 2, 0) / (1 - r**2))
    return t


def _is_swapped(sums: Floats) -> NDArray[np.bool_]:
    """Say which schools' columns look exchanged while those of the others do not.

    Fisher's z of a school's correlation has variance 1 / (n - 3). The log-likelihood ratio of
    an exchange, -z0 instead of the other schools' z0, is then -2 z z0 (n - 3).
    """
    others = _correlation(sums.sum(axis=0, keepdims=True) - sums)
    z, z0 = np.arctanh(_correlation(sums)), np.arctanh(others)
    ratio = -2 * z * np.maximum(z0, 0) * np.maximum(sums[:, 0] - 3, 0)
    t = _z(sums)
    swapped: NDArray[np.bool_] = (t < _CLEARLY) | ((t < _BELOW) & (ratio > _RATIO))
    return swapped


def _correlation(sums: Floats) -> Floats:
    """Return the correlation of d and e in each group; 0 where it cannot be told."""
    n, sd, se, sdd, see, sde = sums.T
    k = np.maximum(n, 1)
    scale = np.sqrt(np.maximum(sdd - sd**2 / k, 0) * np.maximum(see - se**2 / k, 0))
    usable = (n >= _FEWEST) & (scale > 1e-9)
    r = np.divide(sde - sd * se / k, scale, out=np.zeros(len(n)), where=usable)
    clipped: Floats = np.clip(r, -_ALMOST_ONE, _ALMOST_ONE)
    return clipped


def _named(draft: Draft, one: str, other: str) -> tuple[str, str]:
    names = {s.code: s.name for s in draft.subjects}
    return names[one], names[other]


def _finding(pair: tuple[str, str], exam: str, *, school: str | None) -> Finding:
    one, other = pair
    where = (f"{school}的", f"in {school} ") if school else ("", "")
    return remark("warning", _CHECK, (
        f"{where[0]}“{one}”和“{other}”两列可能对调了：与“{exam}”相比，两科的强弱正好相反。"
        f"请核对这两列的表头和数据。",
        f"The columns {one} and {other} {where[1]}may have been exchanged: against {exam!r} "
        f"strength and weakness in the two are reversed. Check headers and scores.",
    ), column=one, value=None)  # fmt: skip
