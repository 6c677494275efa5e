"""Remarks on a county as sentences."""

from collections.abc import Mapping

from ui import formats
from ui.remark_words.parts import Sentence, Values, listed
from ui.text import Words
from ui.vocabulary import change_words, figure_words, indicator_name


def _well_above(values: Values, names: Mapping[str, str], words: Words) -> str:
    return words(
        "▲ Clearly more value-added than expected (index 2 or more): {listed}",
        listed=listed(values, names, words),
    )


def _well_below(values: Values, names: Mapping[str, str], words: Words) -> str:
    return words(
        "▼ Clearly less value-added than expected (index −2 or less): {listed}",
        listed=listed(values, names, words),
    )


def _expected(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "If all schools were equal, on average about {expected} of {schools} would stand out "
        "by chance alone; {count} do.",
        expected=formats.plain(float(values["expected"])),
        schools=formats.count(float(values["n_schools"])),
        count=formats.count(float(values["count"])),
    )


def _no_difference(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "○ No school differences found among {schools} schools with {pupils} linked pupils. "
        "That is a result: no school is to be praised or blamed for value-added here.",
        schools=formats.count(float(values["n_schools"])),
        pupils=formats.count(float(values["n_pupils"])),
    )


def _unfair(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "⚠ Value-added goes along with the schools' intake (r = {r}, limit {limit}): the "
        "comparison may favour schools by whom they admit. Look at the other method as well.",
        r=formats.signed(float(values["r"])),
        limit=formats.plain(float(values["limit"]), digits=2),
    )


def _thin(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "× Schools not judged: {thin} with too few linked pupils, {none} without enough data. "
        "Coverage of the county: {coverage}.",
        thin=formats.count(float(values["count"])),
        none=formats.count(float(values["not_estimable"])),
        coverage=formats.rate(float(values["coverage"])),
    )


def _change(values: Values, _names: Mapping[str, str], words: Words) -> str:
    code, change = str(values["indicator"]), float(values["change"])
    return words(
        "Clearest change since the exam before: {indicator} {change}, now {now}; "
        "{beyond} of {compared} key figures changed beyond their error.",
        indicator=indicator_name(code, words=words),
        change=change_words(code, change, words=words),
        now=figure_words(code, float(values["now"]), words=words),
        beyond=formats.count(float(values["n_beyond"])),
        compared=formats.count(float(values["n_compared"])),
    )


def _no_change(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "＝ None of {compared} key figures changed by more than its error since the exam "
        "before.",
        compared=formats.count(float(values["n_compared"])),
    )


SENTENCES: dict[str, Sentence] = {
    "n_well_above": _well_above,
    "n_well_below": _well_below,
    "expected_by_chance": _expected,
    "no_difference_found": _no_difference,
    "fairness_warning": _unfair,
    "low_coverage_schools": _thin,
    "largest_change": _change,
    "no_change_found": _no_change,
}
"""How each remark on a county is said."""
