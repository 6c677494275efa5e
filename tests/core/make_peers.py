"""Schools with intakes, and figures of them."""

import numpy as np
import pandas as pd


def make_intake(n: int = 12, *, seed: int = 1) -> pd.DataFrame:
    """Make schools of two comparison groups with prior mean, size and locale."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "school": pd.Series([f"S{j:02d}" for j in range(n)], dtype="str"),
            "group": pd.Series(["junior" if j < n - 4 else "primary" for j in range(n)]),
            "prior_mean": rng.normal(size=n).round(2),
            "n_pupils": rng.integers(20, 300, size=n),
            "locale": pd.Series(rng.choice(["town", "country"], size=n), dtype="str"),
        }
    )


def make_indicator_rows(
    estimate: dict[str, float], *, se: float | dict[str, float] = 1.0, indicator: str = "mean"
) -> pd.DataFrame:
    """Make INDICATORS rows of one figure, by school."""
    errors = se if isinstance(se, dict) else dict.fromkeys(estimate, se)
    value = pd.Series(estimate)
    return pd.DataFrame(
        {
            "unit": pd.Series(list(estimate), dtype="str"),
            "exam": "期末",
            "subject": "math",
            "indicator": indicator,
            "estimate": value.to_numpy(),
            "se": [errors.get(unit, np.nan) for unit in estimate],
            "low": np.nan,
            "high": np.nan,
            "n_pupils": 40,
            "reliability": np.nan,
            "status": "ok",
        }
    )
