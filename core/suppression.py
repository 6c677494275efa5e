"""Small groups are not shown, nor are figures from which they could be worked out.

A unit with 1 to 9 pupils is hidden. Where the total of its siblings is published, a single
hidden unit would be the total less the others; therefore a second one is hidden with it, and
more until the hidden pupils together reach the minimum. A unit without pupils hides nothing.
Counts of the same pupils (roll, subjects, matched) share one pattern, since each can be worked
out from the others. A share of nobody or of everybody is told as a range that depends on n.

References
----------
NCES (2011). Statistical methods for protecting personally identifiable information in
aggregate reporting. NCES 2011-603 (minimum group size, complementary suppression).
"""

from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import SettingsError

MIN_PUPILS_SHOWN = 10
"""Fewest pupils of a group that is shown above the own school."""

LEAST_MINIMUM = 5
"""No setting may go below this."""

QUANTILE_SHARE = {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}

CODED_RATES = (
    "participation",
    "excellent_rate",
    "good_rate",
    "pass_rate",
    "low_rate",
    "extreme_share",
    "bottom20_share",
    "line_rate",
    "top_n_rate",
)
"""Shares of pupils: 0 and 1 would tell the same of every single one."""

CODED_WIDTHS = ((300, 0.01), (100, 0.02), (40, 0.05), (20, 0.10), (0, 0.20))
"""From this many pupils on, a share of 0 or 1 is told as a range of this width."""

_FIGURES = ["estimate", "se", "low", "high", "reliability"]


def suppressed_units(n_pupils: pd.Series, *, minimum: int = MIN_PUPILS_SHOWN) -> frozenset[str]:
    """Return the units to hide in one group of siblings whose total is published.

    Parameters
    ----------
    n_pupils : Series, indexed by unit
        Pupils of each unit, such as the schools of one township.
    minimum : int
        Fewest pupils of a unit that is shown.

    Raises
    ------
    SettingsError
        When the minimum is below 5.

    Examples
    --------
    >>> sorted(suppressed_units(pd.Series({"a": 4, "b": 30, "c": 12, "d": 0})))
    ['a', 'c']
    """
    small = _small(n_pupils, minimum=minimum)
    return small | _partners(_smallest_first(n_pupils), hidden=small, minimum=minimum)


def suppressed_in_tree(
    n_pupils: pd.Series,
    *,
    parent: pd.Series,
    also: Collection[str] = (),
    minimum: int = MIN_PUPILS_SHOWN,
) -> frozenset[str]:
    """Return the units to hide in a whole tree, where every total may be published.

    A unit hidden as a partner would come back as the sum of its own children, so one of them is
    hidden too, with a partner of its own; a child that is hidden without any sibling is the
    unit above, which is hidden with it.

    Parameters
    ----------
    n_pupils : Series, indexed by unit
        Pupils of each unit; those of a parent are the sum over its children.
    parent : Series, indexed by unit
        The unit above; null at the root.
    also : collection of str
        Units that are hidden for another reason, and have to stay so here.
    minimum : int
        Fewest pupils of a unit that is shown.

    Examples
    --------
    >>> n_pupils = pd.Series({"county": 60, "a": 4, "b": 30, "c": 26})
    >>> parent = pd.Series({"county": None, "a": "county", "b": "county", "c": "county"})
    >>> sorted(suppressed_in_tree(n_pupils, parent=parent))
    ['a', 'c']
    """
    hidden = _small(n_pupils, minimum=minimum) | frozenset(also)
    above = _above(parent)
    families = _families(n_pupils, above=above)
    while True:
        wider = hidden
        for unit, children in families.items():
            wider |= _partners(children, hidden=wider, minimum=minimum)
            mine = [child for child in children if child in wider]
            if unit in wider and not mine:
                wider |= {next(iter(children))}
            if unit in above and len(mine) == len(children) == 1:
                wider |= {unit}
        if wider == hidden:
            return hidden
        hidden = wider


def suppressed_together(
    counts: Iterable[pd.Series],
    *,
    parent: pd.Series,
    also: Collection[str] = (),
    minimum: int = MIN_PUPILS_SHOWN,
) -> frozenset[str]:
    """Return the one pattern for several counts of the same pupils: what any of them hides.

    A unit hidden in one subject and shown in the next would come back from the roll and the
    total, so it is hidden in all; partners are added until no count gives a small unit back.

    Parameters
    ----------
    counts : iterable of Series, indexed by unit
        Pupils of each unit by one way of counting, such as the roll or those with a score. One
        that is under the minimum at the root is left out: nothing of it may be published.
    parent : Series, indexed by unit
        The unit above; null at the root.
    also : collection of str
        Units that are hidden for another reason.
    minimum : int
        Fewest pupils of a unit that is shown.

    Examples
    --------
    >>> sat = pd.Series({"county": 61, "a": 12, "b": 30, "c": 19})
    >>> parent = pd.Series({"county": None, "a": "county", "b": "county", "c": "county"})
    >>> with_few = sat - pd.Series({"county": 4, "a": 4, "b": 0, "c": 0})
    >>> sorted(suppressed_together([sat, with_few], parent=parent))
    ['a', 'c']
    """
    above = _above(parent)
    published = [n for n in counts if _total(n, above=above) >= minimum]
    hidden = frozenset(also)
    while True:
        wider = hidden
        for n in published:
            wider = suppressed_in_tree(n, parent=parent, also=wider, minimum=minimum)
        if wider == hidden:
            return hidden
        hidden = wider


def is_small(n_pupils: float, *, minimum: int = MIN_PUPILS_SHOWN) -> bool:
    """Whether a group has pupils, but fewer than may be shown."""
    return 0 < n_pupils < minimum


