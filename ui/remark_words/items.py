"""Remarks on the items of a paper as sentences."""

from collections.abc import Mapping

from ui import formats
from ui.remark_words.parts import Sentence, Values
from ui.text import Words, marked

_MOST_NAMED = 8
_NOTES = {
    "wrong_key": marked("✖ Against the rest of the paper, check key and full mark: {items}"),
    "flat": marked("■ Hardly tell pupils apart (discrimination under 0.2): {items}"),
    "too_hard": marked("▽ Too hard (under 30% of the points earned): {items}"),
    "too_easy": marked("△ Too easy (over 90% of the points earned): {items}"),
}


def _reliable(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "The paper measures reliably: alpha {alpha}; a single total is sure to about ±{range} "
        "points.",
        alpha=formats.plain(float(values["alpha"]), digits=2),
        range=formats.plain(1.96 * float(values["sem"])),
    )


def _unreliable(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "⚠ The paper measures too unreliably for judgements of single pupils: alpha {alpha}, "
        "wished {limit} or more; a single total is sure to about ±{range} points only.",
        alpha=formats.plain(float(values["alpha"]), digits=2),
        limit=formats.plain(float(values["limit"])),
        range=formats.plain(1.96 * float(values["sem"])),
    )


def _note(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(_NOTES[str(values["note"])], items=_listed(str(values["items"]), words))


def _no_note(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "＝ None of the {n} items was too hard, too easy or hardly telling.",
        n=formats.count(float(values["n_items"])),
    )


def _weak_points(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "▼ {count} of {n} knowledge points lie below the paper as a whole ({paper}): {points}; "
        "the lowest at {lowest}.",
        count=formats.count(float(values["count"])),
        n=formats.count(float(values["n_points"])),
        paper=formats.rate(float(values["paper"])),
        points=_listed(str(values["points"]), words),
        lowest=formats.rate(float(values["lowest"])),
    )


def _no_weak_point(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "＝ None of the {n} knowledge points lies clearly below the paper as a whole.",
        n=formats.count(float(values["n_points"])),
    )


def _school_points(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "{count} of {tests} figures of schools and knowledge points differ from the county "
        "({schools} schools); about {expected} of them may be false.",
        count=formats.count(float(values["count"])),
        tests=formats.count(float(values["n_tests"])),
        schools=formats.count(float(values["n_schools"])),
        expected=formats.plain(float(values["expected"])),
    )


def _listed(codes: str, words: Words) -> str:
    """Return names with commas of the language; a long list says how many more there are."""
    every = [formats.safe_markdown(code) for code in codes.split(",") if code]
    named = every[:_MOST_NAMED]
    if len(every) > _MOST_NAMED:
        named.append(words("{n} more", n=len(every) - _MOST_NAMED))
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    return comma.join(named)


SENTENCES: dict[str, Sentence] = {
    "reliable": _reliable,
    "unreliable": _unreliable,
    "item_note": _note,
    "no_item_note": _no_note,
    "weak_points": _weak_points,
    "no_weak_point": _no_weak_point,
    "school_points": _school_points,
}
"""How each remark on a paper is said."""
