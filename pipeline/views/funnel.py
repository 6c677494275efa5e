"""A funnel of one rate over the schools."""

from dataclasses import dataclass

import pandas as pd

from pipeline.views.common import Stamp

RATES = ("pass_rate", "excellent_rate", "good_rate", "low_rate", "participation")
"""Shares of pupils of which there is a funnel, by their code."""


@dataclass(frozen=True, slots=True)
class FunnelView:
    """Which schools lie further from the county's rate than their size explains.

    Attributes
    ----------
    units : DataFrame
        school, name, n_pupils, estimate (0 to 1), flag (below_998 below_95 inside above_95
        above_998); only schools with a figure.
    limits : DataFrame
        n_pupils, low_998, low_95, high_95, high_998: the lines of the funnel.
    target : float or None
        The pooled rate that it stands around.
    phi : float or None
        How much more the schools differ than chance would make them; 1 is chance alone.
    n_left_out : int
        Schools that are hidden, told as a range, or without a figure.
    why : tuple of str or None
        Why there is no funnel.
    """

    stamp: Stamp
    rate: str
    units: pd.DataFrame
    limits: pd.DataFrame
    target: float | None
    phi: float | None
    n_left_out: int
    why: tuple[str, str] | None
