"""What is known of the schools: raw indicators over the years, with their errors."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError
from core.numerics.moderated_error import moderate_se
from core.numerics.unshrunken import undo_shrinkage
from core.weak_schools.spec import YEAR_WEIGHTS, WeakIndicator, WeakSchoolSpec

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Indicators of the schools over all years.

    Attributes
    ----------
    estimate : ndarray, shape (n_schools, n_indicators)
        Mean over the years by 3:2:1, each less its year's mean of the group; NaN where no year
        has it.
    error : ndarray, shape (n_schools, n_indicators, n_indicators)
        Covariances of the errors; 0 for what is not known.
    is_suppressed : ndarray of bool, shape (n_schools,)
        Schools without any figure, one of which is suppressed.
    """

    estimate: Floats
    error: Floats
    is_suppressed: NDArray[np.bool_]


def gather_evidence(
    rows: pd.DataFrame,
    *,
    schools: pd.Index,
    group: Indices,
    spec: WeakSchoolSpec,
    correlation: pd.DataFrame,
) -> Evidence:
    """Gather the figures of the spec's indicators and exams, in the order of ``schools``.

    Raises
    ------
    DataError
        When the correlation of errors lacks an indicator.

    Examples
    --------
    >>> from core.weak_schools.error_correlation import error_correlation_of
    >>> rows = pd.DataFrame({"unit": ["a", "b"], "estimate": [0.3, 0.1]})
    >>> rows = rows.assign(exam="E", subject="total", indicator="z",
    ...                    se=0.01, low=0, high=0, n_pupils=90, reliability=0, status="ok")
    >>> spec = WeakSchoolSpec(exams=("E",), indicators=(WeakIndicator("z", 1.0),))
    >>> gather_evidence(rows, schools=pd.Index(["a", "b"]), group=np.zeros(2, int), spec=spec,
    ...                 correlation=error_correlation_of()).estimate.round(3).tolist()
    [[0.1], [-0.1]]
    """
    names = [indicator.name for indicator in spec.indicators]
    matrix = _matrix(correlation, names=names)
    chosen = rows[
        (rows["subject"] == spec.subject)
        & rows["indicator"].isin(names)
        & rows["exam"].isin(spec.exams)
        & rows["unit"].isin(schools)
    ]
    keyed = chosen.set_index(["exam", "indicator", "unit"]).sort_index()
    shape = (len(spec.exams), len(schools), len(names))
    estimate, se = np.full(shape, np.nan), np.full(shape, np.nan)
    for y, exam in enumerate(spec.exams):
        for k, indicator in enumerate(spec.indicators):
            cells = pd.MultiIndex.from_product([[exam], [indicator.name], schools])
            estimate[y, :, k], se[y, :, k] = _raw(keyed.reindex(cells), indicator)
    seen = ~np.isnan(estimate).all(axis=(0, 2))
    hidden = chosen.loc[chosen["status"] == "suppressed", "unit"]
    mean, error = _over_years(estimate, se=se, group=group, correlation=matrix)
    return Evidence(mean, error=error, is_suppressed=schools.isin(hidden) & ~seen)


def _matrix(correlation: pd.DataFrame, *, names: list[str]) -> Floats:
    missing = [n for n in names if n not in correlation.index or n not in correlation]
    if missing:
        raise DataError(
            f"The correlation of errors lacks {', '.join(missing)} ({len(missing)} of "
            f"{len(names)} indicators). Give a table with every indicator.",
            f"误差相关表缺少 {'、'.join(missing)}"
            f"（{len(names)} 个指标中的 {len(missing)} 个）。请提供包含全部指标的相关表。",
        )
    return correlation.loc[names, names].to_numpy(np.float64)


def _raw(cells: pd.DataFrame, indicator: WeakIndicator) -> tuple[Floats, Floats]:
    """Return raw estimates and moderated errors of one indicator in one exam."""
    figures = cells[["estimate", "se", "n_pupils", "reliability"]].to_numpy(
        np.float64, na_value=np.nan
    )
    is_known = (cells["status"] == "ok").fillna(value=False).to_numpy(bool)
    estimate, se, n_pupils, reliability = np.where(is_known[:, None], figures, np.nan).T
    if indicator.is_shrunken:
        raw = undo_shrinkage(estimate, se=se, reliability=reliability)
        estimate, se = raw.estimate, raw.se
    se = moderate_se(se, n_pupils=n_pupils)
    # No error at all is no evidence: everybody has the same value.
    known = ~np.isnan(estimate) & (se > 0)
    return np.where(known, estimate, np.nan), np.where(known, se, np.nan)


def _over_years(
    estimate: Floats, *, se: Floats, group: Indices, correlation: Floats
) -> tuple[Floats, Floats]:
    """Average raw values over the years a school has; the years' errors are independent."""
    known = ~np.isnan(estimate)
    weight = np.where(known, np.array(YEAR_WEIGHTS[: len(estimate)])[:, None, None], 0.0)
    total = weight.sum(axis=0)
    share = weight / np.where(total > 0, total, 1.0)
    # Papers differ from year to year: a school that lacks a hard one is not the better for it.
    centred = np.stack([_less_group_mean(year, group=group) for year in estimate])
    mean = (share * np.where(known, centred, 0.0)).sum(axis=0)
    part = share * np.where(known, se, 0.0)
    error = (part[:, :, :, None] * part[:, :, None, :] * correlation).sum(axis=0)
    return np.where(total > 0, mean, np.nan), error


def _less_group_mean(values: Floats, *, group: Indices) -> Floats:
    frame = pd.DataFrame(values)
    return (frame - frame.groupby(group).transform("mean")).to_numpy(np.float64)
