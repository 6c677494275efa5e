"""Remarks on a screening for weak schools as sentences."""

from collections.abc import Mapping

from ui import formats
from ui.remark_words.parts import Sentence, Values, listed
from ui.text import Words
from ui.vocabulary import indicator_name


def _candidates(values: Values, names: Mapping[str, str], words: Words) -> str:
    return words(
        "▼ Proposed for a closer look, surest first: {listed}, of {schools} schools that are "
        "judged. A weak school is named by people, with a reason.",
        listed=listed(values, names, words),
        schools=formats.count(float(values["n_schools"])),
    )


def _wrong_flags(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "⚠ Of {count} proposals, {expected} are to be expected wrong: schools that in "
        "truth are not among the lowest 20%.",
        count=formats.count(float(values["count"])),
        expected=formats.about(float(values["expected"]), words=words),
    )


def _doubtful(values: Values, names: Mapping[str, str], words: Words) -> str:
    return words(
        "⚠ Proposed by place alone, more likely not among the lowest 20% (probability under "
        "50%): {listed}",
        listed=listed(values, names, words),
    )


def _near_line(values: Values, names: Mapping[str, str], words: Words) -> str:
    return words(
        "◇ Not proposed, but cannot be told apart from the line (probability 20% or more): "
        "{listed}",
        listed=listed(values, names, words),
    )


def _lasting(values: Values, names: Mapping[str, str], words: Words) -> str:
    return words(
        "▼ Proposed {years} or more years running: {listed}",
        years=formats.count(float(values["years"])),
        listed=listed(values, names, words),
    )


def _left_out(values: Values, _names: Mapping[str, str], words: Words) -> str:
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    codes = [code for code in str(values["indicators"]).split(",") if code]
    return words(
        "○ Left out, because schools differ in it no more than by chance: {indicators}. Its "
        "weight goes to the others.",
        indicators=comma.join(indicator_name(code, words=words) for code in codes),
    )


def _not_judged(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "○ None of the {schools} schools is judged: no comparison group has five schools.",
        schools=formats.count(float(values["n_schools"])),
    )


def _none(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "○ None of the {schools} schools that are shown is proposed.",
        schools=formats.count(float(values["n_schools"])),
    )


SENTENCES: dict[str, Sentence] = {
    "weak_candidates": _candidates,
    "weak_wrong_flags": _wrong_flags,
    "weak_doubtful": _doubtful,
    "weak_near_line": _near_line,
    "weak_lasting": _lasting,
    "weak_left_out": _left_out,
    "weak_not_judged": _not_judged,
    "weak_none": _none,
}
"""How each remark on a screening is said."""
