"""How a group of pupils stands on the county's growth chart."""

from dataclasses import dataclass

import pandas as pd

from core.growth import GrowthWarning
from pipeline.views.common import Place, Stamp

Why = tuple[str, str]
"""English and Chinese text of why something is missing."""


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """How far a group came beside all who started alike, in growth percentiles.

    Attributes
    ----------
    n_pupils, n_schools : int
        Matched pupils of the group, and its schools with one.
    mean, low, high, median, median_low, median_high : float or None
        Mean and median growth percentile with 95 % intervals.
    side : str
        above, below or within: the interval of the mean beside the county's mean.
    """

    n_pupils: int
    n_schools: int
    mean: float | None
    low: float | None
    high: float | None
    median: float | None
    median_low: float | None
    median_high: float | None
    side: str


@dataclass(frozen=True, slots=True)
class GrowthChartView:
    """The curves of the county and one group of pupils: a school, or several together.

    Attributes
    ----------
    unit, kind, name : str
        Code; school, township, school_type or locale; what it is called.
    status : str
        ok, low_coverage, suppressed, or not_estimable.
    why : tuple of str or None
        Why there are no curves.
    summary : GroupSummary or None
        None where the group is hidden or has no matched pupil.
    county_mean : float or None
        Mean growth percentile of all pupils of the county.
    curves : DataFrame
        percentile (10 25 50 75 90), start, score, in points.
    fifths : DataFrame
        fifth (1 is the lowest start), n, start (mean prior score), measure (median mean),
        estimate, low, high (current score), typical (the county's median at that start),
        status.
    bands : DataFrame
        band (1 to 5), n, share, low, high, county_share, status.
    warnings : tuple of GrowthWarning
    """

    stamp: Stamp
    path: tuple[Place, ...]
    unit: str
    kind: str
    name: str
    status: str
    why: Why | None
    summary: GroupSummary | None
    county_mean: float | None
    curves: pd.DataFrame
    fifths: pd.DataFrame
    bands: pd.DataFrame
    warnings: tuple[GrowthWarning, ...]
