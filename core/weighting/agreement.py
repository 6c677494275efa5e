"""How far several schemes agree: pair by pair, and school by school.

A school that all schemes put into the bottom 20 % is weak by any of them; one that only some do
is weak by a choice of weights, and its doubt is told as "in x of y schemes".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from core.errors import SettingsError
from core.numerics.rank import bottom_count
from core.table import Table, integer, number, text
from core.weighting.scheme_changes import compare_schemes

SCHEME_PAIRS = Table(
    "SCHEME_PAIRS",
    "how far two of several weight schemes order the units of a group alike",
    ("group", "first", "second"),
    (
        text("group", "comparison group"),
        text("first", "name of a scheme"),
        text("second", "name of another"),
        integer("n_units", "units that both schemes rank"),
        number("kendall_tau", "-1 to 1"),
        number("spearman", "-1 to 1"),
        number("mean_absolute_change", "places"),
        integer("n_bottom_both", "units that both put into the bottom 20 %"),
        integer("n_bottom", "places of the bottom 20 %"),
    ),
)

BOTTOM_COUNTS = Table(
    "BOTTOM_COUNTS",
    "in how many schemes a unit stands in the bottom 20 % of its group",
    ("unit",),
    (
        text("unit", "code of the organisation unit"),
        text("group", "comparison group"),
        integer("n_bottom", "schemes that put it into the bottom 20 %"),
        integer("n_schemes", "schemes that rank it"),
        text("schemes", "names of those that put it there, joined by ;"),
    ),
)


@dataclass(frozen=True, slots=True)
class SchemeAgreement:
    """Agreement of several schemes: SCHEME_PAIRS rows and BOTTOM_COUNTS rows."""

    pairs: pd.DataFrame
    units: pd.DataFrame


def compare_all(composites: Mapping[str, pd.DataFrame]) -> SchemeAgreement:
    """Compare several schemes' composites of the same units.

    Parameters
    ----------
    composites : mapping of str to DataFrame
        Name of the scheme to its COMPOSITES rows.

    Raises
    ------
    SettingsError
        With fewer than two schemes.
    DataError
        When their units or groups differ.

    Examples
    --------
    >>> columns = {"unit": list("abcde"), "composite": [5.0, 4.0, 3.0, 2.0, 1.0]}
    >>> rows = pd.DataFrame(columns).assign(group="g", missing="", status="ok")
    >>> rows = rows.assign(rank=rows["composite"].rank(ascending=False).astype("Int64"))
    >>> rows = rows.assign(rank_low=rows["rank"], rank_high=rows["rank"], p_bottom20=0.2)
    >>> moved = rows.assign(composite=[5.0, 4, 3, 1, 2], rank=[1, 2, 3, 5, 4])
    >>> found = compare_all({"A": rows, "B": moved.astype({"rank": "Int64"}), "C": rows})
    >>> found.units[["unit", "n_bottom"]].head(3).values.tolist()
    [['e', 2], ['d', 1], ['a', 0]]
    """
    if len(composites) < 2:
        raise SettingsError(
            f"Agreement is between schemes (found: {len(composites)}). Choose two or more.",
            f"一致性须在多个方案之间比较（现有 {len(composites)} 个）。请选择两个或更多。",
        )
    pairs = [
        _pair(composites, first=first, second=second)
        for first, second in combinations(composites, 2)
    ]
    units = _bottom_counts(composites)
    return SchemeAgreement(
        SCHEME_PAIRS.require(pd.concat(pairs, ignore_index=True)), BOTTOM_COUNTS.require(units)
    )


def _pair(composites: Mapping[str, pd.DataFrame], *, first: str, second: str) -> pd.DataFrame:
    found = compare_schemes(composites[first], other=composites[second])
    units = found.units.assign(
        both=_bottom(found.units, "rank_official") & _bottom(found.units, "rank"),
        bottom=_bottom(found.units, "rank"),
    )
    counts = units.groupby("group", sort=False)[["both", "bottom"]].sum()
    rows = found.agreement.join(counts, on="group").assign(first=first, second=second)
    renamed = rows.rename(columns={"both": "n_bottom_both", "bottom": "n_bottom"})
    return renamed[SCHEME_PAIRS.names]


def _bottom_counts(composites: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return in how many schemes each unit is in the bottom, most first."""
    frames = [
        rows[["unit", "group"]].assign(
            scheme=name, ranked=rows["rank"].notna(), bottom=_bottom(rows, "rank")
        )
        for name, rows in composites.items()
    ]
    every = pd.concat(frames, ignore_index=True)
    named = every["scheme"].where(every["bottom"], "")
    grouped = every.assign(named=named).groupby(["unit", "group"], sort=False)
    rows = grouped.agg(
        n_bottom=("bottom", "sum"),
        n_schemes=("ranked", "sum"),
        schemes=("named", lambda names: ";".join(name for name in names if name)),
    )
    ordered = rows.reset_index().sort_values("n_bottom", ascending=False, kind="stable")
    return ordered.reset_index(drop=True)[BOTTOM_COUNTS.names]


def _bottom(rows: pd.DataFrame, column: str) -> pd.Series:
    """Return which units stand in the bottom 20 % of their group, by a column of ranks."""
    n_ranked = rows.groupby("group")[column].transform("count")
    is_bottom = rows[column] > n_ranked - n_ranked.map(bottom_count)
    return is_bottom.fillna(value=False).astype(bool)
