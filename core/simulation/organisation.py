"""The simulated county's organisation: city, county, townships, centre schools and schools.

All names are invented and carry 演示 (demonstration).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.simulation.spec import CountySpec, Subject
from core.tables import UNITS

StageKey = Literal["primary", "junior"]
CITY, COUNTY = "CITY", "COUNTY"
COUNTY_NAME = "准绳演示县"
DIRECT = "县直"
MIN_COHORT, MAX_COHORT = 8, 390
_TOWNSHIPS = ("青禾", "云杉", "星桥", "月坪", "朝露", "晴川", "麦香", "鹿鸣", "银杏")
_VILLAGES = tuple(a + b for b, a in product("湾岭塘坡溪冲", "柳石竹桃枫荷梅杏"))
_DIGITS = "零一二三四五六七八九"
# Usual pupils a grade, its spread (log SD), and the intake of such schools in relative terms.
_TYPES: dict[tuple[StageKey, str], tuple[float, float, float]] = {
    ("primary", DIRECT): (290.0, 0.15, 0.8),
    ("primary", "中心校"): (100.0, 0.25, 0.0),
    ("primary", "村小"): (20.0, 0.35, -0.8),
    ("junior", DIRECT): (270.0, 0.15, 0.8),
    ("junior", "镇初中"): (115.0, 0.25, -0.2),
    ("junior", "农村初中"): (45.0, 0.35, -0.8),
}
_DIRECT_SHARE: dict[StageKey, float] = {"primary": 0.13, "junior": 0.23}


@dataclass(frozen=True, slots=True)
class School:
    """One school as the organisation tree and the files name it."""

    code: str
    name: str
    parent: str
    township: str
    school_type: str


@dataclass(frozen=True, slots=True)
class Stage:
    """The schools of one stage and what they teach.

    Attributes
    ----------
    key : {"primary", "junior"}
    first_grade : int
        Grade of the entry test; a phase has three grades.
    subjects : tuple of Subject
    schools : tuple of School
    size : ndarray, shape (n_schools,)
        Usual number of pupils a grade.
    intake : ndarray, shape (n_schools,)
        Mean common ability of a school's new pupils; over pupils its mean is 0 and its
        variance is the spec's ``intake_share``.
    """

    key: StageKey
    first_grade: int
    subjects: tuple[Subject, ...]
    schools: tuple[School, ...]
    size: NDArray[np.float64]
    intake: NDArray[np.float64]


def make_stages(spec: CountySpec, *, rng: np.random.Generator) -> tuple[Stage, ...]:
    """Make the stages of the county that have schools, primary first."""
    plans: tuple[tuple[StageKey, int, int, tuple[Subject, ...]], ...] = (
        ("primary", spec.n_primary, 4, spec.primary_subjects),
        ("junior", spec.n_junior, 7, spec.junior_subjects),
    )
    stages = []
    for key, n_schools, first_grade, subjects in plans:
        if n_schools:
            schools = tuple(_schools(key, n_schools))
            traits = np.array([_TYPES[key, school.school_type] for school in schools])
            size = spec.size_factor * traits[:, 0] * rng.lognormal(0.0, traits[:, 1])
            size = np.clip(size, MIN_COHORT, MAX_COHORT)
            raw = traits[:, 2] + rng.normal(0.0, 0.5, n_schools)
            intake = _scaled(raw, weight=size, variance=spec.intake_share)
            stages.append(Stage(key, first_grade, subjects, schools, size, intake))
    return tuple(stages)


def make_units(stages: tuple[Stage, ...]) -> pd.DataFrame:
    """Make the organisation tree of the stages' schools, as UNITS rows from the top down."""
    parents = {school.parent for stage in stages for school in stage.schools}
    rows: list[tuple[str | None, ...]] = [
        (CITY, "准绳演示市", "city", None, None, None, None),
        (COUNTY, COUNTY_NAME, "county", CITY, None, None, None),
    ]
    rows += [
        (_township_code(k), _township_name(k), "township", COUNTY, None, None, None)
        for k in range(len(_TOWNSHIPS))
    ]
    rows += [
        (
            _centre_code(k),
            f"{name}演示中心校",
            "centre_school",
            _township_code(k),
            None,
            None,
            None,
        )
        for k, name in enumerate(_TOWNSHIPS)
        if _centre_code(k) in parents
    ]
    rows += [
        (s.code, s.name, "school", s.parent, stage.key, s.school_type, _locale(s.school_type))
        for stage in stages
        for s in stage.schools
    ]
    return UNITS.require(pd.DataFrame(rows, columns=UNITS.names))


def _schools(stage: StageKey, n_schools: int) -> Iterator[School]:
    """List the schools of a stage: county schools, one for each township, then the others."""
    n_direct = max(1, round(_DIRECT_SHARE[stage] * n_schools))
    letter, kind = ("P", "小学") if stage == "primary" else ("J", "中学")
    for i in range(n_schools):
        code = f"{letter}{i + 1:03d}"
        if i < n_direct:
            name = f"演示县第{_numeral(i + 1)}{kind}"
            yield School(code, name, COUNTY, DIRECT, DIRECT)
            continue
        lap, k = divmod(i - n_direct, len(_TOWNSHIPS))
        stem = _TOWNSHIPS[k] + "演示"
        if stage == "junior":
            name = stem + kind if lap == 0 else f"{stem}第{_numeral(lap + 1)}{kind}"
            school_type = "镇初中" if lap == 0 else "农村初中"
            yield School(code, name, _township_code(k), _township_name(k), school_type)
            continue
        # A township's villages differ from each other, and mostly from its neighbours'.
        village = _VILLAGES[(lap - 1 + 5 * k) % len(_VILLAGES)]
        name = f"{stem}中心{kind}" if lap == 0 else f"{stem}{village}{kind}"
        school_type = "中心校" if lap == 0 else "村小"
        yield School(code, name, _centre_code(k), _township_name(k), school_type)


def _scaled(
    raw: NDArray[np.float64], *, weight: NDArray[np.float64], variance: float
) -> NDArray[np.float64]:
    """Return ``raw`` with weighted mean 0 and the weighted variance asked for."""
    centred = raw - np.average(raw, weights=weight)
    spread = float(np.average(centred**2, weights=weight))
    # A single school has no spread to scale: it is the county's mean.
    return centred * np.sqrt(variance / spread) if spread > 0 else np.zeros_like(raw)


def _locale(school_type: str) -> str:
    return "country" if school_type in {"村小", "农村初中"} else "town"


def _township_code(k: int) -> str:
    return f"T{k + 1:02d}"


def _centre_code(k: int) -> str:
    return f"Z{k + 1:02d}"


def _township_name(k: int) -> str:
    return f"{_TOWNSHIPS[k]}演示镇"


def _numeral(number: int) -> str:
    """Write a number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
