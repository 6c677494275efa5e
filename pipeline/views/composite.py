"""A composite by chosen weights, as the bench of weights shows it."""

from dataclasses import dataclass

import pandas as pd

from core.weighting.scheme import Aggregation, Normalisation
from pipeline.views.common import Stamp


@dataclass(frozen=True, slots=True)
class CompositeChoice:
    """What is asked of the bench of weights, as its address holds it.

    Attributes
    ----------
    group : str, optional
        Comparison group, such as ``junior/县直``; the first of the exam where not given.
    weights : str, optional
        Indicators with their weights as JSON; where not given what weak schools of the exam are
        screened by.
    scale, summed : str, optional
        Normalisation and aggregation; those of the screening where not given.
    """

    group: str | None = None
    weights: str | None = None
    scale: Normalisation | None = None
    summed: Aggregation | None = None


@dataclass(frozen=True, slots=True)
class CompositeView:
    """The composite of one comparison group and what its weights decide.

    Attributes
    ----------
    units : DataFrame
        school, name, composite, rank, rank_low, rank_high (90 % of the weights drawn around the
        chosen ones), p_bottom20 (share of the draws), status.
    weights : DataFrame
        key, subject, indicator, nominal, effective (shares; effective is null where the
        composite does not differ).
    """

    stamp: Stamp
    units: pd.DataFrame
    weights: pd.DataFrame
