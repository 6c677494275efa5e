"""The figures that a judgement looks at, laid out by the cells unit x subject."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError
from core.tables import INDICATORS, SCHOOL_EFFECTS, SUBJECT_GAPS
from core.verdict import NO_DIFFERENCE

Floats = NDArray[np.float64]
Words = NDArray[np.str_]
Flags = NDArray[np.bool_]

OK = "ok"
"""Reason of a figure that can be judged; others tell why it cannot."""


@dataclass(frozen=True, slots=True)
class ExamFigures:
    """What is known when one exam is judged.

    Attributes
    ----------
    current : DataFrame
        INDICATORS rows of one exam.
    previous : DataFrame or None
        INDICATORS rows of the exam before.
    value_added : mapping of str to DataFrame
        SCHOOL_EFFECTS rows by subject; empty where no pair of exams is linked.
    gaps : DataFrame or None
        SUBJECT_GAPS rows.
    """

    current: pd.DataFrame
    previous: pd.DataFrame | None
    value_added: Mapping[str, pd.DataFrame]
    gaps: pd.DataFrame | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over all cells.

    Attributes
    ----------
    value : ndarray, shape (n_cells,)
        NaN where it is not known.
    better : ndarray, shape (n_cells,)
        The other end, where only a range is told; else the value.
    n_pupils : ndarray, shape (n_cells,)
        Pupils that it rests on; NaN where hidden.
    se : ndarray, shape (n_cells,)
        Standard error of a change; NaN for other figures.
    clear : ndarray of bool, shape (n_cells,)
        More than chance: a change beyond 1.96 SE, a gap that is flagged; True for others.
    reason : ndarray of str, shape (n_cells,)
        ``ok``, or why it cannot be judged.
    """

    value: Floats
    better: Floats
    n_pupils: Floats
    se: Floats
    clear: Flags
    reason: Words


def require_figures(figures: ExamFigures) -> str:
    """Return the name of the exam, after every table was found as declared.

    Raises
    ------
    DataError
        When a table is not as declared, or the current rows are of no exam or of several.
    """
    INDICATORS.require(figures.current)
    if figures.previous is not None:
        INDICATORS.require(figures.previous)
    if figures.gaps is not None:
        SUBJECT_GAPS.require(figures.gaps)
    for effects in figures.value_added.values():
        SCHOOL_EFFECTS.require(effects)
    exams = figures.current["exam"].unique().tolist()
    if len(exams) != 1:
        raise DataError(
            f"Bands are judged for one exam at a time (found: exams {len(exams)}). Pass the "
            "rows of one exam.",
            f"预警每次只判定一场考试（现有 {len(exams)} 场）。请只传入一场考试的数据。",
        )
    return str(exams[0])


def level_figure(
    rows: pd.DataFrame, indicator: str, *, cells: pd.MultiIndex, worse: int
) -> Figure:
    """Return an indicator of one exam; a coded share keeps both ends of its range."""
    own = rows[rows["indicator"] == indicator].set_index(["unit", "subject"]).reindex(cells)
    value, coded = own["estimate"].to_numpy(float), (own["status"] == "coded").to_numpy()
    low, high = own["low"].to_numpy(float), own["high"].to_numpy(float)
    worst, best = (high, low) if worse > 0 else (low, high)
    return _figure(
        np.where(coded, worst, value),
        better=np.where(coded, best, value),
        n=own["n_pupils"],
        status=own["status"].mask(own["status"] == "coded", OK),
    )


def change_figure(
    changes: pd.DataFrame, level: Figure, *, indicator: str, cells: pd.MultiIndex
) -> Figure:
    """Return the change of an indicator, from rows of ``compute_change`` and its level now."""
    own = changes[changes["indicator"] == indicator].set_index(["unit", "subject"])
    own = own.reindex(cells)
    known = own["verdict"].notna().to_numpy()
    value = np.where(known, own["change"].to_numpy(float), np.nan)
    return Figure(
        value=value,
        better=value,
        n_pupils=level.n_pupils,
        se=own["se"].to_numpy(float),
        clear=own["verdict"].isin(["up", "down"]).to_numpy(),
        reason=np.where((level.reason == OK) & ~known, "no_earlier", level.reason),
    )


def value_added_figure(
    effects: Mapping[str, pd.DataFrame], *, cells: pd.MultiIndex, min_coverage: float
) -> Figure:
    """Return the value-added index; where no school differs it is unknown, and that is fine."""
    if not effects:
        return _not_given(len(cells))
    rows = pd.concat([frame.assign(subject=subject) for subject, frame in effects.items()])
    own = rows.set_index(["school", "subject"]).reindex(cells)
    thin = (own["status"] == OK) & (own["coverage"] < min_coverage)
    alike = ((own["verdict"] == NO_DIFFERENCE) & (own["status"] == OK)).to_numpy()
    value = np.where(alike, 0.0, own["index"].to_numpy(float))
    found = _figure(value, n=own["n"], status=own["status"].mask(thin, "low_coverage"))
    return replace(found, value=np.where(alike, np.nan, found.value), clear=~alike)


def gap_figure(gaps: pd.DataFrame | None, *, cells: pd.MultiIndex) -> Figure:
    """Return the shrunken subject gap; clear where it is flagged as a weak subject."""
    if gaps is None:
        return _not_given(len(cells))
    own = gaps.set_index(["school", "subject"]).reindex(cells)
    found = _figure(own["gap"].to_numpy(float), n=own["n_pupils"], status=own["status"])
    return replace(found, clear=(own["flag"] == "weak").to_numpy())


def _figure(
    value: Floats, *, n: pd.Series, status: pd.Series, better: Floats | None = None
) -> Figure:
    reason = status.fillna("not_given").to_numpy(dtype=np.str_)
    unknown = np.isnan(value) & (reason == OK)
    return Figure(
        value=np.where(reason == OK, value, np.nan),
        better=value if better is None else better,
        n_pupils=n.to_numpy(dtype=float, na_value=np.nan),
        se=np.full(value.shape, np.nan),
        clear=np.ones(value.shape, dtype=np.bool_),
        reason=np.where(unknown, "not_estimable", reason),
    )


def _not_given(n_cells: int) -> Figure:
    unknown = np.full(n_cells, np.nan)
    return _figure(unknown, n=pd.Series(unknown), status=pd.Series(["not_given"] * n_cells))
