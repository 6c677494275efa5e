"""Growth percentiles of schools: how far pupils came beside all who started alike."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, NotEstimableError, SettingsError
from core.growth_curves import curves_of
from core.numerics.growth_percentile import HIGHEST, GrowthPercentiles, growth_percentiles
from core.numerics.histogram import GroupedScores, quantile_of, summarise_scores
from core.standardise import HUNDREDTHS
from core.tables import GROWTH, JOINT_HISTOGRAM

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

WarningCode = Literal["few_pupils", "coarse_outcome", "equal_knots", "few_prior_values"]

ENOUGH_PUPILS = 250
"""Fewest pupils whose curves can be checked for fit."""

ENOUGH_OUTCOME_VALUES = 20
"""Fewest different current scores that spread pupils over the percentiles."""

MEDIAN_TO_MEAN = math.sqrt(3)
"""Standard error of a median by that of the mean, of figures spread evenly as percentiles are.
The SGP package takes 1.253, due for normal figures: its intervals hold 85 %, these 95 %."""

MIN_PUPILS = 2
"""Fewest pupils of a school with a standard error."""


@dataclass(frozen=True, slots=True)
class GrowthWarning:
    """What makes the percentiles of a subject less telling.

    Attributes
    ----------
    code : {"few_pupils", "coarse_outcome", "equal_knots", "few_prior_values"}
        Few pupils in all; few different current scores; knots that fell together; a curve with
        more columns than the prior scores can tell apart.
    found, required : int
        Pupils, different current scores, knots, or columns; found is below required.
    """

    code: WarningCode
    found: int
    required: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth percentiles of one subject.

    Attributes
    ----------
    subject : str
        Subject code.
    n_pupils : int
        Matched pupils.
    knots : tuple of float
        Inner knots of the prior score, in points.
    boundaries : tuple of float
        Lower and upper boundary of the prior score, in points.
    mean_percentile : float
        Mean over all pupils: a little under 50 in large populations, further in small ones,
        because curves pass through pupils who then do not count as above them. What a school
        of no growth of its own reaches.
    warnings : tuple of GrowthWarning
    cells : DataFrame
        Columns prior, current (hundredths), n (pupils) and growth_percentile (1 to 99): one row
        per pair of scores, ascending.
    schools : DataFrame
        GROWTH rows, highest median first, those without one last.
    curves : DataFrame
        percentile, start, score (points): the curves 10, 25, 50, 75 and 90 of the growth chart.
    """

    subject: str
    n_pupils: int
    knots: tuple[float, ...]
    boundaries: tuple[float, float]
    mean_percentile: float
    warnings: tuple[GrowthWarning, ...]
    cells: pd.DataFrame
    schools: pd.DataFrame
    curves: pd.DataFrame


def compute_growth(
    joint: pd.DataFrame, *, n_sat: pd.Series | None = None, min_coverage: float = 0.7
) -> Growth:
    """Compute growth percentiles of all pairs of scores, and of the schools.

    Parameters
    ----------
    joint : DataFrame
        JOINT_HISTOGRAM rows of one subject. All of them together are the population.
    n_sat : Series, indexed by school code
        Pupils with a current score, matched or not. Schools without matched pupils are listed
        as not estimable. None when coverage is judged elsewhere.
    min_coverage : float
        Least share of a school's current pupils that are matched, 0 to 1.

    Raises
    ------
    NotEstimableError
        Without matched pupils, or when a score does not vary.
    DataError
        When there are several subjects, or a school has more matched pupils than sat.
    SettingsError
        When the coverage lies outside 0 to 1.

    Examples
    --------
    >>> joint = pd.DataFrame({
    ...     "subject": "math", "school": ["A"] * 3 + ["B"] * 3, "prior": [1000, 2000, 3000] * 2,
    ...     "current": [6000, 7000, 8000, 5000, 6000, 7000], "n": 10})
    >>> growth = compute_growth(joint)
    >>> growth.schools[["school", "n", "median"]].to_numpy().tolist()
    [['A', 30, 50.0], ['B', 30, 1.0]]
    >>> [warning.code for warning in growth.warnings]
    ['few_pupils', 'coarse_outcome', 'equal_knots', 'few_prior_values']
    """
    _require(joint, min_coverage=min_coverage)
    cells, cell = _cells(joint)
    found = growth_percentiles(
        cells[["prior"]].to_numpy(float) / HUNDREDTHS,
        current=cells["current"].to_numpy(float) / HUNDREDTHS,
        n=cells["n"].to_numpy(np.int64),
    )
    _refuse_determined(cells)
    cells["growth_percentile"] = found.percentile
    schools = _schools(joint, percentile=found.percentile[cell])
    knots = found.knots[0]
    return Growth(
        subject=str(joint["subject"].iloc[0]),
        n_pupils=int(cells["n"].sum()),
        knots=knots.inner,
        boundaries=(knots.low, knots.high),
        mean_percentile=float(np.average(found.percentile, weights=cells["n"])),
        warnings=_warnings(cells, found=found),
        cells=cells,
        schools=_ranked(schools, n_sat=n_sat, min_coverage=min_coverage),
        curves=curves_of(found),
    )