def suppress(indicators: pd.DataFrame, *, hidden: Collection[str]) -> pd.DataFrame:
    """Return INDICATORS with the figures of the hidden units taken out, rows kept."""
    rows = indicators["unit"].isin(list(hidden))
    return _blank(indicators, rows=rows, figures=_FIGURES, counts=["n_pupils"])


def suppress_thin_quantiles(
    indicators: pd.DataFrame, *, minimum: int = MIN_PUPILS_SHOWN
) -> pd.DataFrame:
    """Return INDICATORS without the quantiles that have too few pupils on one side."""
    share = indicators["indicator"].map(QUANTILE_SHARE)
    # Rounded, because 100 x (1 - 0.9) is a hair under ten.
    fewer = (indicators["n_pupils"] * np.minimum(share, 1 - share)).round(6)
    rows = (fewer < minimum).fillna(False) & (indicators["status"] == "ok")
    return _blank(indicators, rows=rows, figures=_FIGURES, counts=[])


def code_extreme_rates(indicators: pd.DataFrame) -> pd.DataFrame:
    """Return INDICATORS with shares of exactly 0 or 1 told as a range, status ``coded``.

    ``low`` and ``high`` are the ends of the range; the estimate and its error are null.

    Examples
    --------
    >>> rate = {"indicator": ["low_rate"], "estimate": [0.0], "n_pupils": [30]}
    >>> rate |= {"se": [0.0], "low": [0.0], "high": [0.11], "status": ["ok"]}
    >>> coded = code_extreme_rates(pd.DataFrame(rate).assign(reliability=None))
    >>> coded[["low", "high", "status"]].to_numpy().tolist()
    [[0.0, 0.1, 'coded']]
    """
    share = indicators["estimate"].to_numpy(float)
    coded = indicators["indicator"].isin(CODED_RATES) & (indicators["status"] == "ok")
    rows = coded & ((share == 0) | (share == 1))
    if not rows.any():
        return indicators
    width = _coded_width(indicators["n_pupils"])
    low, high = np.where(share == 0, 0.0, 1 - width), np.where(share == 0, width, 1.0)
    coded_rows = _blank(indicators, rows=rows, figures=_FIGURES, counts=[], status="coded")
    return coded_rows.assign(
        low=coded_rows["low"].mask(rows, low), high=coded_rows["high"].mask(rows, high)
    )


def suppress_effects(schools: pd.DataFrame, *, hidden: Collection[str]) -> pd.DataFrame:
    """Return SCHOOL_EFFECTS with the figures of the hidden schools taken out, rows kept."""
    figures = ["coverage", "prior_mean", "prior_mean_all", "estimate", "se_conditional"]
    figures += ["se_prediction", "low", "high", "reliability", "index", "verdict"]
    rows = schools["school"].isin(list(hidden))
    return _blank(schools, rows=rows, figures=figures, counts=["n", "n_sat", "n_prior"])


def _small(n_pupils: pd.Series, *, minimum: int) -> frozenset[str]:
    if minimum < LEAST_MINIMUM:
        raise SettingsError(
            f"The smallest group shown is set to {minimum}. It must be at least "
            f"{LEAST_MINIMUM}. Raise it.",
            f"最小可显示人数设为 {minimum}，至少应为 {LEAST_MINIMUM}。请调高。",
        )
    return frozenset(n_pupils.index[(n_pupils > 0) & (n_pupils < minimum)])


def _above(parent: pd.Series) -> dict[str, str]:
    return {str(unit): str(above) for unit, above in parent.dropna().items()}


def _total(n_pupils: pd.Series, *, above: Mapping[str, str]) -> int:
    """Return the pupils of the root, or roots: units below none of the others."""
    numbers = n_pupils.to_dict()
    return sum(int(n) for unit, n in numbers.items() if above.get(str(unit)) not in numbers)


def _smallest_first(n_pupils: pd.Series) -> dict[str, int]:
    """Return the units that have pupils, by their number."""
    ordered = n_pupils[n_pupils > 0].sort_values(kind="stable")
    return {str(unit): int(n) for unit, n in ordered.items()}


def _families(n_pupils: pd.Series, *, above: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Return the children that have pupils of each unit, smallest first."""
    families: dict[str, dict[str, int]] = {}
    for unit, n in _smallest_first(n_pupils).items():
        if unit in above:
            families.setdefault(above[unit], {})[unit] = n
    return families


def _partners(
    siblings: Mapping[str, int], *, hidden: Collection[str], minimum: int
) -> frozenset[str]:
    """Return the next smallest siblings that the hidden ones need to protect each other.

    One without pupils protects nobody, even if it is hidden for the sake of another count.
    """
    mine = {unit for unit in siblings if unit in hidden}
    if not mine:
        return frozenset()
    together = sum(siblings[unit] for unit in mine)
    found: set[str] = set()
    for unit, n in siblings.items():
        if len(mine) + len(found) >= 2 and together >= minimum:
            break
        if unit not in mine:
            found.add(unit)
            together += n
    return frozenset(found)


def _coded_width(n_pupils: pd.Series) -> NDArray[np.float64]:
    pupils = n_pupils.to_numpy(float, na_value=0.0)
    conditions = [pupils >= least for least, _ in CODED_WIDTHS]
    return np.select(conditions, [width for _, width in CODED_WIDTHS])


def _blank(
    frame: pd.DataFrame,
    *,
    rows: pd.Series,
    figures: list[str],
    counts: list[str],
    status: str = "suppressed",
) -> pd.DataFrame:
    if not rows.any():
        return frame
    blank = frame.copy()
    for name in figures:
        blank[name] = frame[name].mask(rows)
    for name in counts:
        blank[name] = frame[name].astype("Int64").mask(rows)
    blank["status"] = frame["status"].mask(rows, status)
    return blank
