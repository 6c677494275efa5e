"""Growth of groups of pupils: where they stand on the growth chart, and how they spread.

A group is a school, or several. Its pupils are looked at in two ways: by fifth of the county's
prior scores (median current score beside the curves), and by band of growth percentiles
(1-20, 21-40 .. 81-99), each of which holds about a fifth of all pupils.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.growth import MEDIAN_TO_MEAN, Growth
from core.interval import normal_interval, wilson_interval
from core.numerics.histogram import (
    GroupedScores,
    quantile_interval,
    quantile_of,
    summarise_scores,
)
from core.numerics.prior_groups import group_by_quantiles
from core.standardise import HUNDREDTHS

Indices = NDArray[np.int64]

N_FIFTHS = 5
BAND_WIDTH = 20
"""Percentiles of a band; the last one ends at 99."""

ENOUGH_FOR_MEDIAN = 20
"""Fewest pupils with a median: ten on either side, else it is nearly a single pupil's mark."""


@dataclass(frozen=True, slots=True)
class GroupGrowth:
    """Growth of the groups of one way to group schools, nothing left out.

    Attributes
    ----------
    groups : DataFrame
        One row per group: unit, n, n_schools, mean, low, high (mean growth percentile with
        95 % interval), median, median_low, median_high, county_mean, side (above below within:
        the interval of the mean against the county's mean).
    fifths : DataFrame
        One row per group and fifth with pupils: unit, fifth (1 is the lowest start), n, start
        (mean prior score), measure (median mean), estimate, low, high (current score, 95 %
        interval), all scores in points. Groups under 20 pupils have their mean.
    bands : DataFrame
        One row per group and band, also where nobody is in it: unit, band (1 to 5), n, of (all
        pupils of the group), share, low, high (Wilson), county_share.
    """

    groups: pd.DataFrame
    fifths: pd.DataFrame
    bands: pd.DataFrame


def compute_group_growth(
    joint: pd.DataFrame, *, growth: Growth, group_of: pd.Series
) -> GroupGrowth:
    """Compute where groups of schools stand on the growth chart of their county.

    Intervals allow for chance between pupils; that pupils of one school are alike is not in
    them, so those of several schools together are too narrow for a claim about schools.

    Parameters
    ----------
    joint : DataFrame
        JOINT_HISTOGRAM rows that ``growth`` was computed from.
    growth : Growth
        Of the whole county.
    group_of : Series, indexed by school code
        Group that each school belongs to; schools without one belong to none.

    Examples
    --------
    >>> from core.growth import compute_growth
    >>> joint = pd.DataFrame({"subject": "math", "school": np.repeat(["A", "B"], 20),
    ...     "prior": np.tile(1000 * np.arange(1, 6), 8), "n": 5,
    ...     "current": 100 * np.arange(40)})
    >>> growth = compute_growth(joint)
    >>> found = compute_group_growth(joint, growth=growth, group_of=pd.Series({"B": "town"}))
    >>> found.groups[["unit", "n", "side"]].to_numpy().tolist()
    [['town', 100, 'above']]
    >>> found.fifths["n"].tolist(), found.bands["n"].tolist()
    ([20, 20, 20, 20, 20], [0, 0, 25, 50, 25])
    """
    pupils = _pupils(joint, growth=growth)
    county = _shares(pupils)
    own = pupils.assign(unit=pupils["school"].map(group_of)).dropna(subset=["unit"])
    return GroupGrowth(
        groups=_groups(own, county_mean=growth.mean_percentile),
        fifths=_fifths(own),
        bands=_bands(own, county=county),
    )


def _pupils(joint: pd.DataFrame, *, growth: Growth) -> pd.DataFrame:
    """Return the cells of the schools with percentile, band and fifth of the start."""
    rows = joint[joint["n"] > 0].merge(
        growth.cells[["prior", "current", "growth_percentile"]], on=["prior", "current"]
    )
    fifth = group_by_quantiles(
        rows["prior"].to_numpy(np.int64), n=rows["n"].to_numpy(np.int64), n_groups=N_FIFTHS
    )
    band = (rows["growth_percentile"] - 1) // BAND_WIDTH + 1
    return rows.assign(fifth=fifth.group + 1, band=band)


def _shares(pupils: pd.DataFrame) -> pd.Series:
    """Return the share of all pupils in each band."""
    n = pupils.groupby("band")["n"].sum().reindex(range(1, N_FIFTHS + 1), fill_value=0)
    return n / n.sum()


def _grouped(
    rows: pd.DataFrame, *, by: list[str], score: str
) -> tuple[pd.DataFrame, GroupedScores]:
    """Return the keys of the groups, and their histograms of a score."""
    counted = rows.groupby([*by, score])["n"].sum().reset_index()
    keys = counted[by].drop_duplicates(ignore_index=True)
    group: Indices = counted.groupby(by, sort=True).ngroup().to_numpy().astype(np.int64)
    scores = GroupedScores(
        group=group,
        score=counted[score].to_numpy(np.int64),
        n=counted["n"].to_numpy(np.int64),
        n_groups=len(keys),
    )
    return keys, scores


def _groups(own: pd.DataFrame, *, county_mean: float) -> pd.DataFrame:
    keys, scores = _grouped(own, by=["unit"], score="growth_percentile")
    summary = summarise_scores(scores)
    mean = normal_interval(summary.mean, se=summary.se)
    median = quantile_of(scores, share=0.5)
    middle = normal_interval(median, se=MEDIAN_TO_MEAN * summary.se)
    side = np.where(
        mean.low > county_mean, "above", np.where(mean.high < county_mean, "below", "within")
    )
    return keys.assign(
        n=summary.n,
        n_schools=own.groupby("unit")["school"].nunique().to_numpy(),
        mean=summary.mean,
        low=mean.low,
        high=mean.high,
        median=median,
        median_low=middle.low,
        median_high=middle.high,
        county_mean=county_mean,
        side=pd.Series(side, dtype="str"),
    )


def _fifths(own: pd.DataFrame) -> pd.DataFrame:
    by = ["unit", "fifth"]
    keys, scores = _grouped(own, by=by, score="current")
    summary = summarise_scores(scores)
    ends = normal_interval(summary.mean, se=summary.se)
    median, middle = quantile_of(scores, share=0.5), quantile_interval(scores, share=0.5)
    enough = summary.n >= ENOUGH_FOR_MEDIAN
    prior = summarise_scores(_grouped(own, by=by, score="prior")[1]).mean
    figures = {
        "estimate": np.where(enough, median, summary.mean),
        "low": np.where(enough, middle.low, ends.low),
        "high": np.where(enough, middle.high, ends.high),
    }
    return keys.assign(
        n=summary.n,
        start=prior / HUNDREDTHS,
        measure=pd.Series(np.where(enough, "median", "mean"), dtype="str"),
        **{name: value / HUNDREDTHS for name, value in figures.items()},
    )


def _bands(own: pd.DataFrame, *, county: pd.Series) -> pd.DataFrame:
    n = own.pivot_table(
        index="unit", columns="band", values="n", aggfunc="sum", fill_value=0
    ).reindex(columns=county.index, fill_value=0)
    rows = n.reset_index().melt(id_vars="unit", var_name="band", value_name="n")
    rows = rows.astype({"band": "int64"}).sort_values(["unit", "band"], ignore_index=True)
    of = rows.groupby("unit")["n"].transform("sum")
    ends = wilson_interval(rows["n"], n=of)
    return rows.assign(
        of=of,
        share=rows["n"] / of,
        low=ends.low,
        high=ends.high,
        county_share=rows["band"].map(county),
    )
