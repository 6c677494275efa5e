"""Reads the public data sets and R's figures about them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from core.numerics.moments import SchoolMoments, moments_from_rows

FOLDER = Path(__file__).parent

# Design columns after the intercept; text columns become 0/1 columns named after a value.
DESIGNS: dict[tuple[str, str], list[str]] = {
    ("Exam", "null"): [],
    ("Exam", "va"): ["standLRT"],
    ("Exam", "softrev"): ["standLRT", "M", "boys", "girls"],
    ("Exam", "cov"): ["standLRT", "M", "boys", "girls", "schavg"],
    ("Chem97", "null"): [],
    ("Chem97", "va"): ["gcsecnt"],
    ("Chem97", "cov"): ["gcsecnt", "F", "age"],
}
OUTCOME = {"Exam": "normexam", "Chem97": "score"}


def read_figures(name: str) -> Any:
    """Return R's figures, as the JSON file holds them."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_pupils(data_set: str) -> pd.DataFrame:
    """Return the pupil rows of ``Exam`` or ``Chem97`` with 0/1 columns for text ones."""
    packed = FOLDER / f"{data_set}.csv.gz"
    pupils = pd.read_csv(packed if packed.exists() else FOLDER / f"{data_set}.csv")
    words = [name for name in ("sex", "gender", "schgend") if name in pupils]
    flags = [pd.get_dummies(pupils[name], dtype=float) for name in words]
    return pd.concat([pupils, *flags], axis=1)


def moments_of(pupils: pd.DataFrame, *, columns: list[str], outcome: str) -> SchoolMoments:
    """Sum pupils into moments, schools in the order of their number."""
    return moments_from_table(pupils, school="school", columns=columns, outcome=outcome)


def moments_from_table(
    pupils: pd.DataFrame, *, school: str, columns: list[str], outcome: str
) -> SchoolMoments:
    """Sum pupils into moments, the units of column ``school`` in their order."""
    unit, _ = pd.factorize(pupils[school], sort=True)
    x = np.column_stack([np.ones(len(pupils)), *(pupils[name] for name in columns)])
    return moments_from_rows(
        unit.astype(np.int64), x=x.astype(float), y=pupils[outcome].to_numpy(float)
    )
