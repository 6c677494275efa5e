"""INDICATORS rows of one indicator laid out as units by subjects."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError
from core.numerics.group_deviation import Measures
from core.numerics.moderated_error import moderate_se, moderated_freedom
from core.numerics.unshrunken import undo_shrinkage
from core.scores import TOTAL
from core.subject_gaps.correlation import Correlation, correlation_matrix
from core.tables import INDICATORS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One indicator of one exam, shape (n_units, n_subjects), the units sorted.

    Attributes
    ----------
    units, subjects : list of str
    estimate, se, n_pupils : ndarray
        NaN where the figure or its error is not known.
    status : ndarray of str
        Of the figure; ``not_estimable`` where it has no row or no error.
    """

    units: list[str]
    subjects: list[str]
    estimate: Floats
    se: Floats
    n_pupils: Floats
    status: NDArray[np.object_]

    @property
    def freedom(self) -> Floats:
        """Degrees of freedom of the moderated errors, shape (n_units, n_subjects)."""
        return moderated_freedom(self.n_pupils)

    @property
    def weight(self) -> Floats:
        """Mean pupils of each unit over its subjects, shape (n_units,); 0 without any."""
        known = ~np.isnan(self.n_pupils)
        total = np.where(known, self.n_pupils, 0.0).sum(axis=1)
        return np.asarray(total / np.maximum(known.sum(axis=1), 1))

    def measures(self, correlation: Correlation) -> Measures:
        """Return values and error covariances; errors are moderated within each subject."""
        se = moderate_se(self.se, n_pupils=self.n_pupils)
        matrix = correlation_matrix(correlation, subjects=self.subjects)
        return Measures(self.estimate, error=se[:, :, None] * se[:, None, :] * matrix)


def lay_out(
    rows: pd.DataFrame, *, indicator: str, units: pd.Index | None = None, with_total: bool
) -> Sheet:
    """Lay out the rows of an indicator; subjects stay in the order of their first row.

    Parameters
    ----------
    rows : DataFrame
        INDICATORS rows of one exam; other indicators are left out.
    indicator : str
        Which one.
    units : Index of str, optional
        Only these.
    with_total : bool
        Whether the total counts as a subject.

    Raises
    ------
    DataError
        Without rows of the indicator, or with rows of several exams.

    Examples
    --------
    >>> rows = pd.DataFrame({"unit": ["a", "a"], "estimate": [0.3, 0.1]})
    >>> rows = rows.assign(exam="E", subject=["math", "total"], indicator="z",
    ...                    se=0.01, low=0, high=0, n_pupils=90, reliability=0, status="ok")
    >>> lay_out(rows, indicator="z", with_total=False).estimate.tolist()
    [[0.3]]
    """
    INDICATORS.require(rows)
    chosen = rows[rows["indicator"] == indicator]
    if units is not None:
        chosen = chosen[chosen["unit"].isin(units)]
    if not with_total:
        chosen = chosen[chosen["subject"] != TOTAL]
    n_exams = chosen["exam"].nunique()
    if n_exams != 1:
        raise DataError(
            f"Gaps need the rows of one exam with the indicator {indicator} (found: exams "
            f"{n_exams}). Choose one exam that has it.",
            f"计算差距需要一次考试的 {indicator} 指标（现有 {n_exams} 次）。请选择一次考试。",
        )
    subjects = list(chosen["subject"].unique())
    names = sorted(chosen["unit"].unique())
    keyed = chosen.set_index(["unit", "subject"])
    cells = pd.MultiIndex.from_product([names, subjects], names=["unit", "subject"])
    wide = keyed[["estimate", "se", "n_pupils", "status"]].reindex(cells)
    shape = (len(names), len(subjects))
    known = (wide["status"] == "ok") & wide[["estimate", "se", "n_pupils"]].notna().all(axis=1)
    status = wide["status"].where(known | (wide["status"] != "ok")).fillna("not_estimable")
    return Sheet(
        units=names,
        subjects=subjects,
        estimate=_array(wide["estimate"].where(known), shape),
        se=_array(wide["se"].where(known), shape),
        n_pupils=_array(wide["n_pupils"].where(known), shape),
        status=status.to_numpy(object).reshape(shape),
    )


def placed_units(groups: pd.Series) -> pd.Series:
    """Return the units that have a group; ``groups`` is indexed by unit.

    Raises
    ------
    DataError
        When units have more than one row.

    Examples
    --------
    >>> placed_units(pd.Series(["village", None], index=["a", "b"])).to_dict()
    {'a': 'village'}
    """
    repeated = sorted({str(unit) for unit in groups.index[groups.index.duplicated()]})
    if repeated:
        raise DataError(
            f"Each unit has one group; units with several: {len(repeated)} "
            f"({', '.join(repeated[:5])}). Keep one row of each.",
            f"每个单位应只属于一个组；有多行的单位 {len(repeated)} 个"
            f"（{'、'.join(repeated[:5])}）。请每个单位只保留一行。",
        )
    return groups.dropna()


def _array(column: pd.Series, shape: tuple[int, int]) -> Floats:
    return np.asarray(column.to_numpy(np.float64, na_value=np.nan).reshape(shape), np.float64)


def undo_shrinkage_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return INDICATORS rows of shrunken estimates as raw ones, ready to be shrunk anew.

    Parameters
    ----------
    rows : DataFrame
        INDICATORS rows whose ``reliability`` is the factor of their shrinkage toward 0, such
        as value-added. Where it is 0 or null the row becomes ``not_estimable``.

    Examples
    --------
    >>> row = {"unit": "S", "exam": "E", "subject": "math", "indicator": "value_added"}
    >>> row |= {"estimate": 0.4, "se": 0.2, "low": 0.0, "high": 0.8, "n_pupils": 30}
    >>> raw = undo_shrinkage_of(pd.DataFrame([row | {"reliability": 0.8, "status": "ok"}]))
    >>> raw["estimate"].item(), raw["reliability"].isna().item()
    (0.5, True)
    """
    INDICATORS.require(rows)
    raw = undo_shrinkage(
        rows["estimate"].to_numpy(float),
        se=rows["se"].to_numpy(float),
        reliability=rows["reliability"].to_numpy(float),
    )
    lost = (rows["status"] == "ok").to_numpy() & np.isnan(raw.estimate)
    return rows.assign(
        estimate=raw.estimate,
        se=raw.se,
        low=np.nan,
        high=np.nan,
        reliability=np.nan,
        status=rows["status"].mask(lost, "not_estimable"),
    )
