"""Remarks on one subject as sentences."""

from collections.abc import Mapping

from ui import formats
from ui.remark_words.parts import Sentence, Values, listed
from ui.text import Words


def _weak(values: Values, names: Mapping[str, str], words: Words) -> str:
    return words(
        "▼ Weaker here than in their other subjects: {listed}",
        listed=listed(values, names, words),
    )


def _strong(values: Values, names: Mapping[str, str], words: Words) -> str:
    return words(
        "▲ Stronger here than in their other subjects: {listed}",
        listed=listed(values, names, words),
    )


def _false_flags(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "Over all schools and subjects {flags} of {tests} gaps are flagged, {own} of them in "
        "this subject; about {expected} of all the flags may be false.",
        flags=formats.count(float(values["flags"])),
        tests=formats.count(float(values["n_tests"])),
        own=formats.count(float(values["own"])),
        expected=formats.plain(float(values["expected"])),
    )


def _share(values: Values, _names: Mapping[str, str], words: Words) -> str:
    share = formats.rate(float(values["share"]))
    if int(values["n_subjects"]) == 1:
        return words(
            "{share} of the differences between pupils lie between schools (reference line "
            "{line}).",
            share=share,
            line=formats.rate(float(values["line"])),
        )
    return words(
        "{share} of the differences between pupils lie between schools: place {place} of "
        "{subjects} subjects, the largest first (reference line {line}).",
        share=share,
        place=formats.count(float(values["place"])),
        subjects=formats.count(float(values["n_subjects"])),
        line=formats.rate(float(values["line"])),
    )


def _changed(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "The share between schools went from {before} to {now} over {exams} exams, beyond its "
        "error.",
        before=formats.rate(float(values["before"])),
        now=formats.rate(float(values["share"])),
        exams=formats.count(float(values["n_exams"])),
    )


def _steady(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "＝ The share between schools was {before} at the first and {now} at the last of "
        "{exams} exams: no change beyond its error.",
        before=formats.rate(float(values["before"])),
        now=formats.rate(float(values["share"])),
        exams=formats.count(float(values["n_exams"])),
    )


def _county(values: Values, _names: Mapping[str, str], words: Words) -> str:
    gap = formats.percentage_points(float(values["gap"]))
    sentences = {
        "strong": words(
            "▲ The whole county gained in this subject on its other subjects against the same "
            "grade a year before: {gap} percentage points of the score rate.",
            gap=gap,
        ),
        "weak": words(
            "▼ The whole county lost in this subject against its other subjects beside the "
            "same grade a year before: {gap} percentage points of the score rate.",
            gap=gap,
        ),
    }
    steady = words(
        "＝ The county's subject kept its place among the subjects against the same grade a "
        "year before ({gap} percentage points).",
        gap=gap,
    )
    return sentences.get(str(values["flag"]), steady)


SENTENCES: dict[str, Sentence] = {
    "subject_weak": _weak,
    "subject_strong": _strong,
    "subject_false_flags": _false_flags,
    "subject_share": _share,
    "subject_share_changed": _changed,
    "subject_share_steady": _steady,
    "county_subject": _county,
}
"""How each remark on a subject is said."""
