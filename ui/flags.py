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


def flag_mark(flag: object) -> Mark:
    """Return the mark of a flag; a missing one is "not judged"."""
    return FLAGS.get(str(flag), UNJUDGED)


def flag_words(flag: object, *, words: Words) -> str:
    """Return sign and word of a flag."""
    mark = flag_mark(flag)
    return f"{mark.sign} {words(mark.word)}"


def flag_names(words: Words) -> dict[str, str]:
    """Return how the flags are called in a legend."""
    return {code: words(mark.word) for code, mark in FLAGS.items()}
