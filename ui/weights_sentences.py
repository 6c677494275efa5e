"""Findings of the bench of weights as sentences: what decides, who hangs on the weights."""

import pandas as pd

from core.weighting.composite_notices import ACTS_OTHERWISE
from core.weighting.scheme_changes import SchemeChanges
from ui import formats
from ui.text import Words
from ui.weak_schools_sentences import schools_words

SURE = 0.95
"""Share of the draws from which on weights near the chosen ones do not move a school."""


def ranks_finding(units: pd.DataFrame, *, n_draws: int, words: Words) -> str:
    """Return how many schools change sides of the line when weights vary."""
    ranked = units[units["rank"].notna()]
    p = ranked["p_bottom20"].dropna()
    if p.empty:
        return words(
            "{schools} are listed, not judged: a judgement needs at least five",
            schools=schools_words(len(ranked), words),
        )
    in_bottom, unsure = int((p > SURE).sum()), int(((p <= SURE) & (p >= 1 - SURE)).sum())
    return words(
        "Whatever the weights nearby, {sure} of {schools} are in the bottom 20%; {unsure} "
        "hang on the weights ({draws} draws)",
        sure=in_bottom,
        schools=schools_words(len(ranked), words),
        unsure=unsure,
        draws=formats.count(n_draws),
    )


def effective_finding(rows: pd.DataFrame, *, words: Words) -> str:
    """Return which indicator decides most, and whether that is what its weight says.

    Parameters
    ----------
    rows : DataFrame
        name, nominal, effective, of one comparison group.
    """
    known = rows[rows["effective"].notna()]
    if known.empty:
        return words("The composite does not differ between the schools: nothing decides")
    most = known.nlargest(1, "effective").iloc[0]
    text = words(
        "{name} decides most: {effective} of the differences, by a weight of {nominal}",
        name=most["name"],
        effective=formats.rate(float(most["effective"])),
        nominal=formats.rate(float(most["nominal"])),
    )
    gap = (known["effective"] - known["nominal"]).abs() >= ACTS_OTHERWISE
    if not gap.any():
        return words("{finding}; weights act as they say", finding=text)
    return words(
        "{finding}; {n} of {all} weights act otherwise than they say",
        finding=text,
        n=int(gap.sum()),
        all=len(known),
    )


def moves_finding(moves: SchemeChanges, *, first: str, words: Words) -> str:
    """Return how many schools move, and how many change sides of the line."""
    units = moves.units
    known = units[units["gained"].notna()]
    return words(
        "Against {first}: {moved} of {schools} move, {enter} come into the bottom 20%, "
        "{leave} leave it",
        first=first,
        moved=int((known["gained"] != 0).sum()),
        schools=schools_words(len(known), words),
        enter=int(known["enters_bottom"].sum()),
        leave=int(known["leaves_bottom"].sum()),
    )


def flips_finding(flips: pd.DataFrame, *, words: Words) -> str:
    """Return how many schools one changed weight takes across the line, and the smallest."""
    known = flips[flips["status"] == "ok"]
    if known.empty:
        return words("No change of a single weight takes a school across the line")
    least = known["change"].abs().min()
    return words(
        "One weight changed takes {n} of {schools} nearest the line across it; the smallest "
        "change is {change} percentage points",
        n=len(known),
        schools=schools_words(len(flips), words),
        change=formats.plain(100 * float(least), digits=2),
    )


def any_finding(bottom: pd.Series, *, words: Words) -> str:
    """Return how many schools are in the bottom under all weights, and how many under none."""
    return words(
        "Under any weights at all: {always} of {schools} are always in the bottom 20%, "
        "{never} never are",
        always=int((bottom >= 1).sum()),
        schools=schools_words(len(bottom), words),
        never=int((bottom <= 0).sum()),
    )


def agreement_finding(units: pd.DataFrame, *, n_schemes: int, words: Words) -> str:
    """Return how many schools all schemes put into the bottom, and how many only some do."""
    all_ = int((units["n_bottom"] == n_schemes).sum())
    some = int(((units["n_bottom"] > 0) & (units["n_bottom"] < n_schemes)).sum())
    return words(
        "{all} are in the bottom 20% by each of {n} schemes, {some} by only some of them",
        all=schools_words(all_, words),
        n=n_schemes,
        some=some,
    )


def gains_finding(gains: pd.DataFrame, kind: str, *, words: Words) -> str:
    """Return which kind of schools gains most.

    Parameters
    ----------
    gains : DataFrame
        GAINS rows with ``name``.
    kind : str
        What the schools are sorted by, in words.
    """
    if len(gains) < 2:
        return words("By {kind} all schools are of one kind", kind=kind)
    best = gains.nlargest(1, "mean_gained").iloc[0]
    worst = gains.nsmallest(1, "mean_gained").iloc[0]
    if best["mean_gained"] == worst["mean_gained"]:
        return words("By {kind} no kind of school gains", kind=kind)
    return words(
        "By {kind}: {best} gain most ({gained} places on average), {worst} lose most ({lost})",
        kind=kind,
        best=best["name"],
        gained=formats.signed(float(best["mean_gained"]), digits=1),
        worst=worst["name"],
        lost=formats.signed(float(worst["mean_gained"]), digits=1),
    )
