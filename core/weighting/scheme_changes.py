"""What another weight scheme would change: places, the bottom 20 %, agreement of the orders."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import DataError
from core.numerics.rank import bottom_count
from core.table import Table, flag, integer, number, text
from core.weighting.compare import compare_ranks
from core.weighting.composite import COMPOSITES

RANK_CHANGES = Table(
    "RANK_CHANGES",
    "ranks of the units by the official and by another weight scheme, who moves most first",
    ("unit",),
    (
        text("unit", "code of the organisation unit"),
        text("group", "comparison group"),
        integer("rank_official", "by the official scheme, 1 is best", nullable=True),
        integer("rank", "by the other scheme", nullable=True),
        integer("gained", "places gained by the other scheme", nullable=True),
        flag("enters_bottom", "comes into the bottom 20 % by the other scheme"),
        flag("leaves_bottom", "leaves the bottom 20 % by the other scheme"),
        number("p_bottom20_official", "of the official scheme's perturbed weights"),
        number("p_bottom20", "of the other scheme's perturbed weights"),
    ),
)

AGREEMENT = Table(
    "AGREEMENT",
    "how far two weight schemes order the units of a group alike",
    ("group",),
    (
        text("group", "comparison group"),
        integer("n_units", "units that both schemes rank"),
        number("kendall_tau", "-1 to 1"),
        number("spearman", "-1 to 1"),
        number("mean_absolute_change", "places"),
        integer("n_enter_bottom", "units that come into the bottom 20 %"),
    ),
)


@dataclass(frozen=True, slots=True)
class SchemeChanges:
    """The changes unit by unit, and the agreement group by group.

    Attributes
    ----------
    units : DataFrame
        RANK_CHANGES rows, group by group, who moves most first.
    agreement : DataFrame
        AGREEMENT rows.
    """

    units: pd.DataFrame
    agreement: pd.DataFrame


def compare_schemes(official: pd.DataFrame, *, other: pd.DataFrame) -> SchemeChanges:
    """Compare the ranks of two schemes for the same units.

    Ranks are taken anew among the units that both schemes rank, so that a unit which one of
    them lacks does not move all others.

    Parameters
    ----------
    official, other : DataFrame
        COMPOSITES rows of the same units and groups.

    Raises
    ------
    DataError
        When the units or groups differ.

    Examples
    --------
    >>> columns = {"unit": list("abcde"), "composite": [5.0, 4.0, 3.0, 2.0, 1.0]}
    >>> rows = pd.DataFrame(columns).assign(group="g")
    >>> whole = rows.assign(rank=rows["composite"].rank(ascending=False).astype("Int64"))
    >>> rest = {"rank_low": whole["rank"], "rank_high": whole["rank"], "p_bottom20": 0.2}
    >>> whole = whole.assign(**rest, missing="", status="ok")
    >>> moved = whole.assign(composite=[5.0, 4, 3, 1, 2])
    >>> changes = compare_schemes(whole, other=moved).units
    >>> changes[["unit", "gained"]].head(2).to_numpy().tolist()
    [['d', -1], ['e', 1]]
    """
    columns = ["unit", "group", "composite", "p_bottom20"]
    before = COMPOSITES.require(official)[columns]
    pair = before.merge(
        COMPOSITES.require(other)[columns],
        on=["unit", "group"],
        suffixes=("_official", ""),
        validate="1:1",
    )
    _require_same(len(pair), n_official=len(official), n_other=len(other))
    parts = [_changes(rows) for _, rows in pair.groupby("group", sort=False)]
    units = pd.concat([changes for changes, _ in parts], ignore_index=True)
    agreement = pd.DataFrame([row for _, row in parts])
    return SchemeChanges(RANK_CHANGES.require(units), AGREEMENT.require(agreement))


def _changes(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, object]]:
    """Return the RANK_CHANGES rows and the AGREEMENT row of one group."""
    official, other = (
        rows[name].to_numpy(float) for name in ("composite_official", "composite")
    )
    n_units = int((~np.isnan(official + other)).sum())
    found = compare_ranks(official, other=other, n_bottom=bottom_count(n_units))
    columns = {
        "rank_official": found.rank_official,
        "rank": found.rank_other,
        "gained": found.gained,
        "enters_bottom": found.enters_bottom,
        "leaves_bottom": found.leaves_bottom,
    }
    changes = rows.assign(**columns).astype(
        dict.fromkeys(("rank_official", "rank", "gained"), "Int64")
    )
    order = (-np.abs(found.gained)).argsort(kind="stable")
    agreement: dict[str, object] = {
        "group": rows["group"].iloc[0],
        "n_units": n_units,
        "kendall_tau": found.kendall_tau,
        "spearman": found.spearman,
        "mean_absolute_change": found.mean_absolute_change,
        "n_enter_bottom": int(found.enters_bottom.sum()),
    }
    return changes[RANK_CHANGES.names].iloc[order], agreement


def _require_same(n_both: int, *, n_official: int, n_other: int) -> None:
    if 0 < n_both == n_official == n_other:
        return
    raise DataError(
        f"Two schemes are compared over the same units and groups (found: official "
        f"{n_official}, other {n_other}, in both {n_both}). Compute both for one list.",
        f"两个方案须针对同一批单位和比较组（官方方案 {n_official} 个，另一方案 {n_other} 个，"
        f"共同 {n_both} 个）。请按同一名单计算。",
    )