def _require(joint: pd.DataFrame, *, min_coverage: float) -> None:
    JOINT_HISTOGRAM.require(joint)
    if not 0 <= min_coverage <= 1:
        raise SettingsError(
            f"The least coverage is {min_coverage}. Choose a share from 0 to 1.",
            f"最低覆盖率为 {min_coverage}。须在 0 到 1 之间。",
        )
    if not joint["n"].sum() > 0:
        raise NotEstimableError(
            "Growth needs pupils with a prior and a current score (found: 0). Link two exams "
            "of the same pupils.",
            "增长计算需要同时有先前与当前成绩的学生（找到 0 人）。请关联同一批学生的两次考试。",
        )
    n_subjects = joint["subject"].nunique()
    if n_subjects > 1:
        raise DataError(
            f"Growth is computed by subject (found: subjects {n_subjects}). Choose one.",
            f"增长须逐学科计算（找到学科 {n_subjects} 个）。请选择一个学科。",
        )


def _cells(joint: pd.DataFrame) -> tuple[pd.DataFrame, Indices]:
    """Add up the schools; return the cells, ascending, and the cell of each row."""
    prior, current = (joint[name].to_numpy(np.int64) for name in ("prior", "current"))
    lowest, width = current.min(), np.ptp(current) + 1
    cell, key = pd.factorize(prior * width + (current - lowest), sort=True)
    its_prior, its_current = np.divmod(key, width)
    n = np.bincount(cell, weights=joint["n"].to_numpy(float)).astype(np.int64)
    table = pd.DataFrame({"prior": its_prior, "current": its_current + lowest, "n": n})
    return table, cell.astype(np.int64)


def _refuse_determined(cells: pd.DataFrame) -> None:
    """Refuse a current score that follows from the prior one, as in the same exam twice."""
    n_pupils = int(cells["n"].sum())
    if len(cells) < 2 or cells["prior"].nunique() < len(cells):
        return
    raise NotEstimableError(
        f"The current scores of {n_pupils} pupils follow from their prior scores (pairs: "
        f"{len(cells)}, one for each prior score): nobody stands out among pupils of equal "
        "past. Check that prior and current exam differ, or take more pupils.",
        f"{n_pupils} 名学生的本次成绩完全由起点成绩决定（共 {len(cells)} 种组合，"
        "每个起点成绩一种），"
        "同起点学生之间没有差异。请检查前测与本次考试是否为同一份数据，或扩大范围。",
    )


def _schools(joint: pd.DataFrame, *, percentile: Indices) -> pd.DataFrame:
    """Return the figures of each school with matched pupils, from its counts by percentile."""
    school, codes = pd.factorize(joint["school"], sort=True)
    width = HIGHEST + 1
    count = np.bincount(
        school * width + percentile,
        weights=joint["n"].to_numpy(float),
        minlength=len(codes) * width,
    ).astype(np.int64)
    group, score = np.divmod(np.flatnonzero(count), width)
    scores = GroupedScores(group=group, score=score, n=count[count > 0], n_groups=len(codes))
    summary = summarise_scores(scores)
    known = np.where(summary.n >= MIN_PUPILS, 1.0, np.nan)
    return pd.DataFrame(
        {
            "school": pd.Series(codes, dtype="str"),
            "n": summary.n,
            "median": quantile_of(scores, share=0.5) * known,
            "mean": summary.mean * known,
            "se_median": MEDIAN_TO_MEAN * summary.se,
            "se_mean": summary.se,
            "status": pd.Series(np.where(known > 0, "ok", "not_estimable"), dtype="str"),
        }
    )


def _ranked(
    schools: pd.DataFrame, *, n_sat: pd.Series | None, min_coverage: float
) -> pd.DataFrame:
    """Return GROWTH rows with their status, highest median first."""
    if n_sat is not None:
        schools = _with_coverage(schools, n_sat=n_sat, min_coverage=min_coverage)
    ranked = schools.sort_values(
        ["median", "mean", "school"], ascending=[False, False, True], ignore_index=True
    )
    return GROWTH.require(ranked)


def _with_coverage(
    schools: pd.DataFrame, *, n_sat: pd.Series, min_coverage: float
) -> pd.DataFrame:
    """Add schools without matched pupils, and mark those with too few of them."""
    wide = schools.merge(
        pd.DataFrame({"school": n_sat.index.astype("str"), "n_sat": n_sat.to_numpy()}),
        on="school",
        how="outer",
    )
    matched = wide["n"].fillna(0).astype("int64")
    beyond = int((matched > wide["n_sat"].fillna(0)).sum())
    if beyond:
        raise DataError(
            f"Schools with more matched pupils than pupils with a current score: {beyond}. "
            "Take both counts from the same pair of exams.",
            f"匹配学生多于有当前成绩学生的学校：{beyond} 所。两个数须来自同一对考试。",
        )
    thin = (wide["status"] == "ok") & (matched < min_coverage * wide["n_sat"])
    status = wide["status"].fillna("not_estimable").mask(thin, "low_coverage")
    return wide.assign(n=matched, status=status).drop(columns="n_sat")


def _warnings(cells: pd.DataFrame, *, found: GrowthPercentiles) -> tuple[GrowthWarning, ...]:
    knots = found.knots[0]
    counts: tuple[tuple[WarningCode, int, int], ...] = (
        ("few_pupils", int(cells["n"].sum()), ENOUGH_PUPILS),
        ("coarse_outcome", int(cells["current"].nunique()), ENOUGH_OUTCOME_VALUES),
        ("equal_knots", len(knots.inner), len(knots.inner) + knots.n_dropped),
        ("few_prior_values", found.rank, found.n_columns),
    )
    return tuple(
        GrowthWarning(code, found=n, required=least) for code, n, least in counts if n < least
    )
