"""Fonts, colours and marks; every verdict has a colour, a shape and a word, never colour alone.

The verdict colours run from brown to teal; the grey between them differs from teal in lightness
too, because to eyes without red or green cones teal is a grey. Red, yellow and blue belong to
the warning bands alone.
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
    red: str
    yellow: str
    yellow_edge: str
    blue: str


LIGHT = Palette(
    paper="#FFFFFF",
    text="#1A1F29",
    quiet="#525C6B",
    grid="#E4E7EC",
    zero="#8A93A1",
    above="#004D45",
    below="#8C510A",
    neutral="#6B7685",
    faint="#B4BBC6",
    own="#1A1F29",
    red="#B3261E",
    yellow="#E3A008",
    yellow_edge="#8A6100",
    blue="#1F6FB2",
)
DARK = Palette(
    paper="#12161D",
    text="#F2F4F7",
    quiet="#B6BECA",
    grid="#2C3440",
    zero="#7C8796",
    above="#7CE6D8",
    below="#E3A857",
    neutral="#8792A0",
    faint="#5A6472",
    own="#FFFFFF",
    red="#EE5A50",
    yellow="#E3A008",
    yellow_edge="#E3A008",
    blue="#6FB3E8",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a verdict looks: a sign for text, a symbol for charts, a colour's name, a word.

    Attributes
    ----------
    edge : str
        Name of the colour of outline and text, where that of the mark itself is too light to
        be read on paper; empty where it is the same.
    """

    sign: str
    symbol: str
    colour: str
    word: str
    edge: str = ""

    def paint(self, palette: Palette) -> str:
        """Return the colour of the mark in a palette."""
        return str(getattr(palette, self.colour))

    def outline(self, palette: Palette) -> str:
        """Return the colour of the mark's outline, in which text can be read as well."""
        return str(getattr(palette, self.edge or self.colour))


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
BANDS: dict[str, Mark] = {
    "red": Mark("▲", "triangle-up", "red", marked("serious")),
    "yellow": Mark("◆", "diamond", "yellow", marked("caution"), edge="yellow_edge"),
    "blue": Mark("●", "circle", "blue", marked("watch")),
    "none": Mark("–", "circle-open", "neutral", marked("no warning")),
    "insufficient": Mark("?", "x-thin-open", "neutral", marked("not enough data")),
}
"""Warning bands by code, gravest first; "not enough data" is neither a colour nor none."""

BAND_CELLS: dict[str, tuple[str, str]] = {
    "red": ("#FBD9D3", "#7A1712"),
    "yellow": ("#FFF0C2", "#5F4300"),
    "blue": ("#D8E9F7", "#0D3B66"),
}
"""Fill and text of a table's cell by band, readable on light and dark paper alike."""

UNJUDGED = Mark("×", "x-thin-open", "faint", marked("not judged"))


def palette_of(appearance: str | None) -> Palette:
    """Return the palette for the reader's appearance; light when it is unknown."""
    return DARK if appearance == "dark" else LIGHT


def mark_of(verdict: object) -> Mark:
    """Return the mark of a verdict code; a missing verdict is "not judged"."""
    return VERDICTS.get(str(verdict), UNJUDGED)
