"""Fonts, colours and marks; every verdict has a colour, a shape and a word, never colour alone.

The verdict colours run from brown to teal, which red-green and blue-yellow blindness both keep
apart; red, yellow and blue are left free for the warning bands.
"""

from dataclasses import dataclass
from typing import Literal

from ui.text import marked

FONT = (
    "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, Source Han Sans SC, "
    "WenQuanYi Micro Hei, sans-serif"
)
TEXT_SIZE = 16
TITLE_SIZE = 22
AXIS_SIZE = 17

Appearance = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one appearance; every text colour has a contrast of 4.5 or more."""

    paper: str
    text: str
    quiet: str
    grid: str
    zero: str
    above: str
    below: str
    neutral: str
    faint: str
    own: str


LIGHT = Palette(
    paper="#FFFFFF",
    text="#1A1F29",
    quiet="#525C6B",
    grid="#E4E7EC",
    zero="#8A93A1",
    above="#01665E",
    below="#8C510A",
    neutral="#5F6B7A",
    faint="#B4BBC6",
    own="#1A1F29",
)
DARK = Palette(
    paper="#12161D",
    text="#F2F4F7",
    quiet="#B6BECA",
    grid="#2C3440",
    zero="#7C8796",
    above="#5FC4B8",
    below="#E3A857",
    neutral="#A3ADBA",
    faint="#5A6472",
    own="#FFFFFF",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a verdict looks: a sign for text, a symbol for charts, a colour's name, a word."""

    sign: str
    symbol: str
    colour: str
    word: str

    def paint(self, palette: Palette) -> str:
        """Return the colour of the mark in a palette."""
        return str(getattr(palette, self.colour))


VERDICTS: dict[str, Mark] = {
    "well_above": Mark("▲", "triangle-up", "above", marked("well above expected")),
    "above": Mark("△", "triangle-up-open", "above", marked("slightly above expected")),
    "as_expected": Mark("●", "circle", "neutral", marked("as expected")),
    "below": Mark("▽", "triangle-down-open", "below", marked("slightly below expected")),
    "well_below": Mark("▼", "triangle-down", "below", marked("well below expected")),
    "no_difference_found": Mark(
        "○", "circle-open", "neutral", marked("no school differences found")
    ),
}
UNJUDGED = Mark("×", "x-thin-open", "faint", marked("not judged"))


def palette_of(appearance: str | None) -> Palette:
    """Return the palette for the reader's appearance; light when it is unknown."""
    return DARK if appearance == "dark" else LIGHT


def mark_of(verdict: object) -> Mark:
    """Return the mark of a verdict code; a missing verdict is "not judged"."""
    return VERDICTS.get(str(verdict), UNJUDGED)
