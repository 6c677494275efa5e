"""INDICATORS rows from plain arrays, for tests of what is computed from figures."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.tables import INDICATORS


def make_figures(
    estimate: ArrayLike,
    *,
    se: ArrayLike = 0.1,
    n_pupils: ArrayLike = 100,
    subjects: Sequence[str] = ("total",),
    indicator: str = "z",
    exam: str = "E",
    units: Sequence[str] = (),
) -> pd.DataFrame:
    """Return rows of units x subjects; units are S00, S01 and so on; NaN is not estimable."""
    value = np.atleast_2d(np.asarray(estimate, float))
    names = list(units) or [f"S{j:02d}" for j in range(len(value))]
    frame = pd.DataFrame(
        {
            "unit": np.repeat(names, len(subjects)),
            "exam": exam,
            "subject": np.tile(list(subjects), len(names)),
            "indicator": indicator,
            "estimate": value.ravel(),
            "se": np.broadcast_to(se, value.shape).ravel(),
            "low": np.nan,
            "high": np.nan,
            "n_pupils": np.broadcast_to(n_pupils, value.shape).ravel(),
            "reliability": np.nan,
        }
    )
    known = frame["estimate"].notna()
    frame["se"] = frame["se"].where(known)
    status = pd.Series(np.where(known, "ok", "not_estimable"), dtype="str")
    return INDICATORS.require(frame.assign(status=status))
