"""Findings of the page of a township as sentences: titles of its charts and tables."""

import pandas as pd

from pipeline.views import TownshipView
from ui import formats
from ui.text import Words
from ui.vocabulary import subject_name


def judged_units(view: TownshipView) -> pd.DataFrame:
    """Return the own units that may be compared: both figures known, coverage good enough."""
    rows = view.schools
    known = rows[["z", "estimate", "low", "high", "index"]].notna().all(axis=1)
    return rows[(rows["status"] == "ok") & known].rename(columns={"unit": "school"})


def standing_finding(view: TownshipView, *, words: Words) -> str:
    """Return how many own schools add clearly more or less than expected."""
    judged = judged_units(view)
    if judged.empty:
        return words("{unit}: no school can be compared", unit=view.name)
    above, below = (int((judged["verdict"] == v).sum()) for v in ("well_above", "well_below"))
    return words(
        "{unit}: of {units}, {above} add clearly more than expected and {below} clearly less",
        unit=view.name,
        units=units_words(view, len(judged), words=words),
        above=above,
        below=below,
    )


def sample_finding(view: TownshipView, *, words: Words) -> str:
    """Return the coverage of the unit, and how many of its schools are under 70%."""
    thin = int((view.schools["status"] == "low_coverage").sum())
    coverage = words("not shown") if view.sample is None else formats.rate(view.sample.coverage)
    return words(
        "{unit}: coverage {coverage}; under 70%: {thin}",
        unit=view.name,
        coverage=coverage,
        thin=units_words(view, thin, words=words) if thin else words("none"),
    )


def bottom20_finding(view: TownshipView, *, words: Words) -> str:
    """Return how many own schools hold clearly more of the county's lowest 20%."""
    rows = own_shares(view)
    rows = rows[rows["subject"] == view.stamp.subject]
    known = rows[rows["side"].notna()]
    return words(
        "{unit}, {subject}: in {more} of {units} clearly more pupils than in the county are "
        "among its lowest 20%, in {fewer} clearly fewer",
        unit=view.name,
        subject=subject_name(view.stamp.subject, view.stamp.subject_name, words=words),
        more=int((known["side"] == "more").sum()),
        fewer=int((known["side"] == "fewer").sum()),
        units=units_words(view, len(known), words=words),
    )


def gaps_finding(view: TownshipView, *, words: Words) -> str:
    """Return the subjects of the unit that lag behind its own mean."""
    weak = view.gaps[view.gaps["flag"] == "weak"]
    if weak.empty:
        return words("{unit}: no subject lags clearly behind its own mean", unit=view.name)
    return words(
        "{unit}: behind its own mean lag {subjects}",
        unit=view.name,
        subjects=_subjects(weak, words),
    )


def school_gaps_finding(view: TownshipView, *, words: Words) -> str:
    """Return how many weak and strong subjects the own schools have."""
    flags = view.school_gaps["flag"]
    return words(
        "{unit}: its schools have {weak} clearly weak and {strong} clearly strong subjects",
        unit=view.name,
        weak=int((flags == "weak").sum()),
        strong=int((flags == "strong").sum()),
    )


def bands_finding(view: TownshipView, *, words: Words) -> str:
    """Return how many own schools have each warning band in the chosen subject."""
    rows = view.bands[view.bands["subject"] == view.stamp.subject]
    counts = {band: int((rows["band"] == band).sum()) for band in ("red", "yellow", "blue")}
    return words(
        "{unit}, {subject}: serious {red}, caution {yellow}, watch {blue} of {schools}",
        unit=view.name,
        subject=subject_name(view.stamp.subject, view.stamp.subject_name, words=words),
        schools=words.plural("{n} school", "{n} schools", n=len(rows)),
        **counts,
    )


def own_shares(view: TownshipView) -> pd.DataFrame:
    """Return the shares of the own units, without that of the unit as a whole."""
    return view.bottom20[view.bottom20["unit"].isin(view.schools["unit"])]


def units_words(view: TownshipView, n: int, *, words: Words) -> str:
    """Return a number of own units in words: schools, or units where schools are pooled."""
    if view.pooled:
        return words.plural("{n} unit", "{n} units", n=n)
    return words.plural("{n} school", "{n} schools", n=n)


def _subjects(rows: pd.DataFrame, words: Words) -> str:
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    return comma.join(
        subject_name(str(row["subject"]), str(row["name"]), words=words)
        for row in rows.to_dict("records")
    )
