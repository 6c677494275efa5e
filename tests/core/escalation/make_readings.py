"""Readings of one unit from a word of letters, and ladders with settings changed."""

from collections.abc import Mapping
from typing import Any

from core.escalation.clock import Reading
from core.escalation.ladder import Ladder, ladder_of
from core.escalation.presets import PRINCIPAL_1, TEACHER

BOTH, EITHER = ladder_of(PRINCIPAL_1), ladder_of(TEACHER)

LETTERS: Mapping[str, Mapping[str, Any]] = {
    "F": {"declined": True, "last_place": True},
    "D": {"declined": True, "last_place": False},
    "L": {"declined": False, "last_place": True},
    "C": {"declined": False, "last_place": False},
    "?": {"declined": None, "last_place": False},
    "t": {"declined": True, "last_place": True, "coverage": 0.69},
    "n": {"declined": True, "last_place": True, "coverage": float("nan")},
    "x": {"declined": True, "last_place": True, "exam_family": "期末"},
    "s": {"declined": True, "last_place": True, "scheme": "2"},
}
"""F flagged by both, D declined, L last, C clean, ? not known, t and n thin, x s another."""


def make_readings(word: str, *, first: int = 2020) -> list[Reading]:
    """Return one reading a year: a letter each."""
    plain: dict[str, Any] = {"exam_family": "中考", "scheme": "1", "coverage": 0.9}
    return [
        Reading(period=year, **(plain | dict(LETTERS[letter])))
        for year, letter in enumerate(word, start=first)
    ]


def make_ladder(preset: Mapping[str, object] = PRINCIPAL_1, **changes: Any) -> Ladder:
    """Return a preset with settings changed."""
    return ladder_of({**preset, **changes})
