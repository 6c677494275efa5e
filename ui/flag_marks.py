"""Marks of what is strong, weak or stands out: a sign, a shape, a colour and a word each."""

from collections.abc import Mapping

from ui.text import marked
from ui.theme import Mark

SIDES_OF_Z: Mapping[str, Mark] = {
    "above": Mark("▲", "triangle-up", "above", marked("clearly above the county mean")),
    "within": Mark("●", "circle", "neutral", marked("not clearly different from it")),
    "below": Mark("▼", "triangle-down", "below", marked("clearly below the county mean")),
}
"""Attainment: the whole interval lies on one side."""

SIDES_OF_VALUE_ADDED: Mapping[str, Mark] = {
    "above": Mark("▲", "triangle-up", "above", marked("well above expected (index 2 or more)")),
    "within": Mark("●", "circle", "neutral", marked("not clearly different from expected")),
    "below": Mark(
        "▼", "triangle-down", "below", marked("well below expected (index −2 or less)")
    ),
}

SUBJECT_FLAGS: Mapping[str, Mark] = {
    "strong": Mark("▲", "triangle-up", "above", marked("strong subject of the school")),
    "none": Mark("●", "circle", "neutral", marked("like its other subjects")),
    "weak": Mark("▼", "triangle-down", "below", marked("weak subject of the school")),
}
"""A subject beside the school's own mean over subjects."""

COUNTY_FLAGS: Mapping[str, Mark] = {
    "strong": Mark("▲", "triangle-up", "above", marked("gained on the other subjects")),
    "none": Mark("●", "circle", "neutral", marked("kept its place among the subjects")),
    "weak": Mark("▼", "triangle-down", "below", marked("lost against the other subjects")),
}

OWN_AMONG_OTHERS: Mapping[str, Mark] = {
    "own": Mark("◆", "diamond", "own", marked("chosen")),
    "other": Mark("●", "circle", "neutral", marked("others")),
}

POINT_FLAGS: Mapping[str, Mark] = {
    "weak": Mark("▼", "triangle-down", "below", marked("below the paper as a whole")),
    "none": Mark("●", "circle", "neutral", marked("not below the paper as a whole")),
}

MASTERY_FLAGS: Mapping[str, Mark] = {
    "strong": Mark("▲", "triangle-up", "above", marked("clearly above the county")),
    "none": Mark("●", "circle", "neutral", marked("not clearly different from the county")),
    "weak": Mark("▼", "triangle-down", "below", marked("clearly below the county")),
}

PEER_MARKS: Mapping[str, Mark] = {
    "own": Mark("◆", "diamond", "own", marked("this school")),
    "better": Mark("▲", "triangle-up", "above", marked("clearly better: worth a visit")),
    "other": Mark("●", "circle", "neutral", marked("not clearly better")),
}

ITEM_NOTES: Mapping[str, Mark] = {
    "": Mark("●", "circle", "neutral", marked("nothing to note")),
    "too_easy": Mark("△", "triangle-up-open", "above", marked("too easy")),
    "too_hard": Mark("▽", "triangle-down-open", "below", marked("too hard")),
    "flat": Mark("■", "square", "below", marked("hardly tells pupils apart")),
    "wrong_key": Mark("✖", "x", "below", marked("against the rest: check the key")),
}
"""Notes of the rules on an item."""
