"""SCHOOL_EFFECTS rows from the figures of an estimator, and the result around them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from core.common_sample import common_sample_of, prior_mean_of
from core.interval import Interval
from core.numerics.shrinkage import shrink
from core.tables import SCHOOL_EFFECTS
from core.value_added.fairness import fairness_of
from core.value_added.inputs import Floats, ValueAddedInputs
from core.value_added.result import ValueAdded
from core.verdict import NO_DIFFERENCE, judge_index


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """Figures of all rows of the moments, shape (n_rows,); NaN where not estimable.

    Attributes
    ----------
    estimate, se_conditional, se_prediction, reliability : ndarray
    ends : Interval
        Of the estimate, 95 %.
    index : ndarray
        Estimate / SE; NaN where no difference is found.
    is_found : bool
        Whether the schools differ by more than chance; else no school has its own verdict.
    """

    estimate: Floats
    se_conditional: Floats
    se_prediction: Floats
    reliability: Floats
    ends: Interval
    index: Floats
    is_found: bool


def school_rows(inputs: ValueAddedInputs, figures: SchoolFigures) -> pd.DataFrame:
    """Return SCHOOL_EFFECTS rows, highest estimate first, those without one last.

    Examples
    --------
    >>> from core.standardise import Population
    >>> from core.value_added.spec import ValueAddedSpec
    >>> rows = pd.DataFrame({"school": ["A"], "n": [9], "n_sat": [10], "n_prior": [9],
    ...                      "x1": [54000], "x1_all": [54000]})
    >>> spec = ValueAddedSpec(method="z_change", scale="z")
    >>> inputs = ValueAddedInputs(
    ...     rows, Population(60, 10), (("x", Population(50, 10)),), (), spec, None)
    >>> one, ends = np.array([0.4]), Interval(low=np.array([0.0]), high=np.array([0.8]))
    >>> figures = SchoolFigures(one, one / 2, one / 2, one, ends, one * 5, is_found=True)
    >>> school_rows(inputs, figures)[["coverage", "prior_mean", "verdict"]].to_numpy().tolist()
    [[0.9, 1.0, 'well_above']]
    """
    rows, first = inputs.rows, inputs.priors[0][1]
    n, n_sat = rows["n"].to_numpy(float), rows["n_sat"].to_numpy(float)
    coverage = n / np.where(n_sat > 0, n_sat, np.nan)
    known = ~np.isnan(figures.estimate)
    verdict = pd.Series(judge_index(figures.index), dtype="str")
    verdict = verdict.where(known & figures.is_found, NO_DIFFERENCE)
    status = np.where(coverage < inputs.spec.min_coverage, "low_coverage", "ok")
    frame = pd.DataFrame(
        {
            "school": rows["school"],
            "n": rows["n"],
            "n_sat": rows["n_sat"],
            "n_prior": rows["n_prior"],
            "coverage": coverage,
            "prior_mean": prior_mean_of(rows["x1"], n=rows["n"], prior=first),
            "prior_mean_all": prior_mean_of(rows["x1_all"], n=rows["n_prior"], prior=first),
            "estimate": figures.estimate,
            "se_conditional": figures.se_conditional,
            "se_prediction": figures.se_prediction,
            "low": figures.ends.low,
            "high": figures.ends.high,
            "reliability": figures.reliability,
            "index": figures.index,
            "verdict": verdict.where(known),
            "status": pd.Series(np.where(known, status, "not_estimable"), dtype="str"),
        }
    )
    ranked = frame.sort_values("estimate", ascending=False, kind="stable", ignore_index=True)
    return SCHOOL_EFFECTS.require(ranked)


def result_without_model(
    inputs: ValueAddedInputs,
    *,
    estimate: Floats,
    se: Floats,
    ends: Interval,
    n_prior_groups: int | None = None,
) -> ValueAdded:
    """Return the result of an estimator that has a figure and an error per school, no more.

    Parameters
    ----------
    inputs : ValueAddedInputs
    estimate, se : ndarray, shape (n_rows,)
        Of the rows of the moments; a school without both, or with an error of 0, is not
        estimable.
    ends : Interval
        Of the estimates, 95 %.
    n_prior_groups : int, optional

    Raises
    ------
    NotEstimableError
        With fewer than two schools that can be estimated.

    Examples
    --------
    >>> from core.interval import normal_interval
    >>> from core.standardise import Population
    >>> from core.value_added.spec import ValueAddedSpec
    >>> rows = pd.DataFrame({"school": ["A", "B"], "subject": "math", "n": 9, "n_sat": 9,
    ...                      "n_prior": 9, "x1": 540, "x1_all": 540})
    >>> unit, spec = Population(60.0, 10.0), ValueAddedSpec(method="z_change", scale="z")
    >>> inputs = ValueAddedInputs(rows, unit, (("x", unit),), (), spec, None)
    >>> estimate, se = np.array([0.4, -0.3]), np.array([0.1, 0.1])
    >>> ends = normal_interval(estimate, se=se)
    >>> result = result_without_model(inputs, estimate=estimate, se=se, ends=ends)
    >>> result.schools["verdict"].tolist(), round(result.icc, 3)
    (['well_above', 'well_below'], 0.723)
    """
    known = ~np.isnan(estimate) & (se > 0)
    figure, error = np.where(known, estimate, np.nan), np.where(known, se, np.nan)
    shrunken = shrink(figure, se=error)
    n = inputs.rows["n"].to_numpy(float)[known]
    of_pupils = float(np.average(n * error[known] ** 2, weights=n))
    low, high = (np.where(known, end, np.nan) for end in (ends.low, ends.high))
    is_found = shrunken.tau2 > 0
    index = figure / error if is_found else np.full(figure.shape, np.nan)
    figures = SchoolFigures(
        estimate=figure,
        se_conditional=error,
        se_prediction=error,
        reliability=shrunken.reliability,
        ends=Interval(low=low, high=high),
        index=index,
        is_found=is_found,
    )
    schools = school_rows(inputs, figures)
    return ValueAdded(
        method=inputs.spec.method,
        scale=inputs.spec.scale,
        subject=inputs.subject,
        n_pupils=int(inputs.rows["n"].sum()),
        n_schools=int(inputs.matched.sum()),
        common_sample=common_sample_of(inputs.rows, prior=inputs.priors[0][1]),
        fixed_effects=(),
        sigma_u2=shrunken.tau2,
        sigma_e2=of_pupils,
        icc=shrunken.tau2 / (shrunken.tau2 + of_pupils),
        neg2_log_reml=None,
        fairness_r=fairness_of(schools),
        status=found_status(is_found=is_found),
        schools=schools,
        n_prior_groups=n_prior_groups,
    )


def found_status(*, is_found: bool) -> Literal["ok", "no_difference_found"]:
    """Return the status of a result by whether schools differ by more than chance.

    Examples
    --------
    >>> found_status(is_found=False)
    'no_difference_found'
    """
    return "ok" if is_found else "no_difference_found"
