"""Remarks on the classes of a grade as sentences; names are those of classes and subjects."""

from collections.abc import Mapping

from ui import formats
from ui.remark_words.parts import Sentence, Values, named
from ui.text import Words

Names = Mapping[str, str]


def _alike(values: Values, _names: Names, words: Words) -> str:
    return words(
        "＝ None of {n} classes can be told apart from its grade.",
        n=formats.count(float(values["n_classes"])),
    )


def _above(values: Values, names: Names, words: Words) -> str:
    return words(
        "▲ Clearly above the grade (q ≤ 0.05): {classes}",
        classes=named(values["classes"], names, words),
    )


def _below(values: Values, names: Names, words: Words) -> str:
    return words(
        "▼ Clearly below the grade (q ≤ 0.05): {classes}",
        classes=named(values["classes"], names, words),
    )


def _progress_alike(values: Values, _names: Names, words: Words) -> str:
    return words(
        "＝ From their start, none of {n} classes moved clearly away from the others of the "
        "school.",
        n=formats.count(float(values["n_classes"])),
    )


def _progress_more(values: Values, names: Names, words: Words) -> str:
    return words(
        "▲ Moved up from their start clearly more than the school's other classes: {classes}",
        classes=named(values["classes"], names, words),
    )


def _progress_less(values: Values, names: Names, words: Words) -> str:
    return words(
        "▼ Moved up from their start clearly less than the school's other classes: {classes}",
        classes=named(values["classes"], names, words),
    )


def _unbalanced(values: Values, _names: Names, words: Words) -> str:
    return words(
        "⚠ The classes lie further apart than chance alone would give: SD of class means "
        "{spread}, by chance at most {chance}. At the start they did not.",
        **_spread(values),
    )


def _unbalanced_from_start(values: Values, _names: Names, words: Words) -> str:
    return words(
        "⚠ The classes lie further apart than chance alone would give: SD of class means "
        "{spread}, by chance at most {chance}. So they did at the start already.",
        **_spread(values),
    )


def _evened_out(values: Values, _names: Names, words: Words) -> str:
    return words(
        "● The classes are more alike than chance alone would make them: SD of class means "
        "{spread}.",
        **_spread(values),
    )


def _balanced(values: Values, _names: Names, words: Words) -> str:
    return words(
        "＝ The classes are balanced: SD of class means {spread}, by chance up to {chance}.",
        **_spread(values),
    )


def _spread(values: Values) -> dict[str, str]:
    return {
        "spread": formats.plain(float(values["spread"]), digits=2),
        "chance": formats.plain(float(values["chance_high"]), digits=2),
    }


def _subjects(values: Values, names: Names, words: Words) -> str:
    return words(
        "Strong or weak subjects of classes: {n}; the largest is {class_}, {subject} {gap} SD.",
        n=formats.count(float(values["count"])),
        class_=named(values["class"], names, words),
        subject=named(values["subject"], names, words),
        gap=formats.signed(float(values["difference"])),
    )


SENTENCES: dict[str, Sentence] = {
    "classes_alike": _alike,
    "classes_above": _above,
    "classes_below": _below,
    "classes_progress_alike": _progress_alike,
    "classes_progress_more": _progress_more,
    "classes_progress_less": _progress_less,
    "classes_unbalanced": _unbalanced,
    "classes_unbalanced_from_start": _unbalanced_from_start,
    "classes_evened_out": _evened_out,
    "classes_balanced": _balanced,
    "class_subjects_flagged": _subjects,
}
"""How each remark on classes is said."""
