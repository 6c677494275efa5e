"""Diagnostics of drawn counties: straight or curved, of equal or unequal spread."""

import numpy as np
import pandas as pd

from core.value_added import ValueAddedSpec
from core.value_added.diagnostics import (
    Diagnostics,
    PupilResiduals,
    ResidualFinding,
    compute_diagnostics,
    judge_residuals,
)
from tests.core.value_added.make_county import County

METHODS = ["random_intercept", "contextual", "reliability_corrected"]


def diagnosed(county: County, method: str = "random_intercept") -> Diagnostics:
    """Compute the diagnostics of a county."""
    return compute_diagnostics(
        county.moments,
        current=county.current,
        prior=("last term", county.prior),
        spec=ValueAddedSpec(method=method, scale="z"),  # type: ignore[arg-type]
        joint=county.joint,
    )


def residuals_of(county: County, method: str = "random_intercept") -> PupilResiduals:
    """Return the residuals, which are there where a joint histogram is."""
    found = diagnosed(county, method).residuals
    assert found is not None
    return found


def finding_of(county: County, method: str = "random_intercept") -> ResidualFinding:
    """Return what the groups of a county say of its line."""
    found = residuals_of(county, method)
    return judge_residuals(found.groups, shape=found.shape)


def drawn(
    seed: int, *, n_schools: int = 40, bend: float = 0.0, tail: float = 0.0, fan: float = 0.0
) -> County:
    """Draw a county whose truth is curved, heavy in the tails, or wider at the top."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(n_schools), 80)
    prior = rng.normal(size=school.size)
    noise = (
        rng.standard_t(4, size=school.size) / 2**0.5 if tail else rng.normal(size=school.size)
    )
    noise = noise * np.exp(fan * prior)
    added = 0.3 * rng.normal(size=n_schools)[school]
    current = 0.7 * prior + bend * (prior**2 - 1) + added + 0.6 * noise
    pupils = {"school": [f"S{j:03d}" for j in school]}
    for name, score in (("prior", prior), ("current", current)):
        pupils[name] = (100 * (80 + 12 * score)).round()  # type: ignore[assignment]
    return County(pd.DataFrame(pupils))
