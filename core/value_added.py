"""Value-added: how far a school's pupils stand from what their earlier scores led to expect."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.common_sample import CommonSample, common_sample_of, prior_mean_of
from core.errors import NotEstimableError, SettingsError
from core.interval import student_interval
from core.numerics.mixed_model import RandomInterceptFit, estimate_random_intercept
from core.numerics.moments import SchoolMoments, rescale, select_schools, with_school_means
from core.standardise import HUNDREDTHS, Population
from core.tables import MOMENTS, SCHOOL_EFFECTS
from core.verdict import NO_DIFFERENCE, judge_index

__all__ = [
    "CommonSample",
    "FixedEffect",
    "Method",
    "Prior",
    "Scale",
    "ValueAdded",
    "ValueAddedSpec",
    "compute_value_added",
]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Method = Literal["random_intercept", "contextual"]
Scale = Literal["z", "raw"]
Prior = tuple[str, Population]

MEAN_PRIOR = "mean_prior"
"""Name of the fixed effect that ``contextual`` adds: the school's mean of the first prior."""

MIN_SCHOOLS_FAIRNESS = 5
"""Fewest schools over which a correlation with intake says anything."""

_METHODS = ("random_intercept", "contextual")
_SCALES = ("z", "raw")


@dataclass(frozen=True, slots=True)
class ValueAddedSpec:
    """What is chosen by people: the estimator, the unit, and when a figure is too thin.

    Attributes
    ----------
    method : {"random_intercept", "contextual"}
        ``contextual`` adds the school's mean prior, which takes out the advantage of strong
        intakes and with it merit that goes along with intake.
    scale : {"z", "raw"}
        Population SD, or points.
    min_coverage : float
        Least share of a school's current pupils that are matched, 0 to 1.

    Raises
    ------
    SettingsError
        When the method or scale is unknown, or the coverage lies outside 0 to 1.
    """

    method: Method
    scale: Scale
    min_coverage: float = 0.7

    def __post_init__(self) -> None:
        known = self.method in _METHODS and self.scale in _SCALES
        if known and 0 <= self.min_coverage <= 1:
            return
        raise SettingsError(
            f"Value-added settings are method {self.method!r}, scale {self.scale!r}, coverage "
            f"{self.min_coverage}. Choose a method of {', '.join(_METHODS)}, a scale of "
            f"{', '.join(_SCALES)}, and a coverage from 0 to 1.",
            f"增值设置为：方法 {self.method!r}，量尺 {self.scale!r}，"
            f"覆盖率 {self.min_coverage}。方法须为 {'、'.join(_METHODS)}，"
            f"量尺须为 {'、'.join(_SCALES)}，覆盖率须在 0 到 1 之间。",
        )


@dataclass(frozen=True, slots=True)
class FixedEffect:
    """A coefficient of the model and its standard error, in the unit of the scale."""

    name: str
    estimate: float
    se: float


@dataclass(frozen=True, slots=True)
class ValueAdded:
    """The model of one subject and the effects of its schools.

    Attributes
    ----------
    method, scale, subject : str
        What was computed.
    n_pupils, n_schools : int
        Matched pupils, and schools with at least one.
    common_sample : CommonSample
    fixed_effects : tuple of FixedEffect
        "(Intercept)", the priors by name, and "mean_prior" for ``contextual``.
    sigma_u2, sigma_e2, icc : float
        Variance between schools, inside schools, and the share of the former.
    neg2_log_reml : float
        The criterion at its minimum.
    fairness_r : float or None
        Correlation of estimate and mean prior over schools; None when it is undefined.
    status : {"ok", "no_difference_found"}
    schools : DataFrame
        SCHOOL_EFFECTS rows, highest estimate first, those without an estimate last. When no
        difference is found, estimates and standard errors are 0, interval and index null.
    """

    method: Method
    scale: Scale
    subject: str
    n_pupils: int
    n_schools: int
    common_sample: CommonSample
    fixed_effects: tuple[FixedEffect, ...]
    sigma_u2: float
    sigma_e2: float
    icc: float
    neg2_log_reml: float
    fairness_r: float | None
    status: Literal["ok", "no_difference_found"]
    schools: pd.DataFrame


def compute_value_added(
    moments: pd.DataFrame,
    *,
    current: Population,
    priors: tuple[Prior, ...],
    spec: ValueAddedSpec,
) -> ValueAdded:
    """Compute the value-added of the schools in one subject from their cross-moments.

    Parameters
    ----------
    moments : DataFrame
        MOMENTS rows of one subject, in hundredths of a point, with columns x1.., xi_xj for
        i <= j, xi_y and xi_all for as many priors as ``priors`` names.
    current : Population
        Of the subject in the current exam.
    priors : tuple of (str, Population)
        Name and population of each prior score, in the order of the columns.
    spec : ValueAddedSpec
        Estimator, unit and least coverage.

    Raises
    ------
    NotEstimableError
        When the matched pupils are too few, or a score does not vary.
    """
    MOMENTS.require(moments)
    rows = moments.sort_values("school", ignore_index=True)
    matched = rows["n"].to_numpy() > 0
    fit = estimate_random_intercept(
        _design(rows, matched=matched, current=current, priors=priors, spec=spec)
    )
    schools = _schools(rows, matched=matched, fit=fit, prior=priors[0][1], spec=spec)
    names = ["(Intercept)", *(name for name, _ in priors), MEAN_PRIOR]
    effects = zip(names, fit.beta.tolist(), fit.beta_se.tolist(), strict=False)
    return ValueAdded(
        method=spec.method,
        scale=spec.scale,
        subject=str(rows["subject"].iloc[0]),
        n_pupils=fit.n_pupils,
        n_schools=fit.n_schools,
        common_sample=common_sample_of(rows, prior=priors[0][1]),
        fixed_effects=tuple(FixedEffect(*effect) for effect in effects),
        sigma_u2=fit.sigma_u2,
        sigma_e2=fit.sigma_e2,
        icc=fit.sigma_u2 / (fit.sigma_u2 + fit.sigma_e2),
        neg2_log_reml=fit.neg2_log_reml,
        fairness_r=_fairness(schools),
        status="ok" if fit.theta > 0 else "no_difference_found",
        schools=schools,
    )


