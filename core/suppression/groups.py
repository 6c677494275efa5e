"""Which groups are hidden: the small ones, and the partners that protect them.

A unit with 1 to 9 pupils is hidden. Where the total of its siblings is published, a single
hidden unit would be the total less the others; therefore a second one is hidden with it, and
more until the hidden pupils together reach the minimum. A unit without pupils hides nothing.
Counts of the same pupils (roll, subjects, matched) share one pattern, since each can be worked
out from the others.
"""

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from core.errors import SettingsError

MIN_PUPILS_SHOWN = 10
"""Fewest pupils of a group that is shown above the own school."""

LEAST_MINIMUM = 5
"""No setting may go below this."""


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
    above = _above(parent)
    hidden = _small(n_pupils, minimum=minimum) | frozenset(also)
    return _closed(
        _families(n_pupils, above=above), above=above, hidden=hidden, minimum=minimum
    )


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
    families = [_families(n, above=above) for n in published]
    hidden = frozenset(also).union(*(_small(n, minimum=minimum) for n in published))
    while True:
        wider = hidden
        for children in families:
            wider = _closed(children, above=above, hidden=wider, minimum=minimum)
        if wider == hidden:
            return hidden
        hidden = wider


def is_small(n_pupils: float, *, minimum: int = MIN_PUPILS_SHOWN) -> bool:
    """Whether a group has pupils, but fewer than may be shown."""
    return 0 < n_pupils < minimum


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


def _closed(
    families: Mapping[str, Mapping[str, int]],
    *,
    above: Mapping[str, str],
    hidden: frozenset[str],
    minimum: int,
) -> frozenset[str]:
    """Return the hidden units with partners, until none comes back from its family."""
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
