"""Makes INDICATORS rows of one subject, for tests."""

import numpy as np
import pandas as pd

from core.tables import INDICATORS


def make_indicators(
    figures: dict[str, float], *, se: float | list[float] = 0.1, indicator: str = "z"
) -> pd.DataFrame:
    """Return INDICATORS rows from unit to estimate."""
    frame = pd.DataFrame(
        {
            "unit": list(figures),
            "exam": "期末",
            "subject": "math",
            "indicator": indicator,
            "estimate": np.array(list(figures.values()), dtype=float),
            "se": se,
            "low": np.nan,
            "high": np.nan,
            "n_pupils": 100,
            "reliability": np.nan,
            "status": "ok",
        }
    )
    return INDICATORS.require(frame)
