"""Findings about the items of a paper as sentences: titles of the charts of its page."""

import pandas as pd

from pipeline.views import ItemsView
from ui import formats
from ui.subject_sentences import subject_of
from ui.text import Words


def items_finding(view: ItemsView, *, words: Words) -> str:
    """Return how many items there is something to say of."""
    subject = subject_of(view.stamp, words=words)
    noted = view.items[view.items["note"] != ""]
    if noted.empty:
        return words(
            "{subject}: none of {items} was too hard, too easy or hardly telling",
            subject=subject,
            items=_items(len(view.items), words),
        )
    return words(
        "{subject}: of {items}, {n} need a look: {named}",
        subject=subject,
        items=_items(len(view.items), words),
        n=len(noted),
        named=_comma(words).join(noted["item"]),
    )


def points_finding(view: ItemsView, *, words: Words) -> str:
    """Return which knowledge points lie below the paper as a whole."""
    weak = view.points[view.points["is_weak"]]
    if weak.empty:
        return words("No knowledge point lies clearly below the paper as a whole")
    return words(
        "Below the paper as a whole ({paper}): {named}",
        paper=formats.rate(float(view.points["paper"].iloc[0])),
        named=_comma(words).join(
            f"{name} {formats.rate(value)}"
            for name, value in zip(weak["knowledge_point"], weak["mastery"], strict=True)
        ),
    )


def schools_finding(rows: pd.DataFrame, point: str, *, words: Words) -> str:
    """Return how many schools differ from the county on a knowledge point."""
    strong, weak = (int((rows["flag"] == flag).sum()) for flag in ("strong", "weak"))
    known = int(rows["mastery"].notna().sum())
    if strong + weak == 0:
        return words(
            "{point}: none of {schools} can be told apart from the county",
            point=point,
            schools=words.plural("{n} school", "{n} schools", n=known),
        )
    return words(
        "{point}: of {schools}, {weak} lie clearly below the county and {strong} clearly above",
        point=point,
        schools=words.plural("{n} school", "{n} schools", n=known),
        weak=weak,
        strong=strong,
    )


def source_note(view: ItemsView, *, words: Words) -> tuple[str, ...]:
    """Return which item data a figure rests on."""
    source = view.source
    if source is None:
        return ()
    return (
        words(
            "Item data “{name}”, version {version}: {items}, {pupils} pupils, {complete} with "
            "all items",
            name=source.name,
            version=source.version,
            items=_items(source.n_items, words),
            pupils=formats.count(source.n_pupils),
            complete=formats.count(source.n_complete),
        ),
    )


def reliability_meaning(sem: float, *, words: Words) -> str:
    """Return what the error of a total means for a single pupil."""
    return words(
        "A single pupil's total may lie {points} points above or below his true one (95%). "
        "Differences within that are no differences.",
        points=formats.plain(1.96 * sem),
    )


def _items(n: int, words: Words) -> str:
    return words.plural("{n} item", "{n} items", n=n)


def _comma(words: Words) -> str:
    return ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
