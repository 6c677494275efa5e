"""Attainment of classes as INDICATORS, from the sums of their scores."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.class_tables import CLASS_MOMENTS
from core.interval import normal_interval
from core.standardise import HUNDREDTHS, Population
from core.tables import INDICATORS

FIGURES = ("z", "mean", "sd")


def class_codes(school: pd.Series, class_name: pd.Series) -> pd.Series:
    """Return a code for each class that no other class of the county has.

    Pupils without a class of one school share a code that ends with the stroke.

    Examples
    --------
    >>> class_codes(pd.Series(["A", "A"]), pd.Series(["1班", None])).tolist()
    ['A/1班', 'A/']
    """
    return (school.astype("str") + "/" + class_name.fillna("").astype("str")).astype("str")


def compute_class_figures(
    moments: pd.DataFrame, *, populations: Mapping[str, Population], exam: str
) -> pd.DataFrame:
    """Compute z, mean and SD of every class in every subject.

    Parameters
    ----------
    moments : DataFrame
        CLASS_MOMENTS rows; pupils without a class of a school count as one.
    populations : mapping of str to Population
        Of each subject over the whole exam.
    exam : str
        Name of the exam, for the rows.

    Returns
    -------
    DataFrame
        INDICATORS rows, the units being ``class_codes``; a class of one pupil has no error and
        is ``not_estimable``.

    Examples
    --------
    >>> sums = {"subject": "math", "school": "A", "class_name": "1班", "n": 2, "y": 14000}
    >>> sums |= {"y_y": 100000000, "lowest": 6000, "highest": 8000, "n_excellent": 0}
    >>> rows = pd.DataFrame([sums | {"n_good": 1, "n_pass": 2, "n_low": 0}])
    >>> figures = compute_class_figures(
    ...     rows, populations={"math": Population(60.0, 10.0)}, exam="期末")
    >>> figures[["unit", "indicator", "estimate", "se"]].to_numpy().tolist()[0]
    ['A/1班', 'z', 1.0, 1.0]
    """
    CLASS_MOMENTS.require(moments)
    n = moments["n"].to_numpy(float)
    mean = moments["y"].to_numpy(float) / n
    squares = np.maximum(moments["y_y"].to_numpy(float) - n * mean**2, 0.0)
    se = np.sqrt(squares / np.where(n > 1, n * (n - 1), np.nan)) / HUNDREDTHS
    centre, unit = _population(moments["subject"], populations)
    points = mean / HUNDREDTHS
    no_error = np.full(n.shape, np.nan)
    figures = {
        "z": ((points - centre) / unit, se / unit),
        "mean": (points, se),
        "sd": (np.sqrt(squares / n) / HUNDREDTHS, no_error),
    }
    codes = class_codes(moments["school"], moments["class_name"])
    parts = [
        _rows(moments, codes, name, estimate=estimate, se=error)
        for name, (estimate, error) in figures.items()
    ]
    rows = pd.concat(parts, ignore_index=True).assign(exam=pd.Series(dtype="str"))
    rows["exam"] = pd.Series([exam] * len(rows), dtype="str")
    return INDICATORS.require(rows[INDICATORS.names])


def _population(
    subjects: pd.Series, populations: Mapping[str, Population]
) -> tuple[np.ndarray, np.ndarray]:
    found = [populations[str(subject)] for subject in subjects]
    sd = np.array([population.sd for population in found])
    mean = np.array([population.mean for population in found])
    return mean, np.where(sd > 0, sd, np.nan)


def _rows(
    moments: pd.DataFrame,
    codes: pd.Series,
    indicator: str,
    *,
    estimate: np.ndarray,
    se: np.ndarray,
) -> pd.DataFrame:
    ends = normal_interval(estimate, se=se)
    # A spread has no error here; every other figure needs one to be compared.
    known = ~np.isnan(estimate) & (~np.isnan(se) | (indicator == "sd"))
    blank = {
        name: np.where(known, values, np.nan)
        for name, values in {"estimate": estimate, "se": se, "low": ends.low}.items()
    }
    return pd.DataFrame(
        {
            "unit": codes.to_numpy(),
            "subject": moments["subject"].astype("str").to_numpy(),
            "indicator": indicator,
            **blank,
            "high": np.where(known, ends.high, np.nan),
            "n_pupils": moments["n"].to_numpy(),
            "reliability": np.nan,
            "status": np.where(known, "ok", "not_estimable"),
        }
    ).astype({"unit": "str", "subject": "str", "indicator": "str", "status": "str"})
