"""The common sample of a linked pair of exams: who is compared, who joined, who left."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.standardise import HUNDREDTHS, Population

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CommonSample:
    """Who is compared, and who is not, over all schools.

    Attributes
    ----------
    matched, joined, left : int
        Pupils with current and prior scores, with the current only, with the prior only.
    coverage : float
        matched / pupils with a current score; NaN when there are none.
    prior_mean_matched, prior_mean_all : float or None
        Mean first prior of the matched, and of everybody who has it, in population SD. None
        where the two together would tell of a small group that left.
    """

    matched: int
    joined: int
    left: int
    coverage: float
    prior_mean_matched: float | None
    prior_mean_all: float | None


def common_sample_of(moments: pd.DataFrame, *, prior: Population) -> CommonSample:
    """Return the common sample of MOMENTS rows of one subject, summed over its schools."""
    total = moments[["n", "n_sat", "n_prior", "x1", "x1_all"]].sum().to_frame().T
    matched, n_sat, n_prior = (int(total[name].iloc[0]) for name in ("n", "n_sat", "n_prior"))
    return CommonSample(
        matched=matched,
        joined=n_sat - matched,
        left=n_prior - matched,
        coverage=matched / n_sat if n_sat else float("nan"),
        prior_mean_matched=float(prior_mean_of(total["x1"], n=total["n"], prior=prior)[0]),
        prior_mean_all=float(
            prior_mean_of(total["x1_all"], n=total["n_prior"], prior=prior)[0]
        ),
    )


def prior_mean_of(sums: pd.Series, *, n: pd.Series, prior: Population) -> Floats:
    """Return the mean prior in population SD from sums in hundredths; NaN where n is 0."""
    pupils = n.to_numpy(float)
    points = sums.to_numpy(float) / np.where(pupils > 0, pupils, np.nan) / HUNDREDTHS
    return (points - prior.mean) / prior.sd
