"""Remarks on one school as sentences; the names are those of its subjects."""

from collections.abc import Mapping

from ui import formats
from ui.band_words import band_words
from ui.remark_words.parts import Sentence, Values, named
from ui.text import Words
from ui.vocabulary import indicator_name

Names = Mapping[str, str]


def _more(values: Values, names: Names, words: Words) -> str:
    return words(
        "▲ Adds clearly more than expected (index 2 or more): {subjects}",
        subjects=named(values["subjects"], names, words),
    )


def _less(values: Values, names: Names, words: Words) -> str:
    return words(
        "▼ Adds clearly less than expected (index −2 or less): {subjects}",
        subjects=named(values["subjects"], names, words),
    )


def _as_expected(values: Values, _names: Names, words: Words) -> str:
    return words(
        "● In none of {n} subjects does the school add clearly more or less than expected.",
        n=formats.count(float(values["n_subjects"])),
    )


def _low_more(values: Values, _names: Names, words: Words) -> str:
    return words(
        "▲ Adds more to pupils who start low than to those who start high: {difference} SD "
        "between start {lowest} and start {highest}.",
        **_starts(values),
    )


def _high_more(values: Values, _names: Names, words: Words) -> str:
    return words(
        "▼ Adds less to pupils who start low than to those who start high: {difference} SD "
        "between start {lowest} and start {highest}.",
        **_starts(values),
    )


def _starts_alike(values: Values, _names: Names, words: Words) -> str:
    return words(
        "＝ Pupils who start low and high gain alike: {difference} SD between start {lowest} "
        "and start {highest} lies within its error.",
        **_starts(values),
    )


def _starts(values: Values) -> dict[str, str]:
    return {
        "difference": formats.signed(float(values["difference"])),
        "lowest": formats.count(float(values["lowest"])),
        "highest": formats.count(float(values["highest"])),
    }


def _ahead(values: Values, _names: Names, words: Words) -> str:
    return words(
        "▲ {indicator} clearly above the mean of {n} schools of like intake: {difference} SD.",
        **_peers(values, words),
    )


def _behind(values: Values, _names: Names, words: Words) -> str:
    return words(
        "▼ {indicator} clearly below the mean of {n} schools of like intake: {difference} SD.",
        **_peers(values, words),
    )


def _peers_alike(values: Values, _names: Names, words: Words) -> str:
    return words(
        "＝ {indicator} about the same as in {n} schools of like intake: {difference} SD.",
        **_peers(values, words),
    )


def _peers(values: Values, words: Words) -> dict[str, str]:
    return {
        "indicator": indicator_name(str(values["indicator"]), words=words),
        "difference": formats.signed(float(values["difference"])),
        "n": formats.count(float(values["n_peers"])),
    }


def _strong(values: Values, names: Names, words: Words) -> str:
    return words(
        "▲ Strong subjects against its own mean: {subjects}",
        subjects=named(values["subjects"], names, words),
    )


def _weak(values: Values, names: Names, words: Words) -> str:
    return words(
        "▼ Weak subjects against its own mean: {subjects}",
        subjects=named(values["subjects"], names, words),
    )


def _warned(values: Values, names: Names, words: Words) -> str:
    return words(
        "Warnings in {n} subjects; gravest {band}: {subjects}",
        n=formats.count(float(values["n_warned"])),
        band=band_words(values["band"], words=words),
        subjects=named(values["subjects"], names, words),
    )


def _no_warnings(values: Values, _names: Names, words: Words) -> str:
    return words(
        "– No warning in {n} judged subjects.", n=formats.count(float(values["n_subjects"]))
    )


def _thin(values: Values, names: Names, words: Words) -> str:
    return words(
        "× Too few linked pupils to compare value-added (coverage under 70%): {subjects}",
        subjects=named(values["subjects"], names, words),
    )


SENTENCES: dict[str, Sentence] = {
    "school_adds_more": _more,
    "school_adds_less": _less,
    "school_as_expected": _as_expected,
    "starts_low_more": _low_more,
    "starts_high_more": _high_more,
    "starts_alike": _starts_alike,
    "peers_ahead_of": _ahead,
    "peers_behind": _behind,
    "peers_alike": _peers_alike,
    "subjects_strong": _strong,
    "subjects_weak": _weak,
    "warnings": _warned,
    "no_warnings": _no_warnings,
    "school_low_coverage": _thin,
}
"""How each remark on a school is said."""
