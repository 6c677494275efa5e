"""Counties drawn at the level of pupils' scores, with known truth, for the judgement study.

Screening: pupil i of school j has x_ij = intake_j + N(0, 1 - 0.2) and

    y_ij = 0.8 x_ij + v_j + N(0, 0.5^2)

the intake has variance 0.2 over schools and v_j is the true value added. Subject gaps: the z
of a school are its true z and errors of covariance R sigma^2 / n.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

EXAM = "exam"
SUBJECT = "total"
TYPES = ("town", "centre", "village")
# Usual pupils a grade and mean intake of each type.
_SIZE = np.array([250.0, 100.0, 25.0])
_INTAKE = np.array([0.35, 0.0, -0.35])
_SD_INTAKE, _SD_VALUE_ADDED, _SD_PUPIL, _SLOPE = 0.35, 0.2, 0.5, 0.8
_SD_PRIOR = float(np.sqrt(0.8))
_LOW_LINE, _BOTTOM_LINE = -1.28, -0.84


@dataclass(frozen=True, slots=True)
class ScreenedCounty:
    """Figures of a county as the screening gets them, and what is true.

    Attributes
    ----------
    rows : DataFrame
        INDICATORS rows.
    groups : Series, indexed by school
        Comparison groups.
    truth : DataFrame, indexed by school
        True value of every indicator, in its column.
    """

    rows: pd.DataFrame
    groups: pd.Series
    truth: pd.DataFrame


@dataclass(frozen=True, slots=True)
class GappedCounty:
    """Subject results of a county, and the true gaps.

    Attributes
    ----------
    rows : DataFrame
        INDICATORS rows of z.
    groups : Series, indexed by school
    gap : ndarray, shape (n_schools, n_subjects)
        True gaps; exactly 0 wherever there is none, since in every school and in the pupils
        of every group they sum to 0.
    """

    rows: pd.DataFrame
    groups: pd.Series
    gap: Floats


def draw_screened_county(rng: np.random.Generator, *, n_schools: int = 60) -> ScreenedCounty:
    """Draw a county for the screening."""
    kind = np.sort(rng.integers(0, len(TYPES), n_schools))
    n = np.clip(_SIZE[kind] * rng.lognormal(0, 0.35, n_schools), 10, 390).astype(np.int64)
    intake = _INTAKE[kind] + rng.normal(0, _SD_INTAKE, n_schools)
    added = rng.normal(0, _SD_VALUE_ADDED, n_schools)
    level = _SLOPE * intake + added
    school = np.repeat(np.arange(n_schools), n)
    prior = intake[school] + rng.normal(0, _SD_PRIOR, school.size)
    residual = added[school] + rng.normal(0, _SD_PUPIL, school.size)
    score = _SLOPE * prior + residual
    sd = float(np.hypot(_SLOPE * _SD_PRIOR, _SD_PUPIL))
    pupils = {
        "z": score,
        "value_added": residual,
        "low_rate": (score < _LOW_LINE).astype(float),
        "bottom20_share": (score < _BOTTOM_LINE).astype(float),
    }
    codes = _codes(n_schools)
    frames = [
        _indicator_rows(values, school=school, n=n, codes=codes, indicator=name)
        for name, values in pupils.items()
    ]
    truth = pd.DataFrame(
        {
            "z": level,
            "value_added": added,
            "low_rate": ndtr((_LOW_LINE - level) / sd),
            "bottom20_share": ndtr((_BOTTOM_LINE - level) / sd),
        },
        index=codes,
    )
    groups = pd.Series(np.array(TYPES)[kind], index=codes)
    return ScreenedCounty(pd.concat(frames, ignore_index=True), groups=groups, truth=truth)


def draw_gapped_county(
    rng: np.random.Generator,
    *,
    correlation: float,
    n_quads: int,
    n_schools: int = 60,
    n_subjects: int = 9,
) -> GappedCounty:
    """Draw a county with 4 ``n_quads`` true gaps of 0.15 to 0.45, the others exactly 0.

    Schools come in pairs of equal size. A quad is strong in one subject and weak in another,
    and its partner the other way round.
    """
    n = np.repeat(np.clip(rng.lognormal(4.2, 0.9, n_schools // 2), 10, 390), 2).round()
    gap = np.zeros((n_schools, n_subjects))
    while np.count_nonzero(gap) < 4 * n_quads:
        j = 2 * int(rng.integers(n_schools // 2))
        s, t = rng.choice(n_subjects, 2, replace=False)
        if not gap[j, [s, t]].any():
            size = rng.uniform(0.15, 0.45)
            gap[np.ix_([j, j + 1], [s, t])] = size * np.array([[1, -1], [-1, 1]])
    common = rng.normal(0, np.sqrt(correlation), (n_schools, 1))
    own = rng.normal(0, np.sqrt(1 - correlation), (n_schools, n_subjects))
    level = rng.normal(0, 0.35, (n_schools, 1))
    z = level + gap + 0.9 * (common + own) / np.sqrt(n)[:, None]
    # The SD of a subject in a school is known from its pupils only.
    sd = 0.9 * np.sqrt(rng.chisquare(n[:, None] - 1, z.shape) / (n[:, None] - 1))
    codes = _codes(n_schools)
    subject = [f"subject {s + 1}" for s in range(n_subjects)]
    rows = _rows(
        unit=np.repeat(codes, n_subjects),
        subject=np.tile(subject, n_schools),
        indicator="z",
        estimate=z.ravel(),
        se=(sd / np.sqrt(n)[:, None]).ravel(),
        n_pupils=np.repeat(n, n_subjects),
    )
    kind = np.arange(n_schools) // 2 % len(TYPES)
    return GappedCounty(rows, groups=pd.Series(np.array(TYPES)[kind], index=codes), gap=gap)


def _codes(n_schools: int) -> list[str]:
    return [f"S{j:03d}" for j in range(n_schools)]


def _indicator_rows(
    values: Floats, *, school: Indices, n: Indices, codes: list[str], indicator: str
) -> pd.DataFrame:
    """Return school means and their standard errors from pupils' values."""
    mean = np.bincount(school, weights=values) / n
    squares = np.bincount(school, weights=(values - mean[school]) ** 2)
    return _rows(
        unit=np.array(codes),
        subject=np.repeat(SUBJECT, n.size),
        indicator=indicator,
        estimate=mean,
        se=np.sqrt(squares / (n - 1) / n),
        n_pupils=n,
    )


def _rows(
    *,
    unit: NDArray[np.str_],
    subject: NDArray[np.str_],
    indicator: str,
    estimate: Floats,
    se: Floats,
    n_pupils: Floats | Indices,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": pd.Series(unit, dtype="str"),
            "exam": EXAM,
            "subject": pd.Series(subject, dtype="str"),
            "indicator": indicator,
            "estimate": estimate,
            "se": se,
            "low": np.nan,
            "high": np.nan,
            "n_pupils": n_pupils.astype(np.int64),
            "reliability": 1.0,
            "status": "ok",
        }
    )
