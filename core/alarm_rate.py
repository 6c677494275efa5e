"""How often alarms were right: a share over units that come again, beside a draw by lot.

In a replay the same school is called in several exams. Its calls are no independent cases, so
that an interval from their number alone would be too narrow. The number of cases that count
is Kish's for clusters whose members are all alike:

    n_effective = (sum_j m_j)^2 / sum_j m_j^2

with m_j cases of unit j: as if each unit had been seen once. The interval is Wilson's with that
number, the widest that repeated units can ask for.

References
----------
Kish (1965). Survey Sampling, section 8.2 (design effect of clusters, here with a correlation of
1 inside them).
"""

import math
from dataclasses import dataclass

import pandas as pd

from core.interval import wilson_interval

MIN_CASES = 10
"""With fewer cases no share is formed: the counts say all that is known."""


@dataclass(frozen=True, slots=True)
class RepeatedShare:
    """A share over cases, of which several may be of one unit.

    Attributes
    ----------
    count, n : int
        Cases of which it is true, and all cases.
    n_units : int
        Different units among the cases.
    n_effective : float
        Cases that count for the interval; NaN without any.
    share, low, high : float
        With its 95 % interval; NaN with fewer than ``MIN_CASES`` cases.
    """

    count: int
    n: int
    n_units: int
    n_effective: float
    share: float
    low: float
    high: float


def estimate_repeated_share(is_true: pd.Series) -> RepeatedShare:
    """Estimate a share from cases of units that come again.

    Parameters
    ----------
    is_true : Series of bool, indexed by unit
        One row for each case; a unit may have several.

    Examples
    --------
    >>> once = pd.Series([True] * 6 + [False] * 6, index=list("abcdefghijkl"))
    >>> estimate_repeated_share(once).n_effective
    12.0
    >>> twice = estimate_repeated_share(pd.concat([once, once]))
    >>> twice.n, twice.n_effective, round(twice.low, 3), round(twice.high, 3)
    (24, 12.0, 0.254, 0.746)
    """
    true = is_true.astype(bool)
    cases = true.index.value_counts().to_numpy(float)
    n, count = len(true), int(true.sum())
    n_effective = float(n**2 / (cases**2).sum()) if n else math.nan
    if n < MIN_CASES:
        return RepeatedShare(count, n, len(cases), n_effective, math.nan, math.nan, math.nan)
    share = count / n
    ends = wilson_interval(share * n_effective, n=n_effective)
    return RepeatedShare(
        count, n, len(cases), n_effective, share, float(ends.low), float(ends.high)
    )


def expected_by_lot(alarm: pd.Series, *, later_state: pd.Series, groups: pd.Series) -> float:
    """Return how many hits as many alarms would have been, had they been drawn by lot.

    Drawn inside each comparison group, among the units that are known in both.

    Parameters
    ----------
    alarm, later_state : Series of bool, null where not known, indexed by unit
    groups : Series, indexed by unit
        Comparison group of each unit.

    Examples
    --------
    >>> alarm = pd.Series({"A": True, "B": False, "C": False, "D": False, "E": None})
    >>> later = pd.Series({"A": True, "B": True, "C": False, "D": False, "E": True})
    >>> expected_by_lot(alarm, later_state=later, groups=pd.Series("all", index=alarm.index))
    0.5
    """
    pair = pd.DataFrame(
        {
            "alarm": alarm.astype("boolean"),
            "bad": later_state.astype("boolean").reindex(alarm.index),
        }
    ).dropna()
    sums = pair.astype(float).groupby(groups.reindex(pair.index)).agg(["sum", "size"])
    if sums.empty:
        return 0.0
    n_alarms, n_bad = sums["alarm", "sum"], sums["bad", "sum"]
    return float((n_alarms * n_bad / sums["bad", "size"]).sum())
