"""The correlation of a pupil's results in two subjects, as a matrix fit for computing."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, SettingsError

Floats = NDArray[np.float64]
Correlation = pd.DataFrame | float

_ROUNDING = 1e-9


def correlation_matrix(correlation: Correlation, *, subjects: list[str]) -> Floats:
    """Return the correlation of every two subjects, shape (n_subjects, n_subjects).

    Parameters
    ----------
    correlation : DataFrame or float
        Subjects by subjects, as ``compute_subject_correlation`` gives it, or one number for
        every pair, 0 to 1. A pair that is not known counts as 0, which makes errors of
        differences too large rather than too small.
    subjects : list of str
        In the order of the result.

    Raises
    ------
    SettingsError
        When the number lies outside 0 to 1.
    DataError
        When a subject is missing, or the table is not symmetric within -1 to 1.

    Examples
    --------
    >>> correlation_matrix(0.6, subjects=["chinese", "math"]).tolist()
    [[1.0, 0.6], [0.6, 1.0]]
    """
    if not isinstance(correlation, pd.DataFrame):
        return _uniform(float(correlation), n_subjects=len(subjects))
    missing = [s for s in subjects if s not in correlation.index or s not in correlation]
    if missing:
        raise DataError(
            f"The correlation of subjects lacks {', '.join(missing)} "
            f"({len(missing)} of {len(subjects)}). Compute it from the same exam.",
            f"学科相关表缺少 {'、'.join(missing)}"
            f"（{len(subjects)} 个学科中的 {len(missing)} 个）。请用同一次考试计算。",
        )
    matrix = np.nan_to_num(correlation.loc[subjects, subjects].to_numpy(float), nan=0.0)
    np.fill_diagonal(matrix, 1.0)
    worst = float(max(np.abs(matrix).max(), 1 + np.abs(matrix - matrix.T).max()))
    if worst > 1 + _ROUNDING:
        raise DataError(
            f"The correlation of subjects is not symmetric within -1 to 1 (off by "
            f"{worst - 1:.3g}). Compute it again from its exam.",
            f"学科相关表应对称且在 -1 到 1 之间（偏差 {worst - 1:.3g}）。请由考试重新计算。",
        )
    return _made_possible(matrix)


def _uniform(value: float, *, n_subjects: int) -> Floats:
    if not 0 <= value <= 1:
        raise SettingsError(
            f"The correlation of subjects is {value}. Choose a number from 0 to 1.",
            f"学科间相关系数为 {value}，须在 0 到 1 之间。",
        )
    return np.where(np.eye(n_subjects, dtype=bool), 1.0, value)


def _made_possible(matrix: Floats) -> Floats:
    """Return the matrix without negative eigenvalues, which pairs of other pupils may bring."""
    roots, vectors = np.linalg.eigh(matrix)
    if roots.min() >= 0:
        return matrix
    positive = (vectors * np.maximum(roots, 0.0)) @ vectors.T
    scale = 1 / np.sqrt(np.diag(positive))
    return np.asarray(positive * scale[:, None] * scale)