def _design(
    rows: pd.DataFrame,
    *,
    matched: Bools,
    current: Population,
    priors: tuple[Prior, ...],
    spec: ValueAddedSpec,
) -> SchoolMoments:
    """Return the moments that the model is fitted to, in its unit, of schools with pupils."""
    populations = [*(population for _, population in priors), current]
    unit = (
        populations if spec.scale == "z" else [Population(mean=0.0, sd=1.0)] * len(populations)
    )
    if not all(population.sd > 0 for population in populations):
        raise NotEstimableError(
            f"A score has no spread over the whole grade (SDs "
            f"{', '.join(f'{population.sd:g}' for population in populations)}). Value-added "
            "needs scores that differ. Choose another subject or exam.",
            f"有成绩在全年级没有差异（标准差 "
            f"{'、'.join(f'{population.sd:g}' for population in populations)}）。"
            "增值计算需要有差异的成绩。请换一个学科或一次考试。",
        )
    design = rescale(
        select_schools(_hundredths(rows, n_priors=len(priors)), keep=matched),
        shift=HUNDREDTHS * np.array([population.mean for population in unit]),
        scale=HUNDREDTHS * np.array([population.sd for population in unit]),
    )
    return with_school_means(design, column=1) if spec.method == "contextual" else design


def _hundredths(rows: pd.DataFrame, *, n_priors: int) -> SchoolMoments:
    """Gather the columns of MOMENTS into arrays; whole numbers up to 2**53 stay exact."""
    names = range(1, n_priors + 1)
    xx = np.empty((len(rows), n_priors + 1, n_priors + 1))
    xx[:, 0, 0] = rows["n"]
    for i in names:
        xx[:, 0, i] = xx[:, i, 0] = rows[f"x{i}"]
        for k in range(i, n_priors + 1):
            xx[:, i, k] = xx[:, k, i] = rows[f"x{i}_x{k}"]
    xy = np.column_stack([rows["y"], *(rows[f"x{i}_y"] for i in names)]).astype(float)
    return SchoolMoments(n=xx[:, 0, 0], xx=xx, xy=xy, yy=rows["y_y"].to_numpy(float))


def _schools(
    rows: pd.DataFrame,
    *,
    matched: Bools,
    fit: RandomInterceptFit,
    prior: Population,
    spec: ValueAddedSpec,
) -> pd.DataFrame:
    """Return SCHOOL_EFFECTS rows, highest estimate first."""
    n, n_sat = rows["n"].to_numpy(float), rows["n_sat"].to_numpy(float)
    coverage = n / np.where(n_sat > 0, n_sat, np.nan)
    estimate = _spread(fit.effect, keep=matched)
    se = _spread(fit.se_prediction, keep=matched)
    # The standard error is 0 where no difference is found; an interval would read as certainty.
    found = matched & (fit.theta > 0)
    known = np.where(found, se, np.nan)
    # The spread between schools is known from the schools, not from their pupils.
    df = fit.n_schools - (2 if spec.method == "contextual" else 1)
    ends, index = student_interval(estimate, se=known, df=df), estimate / known
    verdict = pd.Series(judge_index(index), dtype="str").where(found, NO_DIFFERENCE)
    status = np.where(coverage < spec.min_coverage, "low_coverage", "ok")
    frame = pd.DataFrame(
        {
            "school": rows["school"],
            "n": rows["n"],
            "n_sat": rows["n_sat"],
            "n_prior": rows["n_prior"],
            "coverage": coverage,
            "prior_mean": prior_mean_of(rows["x1"], n=rows["n"], prior=prior),
            "prior_mean_all": prior_mean_of(rows["x1_all"], n=rows["n_prior"], prior=prior),
            "estimate": estimate,
            "se_conditional": _spread(fit.se_conditional, keep=matched),
            "se_prediction": se,
            "low": ends.low,
            "high": ends.high,
            "reliability": _spread(fit.reliability, keep=matched),
            "index": index,
            "verdict": verdict.where(matched),
            "status": pd.Series(np.where(matched, status, "not_estimable"), dtype="str"),
        }
    )
    ranked = frame.sort_values("estimate", ascending=False, kind="stable", ignore_index=True)
    return SCHOOL_EFFECTS.require(ranked)


def _spread(values: Floats, *, keep: Bools) -> Floats:
    """Put the values where ``keep`` is true and NaN elsewhere."""
    wide = np.full(keep.shape, np.nan)
    wide[keep] = values
    return wide


def _fairness(schools: pd.DataFrame) -> float | None:
    """Return r(estimate, mean prior) over schools; None when one of them does not vary."""
    known = schools.dropna(subset=["estimate", "prior_mean"])
    if len(known) < MIN_SCHOOLS_FAIRNESS:
        return None
    if known["estimate"].nunique() < 2 or known["prior_mean"].nunique() < 2:
        return None
    return float(np.corrcoef(known["estimate"], known["prior_mean"])[0, 1])
