"""A county to draw samples from."""

import numpy as np
import pandas as pd

from core.sampling.plan import SampleSpec


def made_frame(n_schools: int = 60, *, seed: int = 1) -> pd.DataFrame:
    """Make a frame with locale and size class; town schools are larger."""
    rng = np.random.default_rng(seed)
    town = np.arange(n_schools) % 3 == 0
    pupils = rng.integers(20, 120, size=n_schools) + 150 * town
    return pd.DataFrame(
        {
            "school": pd.Series([f"S{j:03d}" for j in range(n_schools)], dtype="str"),
            "n_pupils": pupils,
            "locale": pd.Series(np.where(town, "town", "country"), dtype="str"),
            "size_class": pd.Series(np.where(pupils > 70, "large", "small"), dtype="str"),
        }
    )


def made_spec(**change: object) -> SampleSpec:
    """Make a plan of 15 schools with 25 pupils in each."""
    plan: dict[str, object] = {
        "stratum_columns": ("locale", "size_class"),
        "n_schools": 15,
        "pupils_per_school": 25,
        "allocation": "proportional",
        "min_per_stratum": 2,
    }
    return SampleSpec(**(plan | change))  # type: ignore[arg-type]
