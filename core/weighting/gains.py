"""Who gains and who loses by another scheme: schools of one kind together.

A scheme that moves all schools of a kind, such as the small or the rural ones, is a choice
about that kind, whatever it says of single schools.
"""

import pandas as pd

from core.table import Table, integer, number, text

GAINS = Table(
    "GAINS",
    "how schools of one kind move from the official to another weight scheme",
    ("trait", "kind"),
    (
        text("trait", "what the schools are sorted by, such as school_type"),
        text("kind", "value of the trait"),
        integer("n_units", "schools of this kind that both schemes rank"),
        number("mean_gained", "places gained on average; negative are lost", nullable=False),
        number("mean_share_gained", "the same as a share of the places of the group"),
        integer("n_gain", "schools that gain places"),
        integer("n_lose", "schools that lose places"),
        integer("n_enter_bottom", "schools that come into the bottom 20 %"),
        integer("n_leave_bottom", "schools that leave it"),
    ),
)


def compute_gains(changes: pd.DataFrame, *, traits: pd.DataFrame) -> pd.DataFrame:
    """Sum up the changes of rank by every trait of the schools.

    Parameters
    ----------
    changes : DataFrame
        RANK_CHANGES rows.
    traits : DataFrame, indexed by unit
        One column of texts for each trait; a school without a value is in no kind.

    Returns
    -------
    DataFrame
        GAINS rows, trait by trait in their order, kinds as they sort. A group of schools has
        as many places as schools that both schemes rank; the moves of a group sum to about 0.

    Examples
    --------
    >>> rows = {"unit": ["a", "b", "c"], "gained": [2, -1, -1]}
    >>> rows |= {"enters_bottom": [False, False, True], "leaves_bottom": [True, False, False]}
    >>> changes = pd.DataFrame(rows).assign(group="g").astype({"gained": "Int64"})
    >>> traits = pd.DataFrame({"size": ["small", "large", "large"]}, index=["a", "b", "c"])
    >>> gains = compute_gains(changes, traits=traits)
    >>> gains[["kind", "n_units", "mean_gained"]].values.tolist()
    [['large', 2, -1.0], ['small', 1, 2.0]]
    """
    ranked = changes[changes["gained"].notna()]
    places = ranked.groupby("group")["unit"].transform("size")
    gained = ranked["gained"].astype("float64")
    moves = pd.DataFrame(
        {
            "unit": ranked["unit"],
            "mean_gained": gained,
            "mean_share_gained": gained / places,
            "n_gain": (gained > 0).astype(int),
            "n_lose": (gained < 0).astype(int),
            "n_enter_bottom": ranked["enters_bottom"].astype(int),
            "n_leave_bottom": ranked["leaves_bottom"].astype(int),
        }
    )
    parts = [_of_trait(moves, traits[name]) for name in traits]
    found = [part for part in parts if len(part)]
    return GAINS.require(pd.concat(found, ignore_index=True)) if found else GAINS.empty()


def _of_trait(moves: pd.DataFrame, kinds: pd.Series) -> pd.DataFrame:
    """Return the GAINS rows of one trait."""
    kind = moves["unit"].map(kinds)
    how = {name: "mean" if name.startswith("mean") else "sum" for name in moves.columns[1:]}
    grouped = moves.groupby(kind)
    sums = grouped.agg(how).assign(n_units=grouped.size())
    rows = sums.rename_axis("kind").reset_index().assign(trait=str(kinds.name))
    return rows.astype({"kind": "str"})[GAINS.names]
