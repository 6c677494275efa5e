"""Gaps between groups of schools or pupils, such as town and country, boys and girls.

With s the population SD, N_a pupils and the mean m_a of group a, the gap is (m_a - m_b) / s.

Groups of schools: the schools are what varies, so with n_j pupils and the mean m_j of school j

    Var(m_a) = J_a / (J_a - 1) sum_j (n_j / N_a)^2 (m_j - m_a)^2

over its J_a schools. Groups of pupils: Var(m_a) = variance_a / N_a. Where both groups sit in
the same schools, what a school does to both alike cancels from the gap, and this error is
rather too large. Intervals are Student's with the degrees of freedom of Welch, J_a or N_a less
one standing for the freedom of a side. The share of variance is N_a N_b / N^2 (m_a - m_b)^2
over the variance of the N pupils of both groups.

References
----------
Liang & Zeger (1986). Longitudinal data analysis using generalized linear models. Biometrika
73, 13-22 (clustered errors). Welch (1947). The generalization of "Student's" problem.
Biometrika 34, 28-35.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, NotEstimableError, SettingsError
from core.interval import student_interval
from core.standardise import HUNDREDTHS, Population, population_of
from core.tables import GROUP_GAPS, SCORE_HISTOGRAM

Floats = NDArray[np.float64]

_SUMS = ["n", "y", "y_y"]


def compute_school_group_gaps(
    histogram: pd.DataFrame, *, groups: pd.Series, order: Sequence[str], grouping: str
) -> pd.DataFrame:
    """Compute the gaps between groups of schools in every subject.

    Parameters
    ----------
    histogram : DataFrame
        SCORE_HISTOGRAM rows of one exam; all its schools make up the population SD.
    groups : Series, indexed by school
        Group of each school, such as town and country; schools without one are left out.
    order : sequence of str
        The groups that are compared; the first of a pair is that whose mean comes first.
    grouping : str
        What divides them, such as ``locale`` or ``size``.

    Returns
    -------
    DataFrame
        GROUP_GAPS rows: every subject x pair of groups. A pair in which a group has fewer than
        two schools, or a subject without spread, is ``not_estimable``.

    Raises
    ------
    NotEstimableError
        When fewer than two of the groups hold a school of the exam.

    Examples
    --------
    >>> rows = [("math", school, 100 * p, 10) for school, p in zip("abcd", (60, 70, 70, 80))]
    >>> histogram = pd.DataFrame(rows, columns=["subject", "school", "score", "n"])
    >>> locale = pd.Series(["country", "country", "town", "town"], index=list("abcd"))
    >>> gaps = compute_school_group_gaps(
    ...     histogram, groups=locale, order=("town", "country"), grouping="locale")
    >>> gaps["estimate"].round(3).item(), gaps["variance_share"].item()
    (1.414, 0.5)
    """
    SCORE_HISTOGRAM.require(histogram)
    n, score = (histogram[name].to_numpy(np.int64) for name in ("n", "score"))
    sums = histogram[["subject", "school"]].assign(n=n, y=n * score, y_y=n * score * score)
    schools = sums.groupby(["subject", "school"], as_index=False, sort=False).sum()
    schools = schools.assign(group=schools["school"].map(groups))
    schools = schools[(schools["n"] > 0) & schools["group"].isin(order)]
    sides = _pooled(schools)
    of_group = sides.loc[pd.MultiIndex.from_frame(schools[["subject", "group"]])]
    weight = schools["n"].to_numpy(float) / of_group["n"].to_numpy()
    mean = schools["y"].to_numpy(float) / schools["n"].to_numpy(float)
    square = (weight * (mean - of_group["mean"].to_numpy())) ** 2
    keys = [schools["subject"], schools["group"]]
    spread = pd.Series(square, index=schools.index).groupby(keys).agg(["sum", "size"])
    spread = spread.reindex(sides.index)
    freedom = (spread["size"] - 1).where(spread["size"] > 1)
    sides = sides.assign(
        variance_of_mean=spread["sum"] * spread["size"] / freedom, freedom=freedom
    )
    return _rows(sides, order=order, grouping=grouping, populations=population_of(histogram))


def compute_pupil_group_gaps(
    sums: pd.DataFrame,
    *,
    populations: Mapping[str, Population],
    order: Sequence[str],
    grouping: str,
) -> pd.DataFrame:
    """Compute the gaps between groups of pupils, such as boys and girls, in every subject.

    Parameters
    ----------
    sums : DataFrame
        subject, group, n, y, y_y: pupils, sum of scores and of their squares in hundredths;
        any number of rows per subject and group, such as one per school.
    populations : mapping of str to Population
        Of each subject, as ``population_of`` gives them.
    order, grouping
        As in ``compute_school_group_gaps``.

    Returns
    -------
    DataFrame
        GROUP_GAPS rows: every subject x pair of groups. A pair in which a group has fewer than
        two pupils is ``not_estimable``.

    Raises
    ------
    DataError
        When a column is missing.
    NotEstimableError
        When fewer than two of the groups hold a pupil.

    Examples
    --------
    >>> sums = pd.DataFrame({"subject": "math", "group": ["girls", "boys"], "n": 50,
    ...                      "y": [400000, 390000], "y_y": [3220000000, 3082000000]})
    >>> gaps = compute_pupil_group_gaps(
    ...     sums, populations={"math": Population(79.0, 10.0)}, order=("girls", "boys"),
    ...     grouping="sex")
    >>> gaps["estimate"].item()
    0.2
    """
    missing = [name for name in ("subject", "group", *_SUMS) if name not in sums]
    if missing:
        raise DataError(
            f"The sums by group lack {', '.join(missing)} ({len(missing)} of 5 columns). They "
            "need subject, group, n, y and y_y. Make them anew from the exam.",
            f"分组汇总缺少 {'、'.join(missing)}（5 列中的 {len(missing)} 列）。"
            "须有 subject、group、n、y、y_y。请由考试重新生成。",
        )
    sides = _pooled(sums[(sums["n"] > 0) & sums["group"].isin(order)])
    freedom = (sides["n"] - 1).where(sides["n"] > 1)
    sides = sides.assign(
        variance_of_mean=sides["sum_of_squares"] / freedom / sides["n"], freedom=freedom
    )
    return _rows(sides, order=order, grouping=grouping, populations=populations)


def group_by_size(n_pupils: pd.Series, *, small_below: int, large_from: int) -> pd.Series:
    """Return small, middle or large for each school by its pupils.

    Parameters
    ----------
    n_pupils : Series, indexed by school
        Pupils of the grade or the school.
    small_below, large_from : int
        A school with fewer is small, one with as many or more is large.

    Raises
    ------
    SettingsError
        When the two bounds overlap.

    Examples
    --------
    >>> n_pupils = pd.Series({"a": 12, "b": 60, "c": 300})
    >>> group_by_size(n_pupils, small_below=30, large_from=200).to_dict()
    {'a': 'small', 'b': 'middle', 'c': 'large'}
    """
    if small_below > large_from:
        raise SettingsError(
            f"Schools below {small_below} pupils are called small and those from {large_from} "
            "on large. The first number has to be at most the second.",
            f"规模界限为：少于 {small_below} 人为小规模，{large_from} 人及以上为大规模。"
            "前者不能大于后者。",
        )
    size = np.where(n_pupils < small_below, "small", "middle")
    size = np.where(n_pupils >= large_from, "large", size)
    return pd.Series(size, index=n_pupils.index, dtype="str")


def _pooled(rows: pd.DataFrame) -> pd.DataFrame:
    """Return pupils, mean and squares about it of each subject and group, in hundredths."""
    total = rows.groupby(["subject", "group"], sort=False)[_SUMS].sum().astype("float64")
    mean = total["y"] / total["n"]
    squares = (total["y_y"] - total["y"] * mean).clip(lower=0.0)
    return pd.DataFrame({"n": total["n"], "mean": mean, "sum_of_squares": squares})


def _rows(
    sides: pd.DataFrame,
    *,
    order: Sequence[str],
    grouping: str,
    populations: Mapping[str, Population],
) -> pd.DataFrame:
    """Lay out every subject and pair of groups that both have pupils."""
    present = set(sides.index.get_level_values("group"))
    levels = [group for group in order if group in present]
    if len(levels) < 2:
        raise NotEstimableError(
            f"A gap needs two groups with pupils (found: {len(levels)} of {len(order)}). Check "
            "which schools or pupils belong to which group.",
            f"差距比较需要两个有学生的组（{len(order)} 个组中现有 {len(levels)} 个）。"
            "请检查学校或学生的分组。",
        )
    group_of_row = sides.index.get_level_values("group")
    side = {group: sides[group_of_row == group].droplevel("group") for group in levels}
    frames = [
        _pair(side[a], side[b], populations=populations).assign(group_a=a, group_b=b)
        for a, b in combinations(levels, 2)
    ]
    frame = pd.concat(frames).rename_axis("subject").reset_index()
    place = pd.Index(list(dict.fromkeys(sides.index.get_level_values("subject"))))
    frame = frame.iloc[np.argsort(place.get_indexer(frame["subject"]), kind="stable")]
    frame = frame.assign(grouping=grouping).astype({"subject": "str"})
    return GROUP_GAPS.require(frame[GROUP_GAPS.names].reset_index(drop=True))


def _pair(
    a: pd.DataFrame, b: pd.DataFrame, *, populations: Mapping[str, Population]
) -> pd.DataFrame:
    """Return the figures of one pair of groups, indexed by subject."""
    a, b = a.align(b, join="inner", axis=0)
    sd = np.array([populations[str(s)].sd for s in a.index]) * HUNDREDTHS
    sd = np.where(sd > 0, sd, np.nan)
    difference = a["mean"] - b["mean"]
    variance = a["variance_of_mean"] + b["variance_of_mean"]
    parts = (side["variance_of_mean"] ** 2 / side["freedom"] for side in (a, b))
    freedom = variance**2 / sum(parts)  # Welch
    n = a["n"] + b["n"]
    between = a["n"] * b["n"] / n * difference**2
    total = between + a["sum_of_squares"] + b["sum_of_squares"]
    # No spread inside either group is no evidence of a certain gap.
    known = (variance > 0).to_numpy() & ~np.isnan(sd)
    estimate = (difference / sd).where(known)
    se = np.sqrt(variance.where(known)) / sd
    df = freedom.where(known).fillna(1.0).clip(lower=1.0).astype("int64")
    ends = [
        student_interval(e, se=s, df=int(d)) for e, s, d in zip(estimate, se, df, strict=True)
    ]
    return pd.DataFrame(
        {
            "n_a": a["n"].astype("int64"),
            "n_b": b["n"].astype("int64"),
            "estimate": estimate,
            "se": se,
            "low": [float(end.low) for end in ends],
            "high": [float(end.high) for end in ends],
            "variance_share": (between / total.where(total > 0)).where(known),
            "status": np.where(known, "ok", "not_estimable"),
        },
        index=a.index,
    )
