"""Groups of schools that are looked at together, and the cells of them that are not told."""

from collections.abc import Mapping

import pandas as pd

from core.disclosure.crossed import hidden_in_cross, telling_totals
from core.disclosure.overlapping import hidden_in_groupings
from data.catalogue import ExamRelease, units_of
from data.scope import Scope
from data.store import Store
from pipeline.hidden_units import hidden_in_pair
from pipeline.school_parts import township_of

TRAITS = ("school_type", "locale")
"""Columns of UNITS by which schools of a kind or a place are one group."""

_IS = "="


def groupings_of(units: pd.DataFrame) -> Mapping[str, pd.Series]:
    """Return by township, type and place which group each school belongs to.

    A group by a trait is called ``school_type=...``: no unit has such a code.
    """
    schools = units[units["level"] == "school"].set_index("code")
    codes = pd.Series(schools.index, index=schools.index, dtype="str")
    towns = township_of(units, codes.reset_index(drop=True))
    found = {"township": pd.Series(towns.to_numpy(), index=schools.index)}
    for trait in TRAITS:
        found[trait] = (f"{trait}{_IS}" + schools[trait]).where(schools[trait].notna())
    return found


def trait_of(group: str) -> tuple[str, str] | None:
    """Return trait and value of a group by a trait; None for a unit."""
    trait, is_trait, value = group.partition(_IS)
    return (trait, value) if is_trait and trait in TRAITS else None


def hidden_cells(
    scope: Scope,
    store: Store,
    current: ExamRelease,
    baseline: ExamRelease,
    *,
    counts: pd.DataFrame,
) -> pd.DataFrame:
    """Return which cells of matched pupils are hidden, of schools and of groups of schools.

    Schools come first: a group's cell is not told where it would give back what is hidden of a
    school, so that no page of a school tells less because groups are shown elsewhere.

    Parameters
    ----------
    counts : DataFrame, one row for each school, one column for each group of pupils
        Matched pupils of one subject.

    Returns
    -------
    DataFrame of bool, one row for each school and each group that has one of them
    """
    groupings = groupings_of(units_of(store, current.county))
    if scope.sees_small_groups:
        own = [of.reindex(counts.index).dropna().unique() for of in groupings.values()]
        index = [*counts.index, *(str(unit) for units in own for unit in units)]
        return pd.DataFrame(False, index=index, columns=counts.columns)
    also = hidden_in_pair(scope, store, current, baseline)
    schools = hidden_in_cross(counts, also=also)
    groups = hidden_in_groupings(counts, hidden=schools, groupings=groupings, also=also)
    return pd.concat([schools, groups])


def hidden_totals(
    scope: Scope,
    store: Store,
    current: ExamRelease,
    baseline: ExamRelease,
    *,
    n_pupils: pd.Series,
) -> frozenset[str]:
    """Return the schools and groups of which no figure is told at all.

    Parameters
    ----------
    n_pupils : Series, indexed by school
        Matched pupils of one subject.
    """
    if scope.sees_small_groups:
        return frozenset()
    also = hidden_in_pair(scope, store, current, baseline)
    groupings = groupings_of(units_of(store, current.county)).values()
    return also.union(*(telling_totals(n_pupils, unit_of=of, also=also) for of in groupings))
