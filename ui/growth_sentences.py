"""Findings of a growth chart as sentences: how far a group came, and how it spreads."""

import pandas as pd

from pipeline.views import GroupSummary, GrowthChartView
from ui import formats
from ui.text import Words, marked
from ui.vocabulary import LOCALES, subject_name

_SIDES = {
    "above": marked(
        "{group}, {subject}: {n} came further than those who started alike, on average to "
        "percentile {mean} {interval}; county {county}"
    ),
    "below": marked(
        "{group}, {subject}: {n} came less far than those who started alike, on average to "
        "percentile {mean} {interval}; county {county}"
    ),
    "within": marked(
        "{group}, {subject}: {n} came about as far as those who started alike, on average to "
        "percentile {mean} {interval}; county {county}"
    ),
}
_WARNINGS = {
    "few_pupils": marked(
        "The county has {found} linked pupils, fewer than {required}: its curves are unsure."
    ),
    "coarse_outcome": marked(
        "Only {found} different current scores, fewer than {required}: pupils lump together on "
        "percentiles."
    ),
    "equal_knots": marked(
        "The prior scores are coarse: only {found} of {required} knots of the curves differ."
    ),
    "few_prior_values": marked(
        "The prior scores tell only {found} of {required} parts of a curve apart."
    ),
}


def group_name(kind: str, name: str, *, words: Words) -> str:
    """Return what a group of pupils is called."""
    if kind == "locale":
        place = words(LOCALES[name]) if name in LOCALES else name
        return words("schools by place: {place}", place=place)
    if kind == "school_type":
        return words("schools by type: {type}", type=name)
    return name


def growth_finding(view: GrowthChartView, *, words: Words) -> str:
    """Return how far the group came beside all who started alike, with its interval."""
    group = group_name(view.kind, view.name, words=words)
    subject = subject_name(view.stamp.subject, view.stamp.subject_name, words=words)
    own = view.summary
    if own is None:
        return words("{group}, {subject}: no growth can be shown", group=group, subject=subject)
    return words(
        _SIDES[own.side],
        group=group,
        subject=subject,
        n=words("{n} pupils", n=formats.count(own.n_pupils)),
        mean=_percentile(own.mean),
        interval=formats.interval(_percentile(own.low), _percentile(own.high)),
        county=_percentile(view.county_mean),
    )


def bands_finding(bands: pd.DataFrame, *, words: Words) -> str:
    """Return the shares of the lowest and the highest band of growth."""
    share = bands.set_index("band")["share"]
    if share.notna().sum() == 0:
        return words("No band of growth can be shown")
    lowest, highest = (_share(share.get(band), words) for band in (1, 5))
    return words(
        "Percentile 1–20: {lowest} of the pupils; 81–99: {highest}. Of all pupils about 20% "
        "each",
        lowest=lowest,
        highest=highest,
    )


def percentile_words(own: GroupSummary, *, words: Words) -> str:
    """Return mean and median percentile with their intervals."""
    return words(
        "Growth percentile: mean {mean} {mean_ends}, median {median} {median_ends}; n = {n}.",
        mean=_percentile(own.mean),
        mean_ends=formats.interval(_percentile(own.low), _percentile(own.high)),
        median=_percentile(own.median),
        median_ends=formats.interval(_percentile(own.median_low), _percentile(own.median_high)),
        n=formats.count(own.n_pupils),
    )


def growth_warnings(view: GrowthChartView, *, words: Words) -> tuple[str, ...]:
    """Return what makes the curves less telling."""
    return tuple(
        words(_WARNINGS[warning.code], found=warning.found, required=warning.required)
        for warning in view.warnings
    )


def _percentile(value: float | None) -> str:
    return "–" if value is None else formats.plain(value)


def _share(value: object, words: Words) -> str:
    return formats.rate(value) if formats.is_number(value) else words("not shown")
