"""Sample plan 抽样方案: strata, schools in proportion to size, then so many pupils in each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, SettingsError
from core.sampling.allocation import Allocation, allocate_schools
from core.sampling.selection import inclusion_probability, select_systematic
from core.survey_tables import SAMPLE_FRAME, SAMPLE_PLAN

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SampleSpec:
    """What a committee decides about a sample.

    Attributes
    ----------
    stratum_columns : tuple of str
        Columns of the frame whose values make up the strata, such as county locale size_class.
    n_schools, pupils_per_school : int
        Schools in all, and pupils in each; all pupils where a school has fewer.
    allocation : {"proportional", "square_root", "fixed"}
        How the schools are spread over the strata.
    min_per_stratum : int
        Least number of schools in a stratum that has as many.
    """

    stratum_columns: tuple[str, ...]
    n_schools: int
    pupils_per_school: int
    allocation: Allocation
    min_per_stratum: int


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """A sample that was drawn, with all that its weights and errors need.

    Attributes
    ----------
    schools : DataFrame
        SAMPLE_PLAN rows by stratum, then school.
    strata : DataFrame
        By stratum: n_schools_frame, n_pupils_frame, n_schools (drawn), n_certain (of them).
    """

    schools: pd.DataFrame
    strata: pd.DataFrame


def draw_sample(
    frame: pd.DataFrame, *, spec: SampleSpec, rng: np.random.Generator
) -> SamplePlan:
    """Draw the schools of a stratified sample with chances in proportion to their pupils.

    Parameters
    ----------
    frame : DataFrame
        SAMPLE_FRAME rows with the stratum columns. Inside a stratum the schools stand in order
        of their codes, so schools of one township are seldom drawn together.
    spec : SampleSpec
        What was decided.
    rng : Generator
        One number of it per stratum is the start.

    Raises
    ------
    DataError
        When a school has no pupils or a stratum column is empty.
    SettingsError
        When the sample cannot be spread over the strata, or takes no pupils.

    Examples
    --------
    >>> frame = pd.DataFrame({"school": list("ABCDEF"), "n_pupils": [40, 60, 300, 100, 90, 10],
    ...                       "locale": ["town"] * 3 + ["country"] * 3})
    >>> spec = SampleSpec(("locale",), n_schools=4, pupils_per_school=30, min_per_stratum=2,
    ...                   allocation="proportional")
    >>> plan = draw_sample(frame, spec=spec, rng=np.random.default_rng(1))
    >>> plan.schools.loc[plan.schools["is_drawn"], "school"].tolist()
    ['D', 'E', 'B', 'C']
    """
    rows = _stratified(frame, spec=spec)
    groups = rows.groupby("stratum", sort=True)["n_pupils"]
    n_drawn = allocate_schools(
        groups.sum().to_numpy(float),
        capacity=groups.size().to_numpy().astype(np.int64),
        n_schools=spec.n_schools,
        rule=spec.allocation,
        min_per_stratum=spec.min_per_stratum,
    )
    starts = rng.random(n_drawn.size)
    p_school, is_drawn = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    for (_, place), n, start in zip(groups.indices.items(), n_drawn, starts, strict=True):
        size = rows["n_pupils"].to_numpy(float)[place]
        p_school[place] = inclusion_probability(size, n_drawn=int(n))
        is_drawn[place] = select_systematic(p_school[place], start=float(start))
    schools = _plan_rows(rows, p_school=p_school, is_drawn=is_drawn, spec=spec)
    return SamplePlan(schools=schools, strata=_strata(schools))


def draw_pupils(n_pupils: int, *, n_drawn: int, rng: np.random.Generator) -> Indices:
    """Return the places, from 0, of the pupils drawn from a school's list, in its order.

    Parameters
    ----------
    n_pupils, n_drawn : int
        Length of the list, and pupils to draw; all of them where there are fewer.
    rng : Generator
        Source of chance.

    Examples
    --------
    >>> draw_pupils(8, n_drawn=3, rng=np.random.default_rng(3)).tolist()
    [0, 1, 4]
    """
    n = min(n_pupils, n_drawn)
    return np.sort(rng.choice(n_pupils, size=n, replace=False)).astype(np.int64)


def _stratified(frame: pd.DataFrame, *, spec: SampleSpec) -> pd.DataFrame:
    """Return school, n_pupils and stratum, in the order in which they are drawn."""
    SAMPLE_FRAME.require(frame)
    if spec.pupils_per_school < 1 or spec.min_per_stratum < 1:
        raise SettingsError(
            f"A sample needs at least one pupil per school and one school per stratum (found "
            f"{spec.pupils_per_school} and {spec.min_per_stratum}). Change the plan.",
            f"抽样至少需要每校 1 名学生、每层 1 所学校（现为 {spec.pupils_per_school} 和 "
            f"{spec.min_per_stratum}）。请修改抽样方案。",
        )
    absent = [name for name in spec.stratum_columns if name not in frame]
    known = [name for name in spec.stratum_columns if name in frame]
    gaps = int(frame[known].isna().sum().sum())
    empty = int((frame["n_pupils"] < 1).sum())
    if absent or gaps or empty:
        raise DataError(
            f"The sample frame is not complete: stratum columns missing "
            f"{', '.join(absent) or '-'}, empty stratum cells {gaps}, schools without pupils "
            f"{empty}. Fill them in, and leave schools without pupils out.",
            f"抽样框不完整：缺少分层列 {'、'.join(absent) or '-'}，分层空格 {gaps} 处，"
            f"没有学生的学校 {empty} 所。请补全，并去掉没有学生的学校。",
        )
    stratum = frame[known].astype(str).agg("/".join, axis=1) if known else "all"
    rows = frame[["school", "n_pupils"]].assign(stratum=stratum)
    return rows.sort_values(["stratum", "school"], ignore_index=True)


def _plan_rows(
    rows: pd.DataFrame,
    *,
    p_school: NDArray[np.float64],
    is_drawn: NDArray[np.bool_],
    spec: SampleSpec,
) -> pd.DataFrame:
    n_pupils = rows["n_pupils"].to_numpy(np.int64)
    n_planned = np.minimum(n_pupils, spec.pupils_per_school)
    p_pupil = n_planned / n_pupils
    chance = p_school * p_pupil
    plan = rows.assign(
        stratum=rows["stratum"].astype("str"),
        p_school=p_school,
        is_certain=p_school >= 1,
        is_drawn=is_drawn,
        n_drawn=np.where(is_drawn, n_planned, 0),
        p_pupil=p_pupil,
        weight=1 / np.where(chance > 0, chance, np.nan),
    )
    return plan[SAMPLE_PLAN.names]


def _strata(schools: pd.DataFrame) -> pd.DataFrame:
    drawn_certain = schools["is_drawn"] & schools["is_certain"]
    return (
        schools.assign(drawn_certain=drawn_certain)
        .groupby("stratum", sort=True)
        .agg(
            n_schools_frame=("school", "size"),
            n_pupils_frame=("n_pupils", "sum"),
            n_schools=("is_drawn", "sum"),
            n_certain=("drawn_certain", "sum"),
        )
        .reset_index()
    )
