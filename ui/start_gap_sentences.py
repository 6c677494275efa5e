"""Findings of all schools' low and high starts as sentences."""

from core.multiplicity import FALSE_DISCOVERY_RATE
from pipeline.views import DifferentialView
from ui import formats
from ui.text import Words
from ui.vocabulary import subject_name
from ui.weak_schools_sentences import schools_words


def start_gaps_finding(view: DifferentialView, *, words: Words) -> str:
    """Return how many schools do more for one end of the starts, beyond chance."""
    subject = subject_name(view.stamp.subject, view.stamp.subject_name, words=words)
    if not view.n_compared:
        return words("{subject}: no school can be compared by start", subject=subject)
    schools = schools_words(view.n_compared, words)
    if not view.n_flagged:
        return words(
            "{subject}: in none of {schools} do low and high starts differ beyond chance",
            subject=subject,
            schools=schools,
        )
    flags = view.schools["flag"]
    return words(
        "{subject}: of {schools}, {low} clearly do more for low starts and {high} for high "
        "starts",
        subject=subject,
        schools=schools,
        low=int((flags == "low_more").sum()),
        high=int((flags == "high_more").sum()),
    )


def all_together(view: DifferentialView, *, words: Words) -> str:
    """Return whether the schools differ in this at all; empty where none can be compared."""
    if view.p_all is None or view.spread is None:
        return ""
    if view.p_all <= FALSE_DISCOVERY_RATE:
        return words(
            "All together the schools differ in this beyond chance (p = {p}): true "
            "differences have an SD of about {spread}.",
            p=formats.plain(view.p_all, digits=3),
            spread=formats.plain(view.spread, digits=2),
        )
    return words(
        "All together the schools differ in this no more than chance would have it (p = {p}).",
        p=formats.plain(view.p_all, digits=3),
    )
