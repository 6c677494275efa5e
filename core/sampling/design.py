"""The design of a sample, pupil by pupil, from the weights of its schools."""

import numpy as np
import pandas as pd

from core.errors import DataError
from core.sampling.jackknife import SampleDesign
from core.survey_tables import SAMPLE_WEIGHTS


def sample_design_of(
    school: pd.Series, *, weights: pd.DataFrame, finite_population: bool
) -> SampleDesign:
    """Return how the pupils were drawn: in schools that were certain each is a unit.

    Parameters
    ----------
    school : Series, shape (n_pupils,)
        School code of each pupil with a result.
    weights : DataFrame
        SAMPLE_WEIGHTS rows.
    finite_population : bool
        Whether errors shrink by the share of units that was drawn. Right where the drawn
        schools test the whole grade; too small where they test a part of it.

    Raises
    ------
    DataError
        When pupils come from schools without a weight, or their numbers have changed.

    Examples
    --------
    >>> weights = pd.DataFrame({"stratum": "a", "school": ["A", "B"], "n_responded": 2,
    ...     "weight": 5.0, "variance_stratum": "a", "is_certain": False, "fpc": 0.25})
    >>> design = sample_design_of(pd.Series(["A", "A", "B", "B"]), weights=weights,
    ...                           finite_population=True)
    >>> design.unit.tolist(), design.sampled_share.tolist()
    ([0, 0, 1, 1], [0.25])
    """
    SAMPLE_WEIGHTS.require(weights)
    place = pd.Index(weights["school"]).get_indexer(pd.Index(school))
    counted = np.bincount(place[place >= 0], minlength=len(weights))
    unequal = int((counted != weights["n_responded"].to_numpy()).sum())
    if (place < 0).any() or unequal:
        raise DataError(
            f"The pupils do not fit the sample's weights: pupils of schools without a weight "
            f"{(place < 0).sum()}, schools with other numbers of pupils than the weights were "
            f"made for {unequal}. Compute the weights again.",
            f"学生与抽样权重不符：所在学校没有权重的学生 {(place < 0).sum()} 名，"
            f"人数与计算权重时不同的学校 {unequal} 所。请重新计算权重。",
        )
    certain = weights["is_certain"].to_numpy(bool)[place]
    own_unit = np.where(certain, len(weights) + np.arange(place.size), place)
    _, first, unit = np.unique(own_unit, return_index=True, return_inverse=True)
    stratum, strata = pd.factorize(weights["variance_stratum"])
    fpc = weights.groupby("variance_stratum")["fpc"].first().reindex(strata).to_numpy(float)
    return SampleDesign(
        weight=weights["weight"].to_numpy(float)[place],
        unit=unit.astype(np.int64),
        stratum=stratum[place[first]].astype(np.int64),
        sampled_share=fpc if finite_population else np.zeros(fpc.size),
    )
