"""Small groups are not shown, nor are figures from which they could be worked out.

A unit with 1 to 9 pupils is hidden. Where the total of its siblings is published, a single
hidden unit would be the total less the others; therefore a second one is hidden with it, and
more until the hidden pupils together reach the minimum. A unit without pupils hides nothing.

References
----------
NCES (2011). Statistical methods for protecting personally identifiable information in
aggregate reporting. NCES 2011-603 (minimum group size, complementary suppression).
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from core.errors import SettingsError

MIN_PUPILS_SHOWN = 10
"""Fewest pupils of a group that is shown above the own school."""

LEAST_MINIMUM = 5
"""No setting may go below this."""

QUANTILE_SHARE = {"p10": 0.1, "median": 0.5, "p90": 0.9}


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
    return _with_partners(n_pupils, hidden=_small(n_pupils, minimum=minimum), minimum=minimum)


def suppressed_in_tree(
    n_pupils: pd.Series, *, parent: pd.Series, minimum: int = MIN_PUPILS_SHOWN
) -> frozenset[str]:
    """Return the units to hide in a whole tree, where every total may be published.

    A unit hidden as a partner would come back as the sum of its own children, so one of them is
    hidden too, with a partner of its own.

    Parameters
    ----------
    n_pupils : Series, indexed by unit
        Pupils of each unit; those of a parent are the sum over its children.
    parent : Series, indexed by unit
        The unit above; null at the root.
    minimum : int
        Fewest pupils of a unit that is shown.
    """
    hidden = _small(n_pupils, minimum=minimum)
    siblings = [group for _, group in n_pupils.groupby(parent.reindex(n_pupils.index))]
    while True:
        wider = hidden
        for group in siblings:
            wider |= _with_partners(
                group, hidden=wider & frozenset(group.index), minimum=minimum
            )
        wider |= _exposed_children(n_pupils, parent=parent, hidden=wider)
        if wider == hidden:
            return hidden
        hidden = wider


def suppress(indicators: pd.DataFrame, *, hidden: Collection[str]) -> pd.DataFrame:
    """Return INDICATORS with the figures of the hidden units taken out, rows kept."""
    figures = ["estimate", "se", "low", "high", "reliability"]
    rows = indicators["unit"].isin(list(hidden))
    return _blank(indicators, rows=rows, figures=figures, counts=["n_pupils"])


def suppress_thin_quantiles(
    indicators: pd.DataFrame, *, minimum: int = MIN_PUPILS_SHOWN
) -> pd.DataFrame:
    """Return INDICATORS without the quantiles that have too few pupils on one side."""
    share = indicators["indicator"].map(QUANTILE_SHARE)
    fewer = indicators["n_pupils"] * np.minimum(share, 1 - share)
    rows = (fewer < minimum) & (indicators["status"] == "ok")
    figures = ["estimate", "se", "low", "high", "reliability"]
    return _blank(indicators, rows=rows, figures=figures, counts=[])


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


def _with_partners(
    n_pupils: pd.Series, *, hidden: frozenset[str], minimum: int
) -> frozenset[str]:
    """Add the next smallest units until the hidden ones protect each other."""
    if not hidden:
        return hidden
    shown = n_pupils[(n_pupils > 0) & ~n_pupils.index.isin(list(hidden))]
    together = int(n_pupils[n_pupils.index.isin(list(hidden))].sum())
    for unit, n in shown.sort_values(kind="stable").items():
        if len(hidden) >= 2 and together >= minimum:
            break
        hidden |= {str(unit)}
        together += int(n)
    return hidden


def _exposed_children(
    n_pupils: pd.Series, *, parent: pd.Series, hidden: frozenset[str]
) -> frozenset[str]:
    """Return the smallest child of each hidden unit all of whose children are shown."""
    children = n_pupils[n_pupils > 0].sort_values(kind="stable")
    above = parent.reindex(children.index)
    of_hidden = children[above.isin(list(hidden))]
    protected = set(above[above.index.isin(list(hidden))])
    first = of_hidden.groupby(above.reindex(of_hidden.index), sort=False).head(1)
    return frozenset(str(u) for u in first.index if above[u] not in protected)


def _blank(
    frame: pd.DataFrame, *, rows: pd.Series, figures: list[str], counts: list[str]
) -> pd.DataFrame:
    if not rows.any():
        return frame
    blank = frame.copy()
    for name in figures:
        blank[name] = frame[name].mask(rows)
    for name in counts:
        blank[name] = frame[name].astype("Int64").mask(rows)
    blank["status"] = frame["status"].mask(rows, "suppressed")
    return blank
