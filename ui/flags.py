"""Marks of what stands out among many: strong and weak, or not clearly either."""

from collections.abc import Mapping

from ui.text import Words, marked
from ui.theme import UNJUDGED, Mark

FLAGS: Mapping[str, Mark] = {
    "strong": Mark("▲", "triangle-up", "above", marked("strong")),
    "weak": Mark("▼", "triangle-down", "below", marked("weak")),
    "none": Mark("●", "circle", "neutral", marked("not clearly different")),
}
"""By the flag of a gap; a flag is given where the q value is at most 0.05."""


UNSURE = "unsure"
"""Mark of a figure that is drawn but not judged."""

FLAG_MARKS: Mapping[str, Mark] = {**FLAGS, UNSURE: UNJUDGED}


def flag_mark(flag: object) -> Mark:
    """Return the mark of a flag; a missing one is "not judged"."""
    return FLAGS.get(str(flag), UNJUDGED)


def flag_names(words: Words) -> dict[str, str]:
    """Return how the flags are called in a legend."""
    return {code: words(mark.word) for code, mark in FLAG_MARKS.items()}


def side_names(words: Words) -> dict[str, str]:
    """Return how the flags are called where units stand above or below something."""
    sides = {"strong": words("clearly above"), "weak": words("clearly below")}
    return flag_names(words) | sides
