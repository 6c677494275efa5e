"""Colours: told apart by eyes that miss a kind of cone, and readable on their paper.

Colour blindness is simulated as in Machado, Oliveira and Fernandes (2009), "A
physiologically-based model for simulation of color vision deficiency", severity 1, on linear
sRGB; differences are CIE 1976 (L*a*b*); contrasts are those of WCAG 2.1.
"""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from ui.theme import BAND_CELLS, BANDS, DARK, LIGHT, UNJUDGED, VERDICTS, Mark, Palette

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
EYES: dict[str, list[list[float]]] = {
    "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
LEAST_DIFFERENCE = 20.0
"""About ten times a just noticeable difference: marks stand apart from each other."""

AA_TEXT, AA_MARK = 4.5, 3.0
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> NDArray[np.float64]:
    """Return the three linear parts of a colour such as ``#B3261E``."""
    parts = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour: str, eyes: str) -> NDArray[np.float64]:
    """Return L*, a*, b* of a colour as these eyes see it."""
    seen = np.clip(np.array(EYES[eyes]) @ linear(colour), 0.0, 1.0)
    ratio = TO_XYZ @ seen / WHITE
    x, y, z = np.where(
        ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(one: str, other: str, eyes: str) -> float:
    return float(np.linalg.norm(lab(one, eyes) - lab(other, eyes)))


def contrast(one: str, other: str) -> float:
    high, low = sorted((float(TO_XYZ[1] @ linear(c)) for c in (one, other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measures_agree_with_known_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21, abs=0.01)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert difference("#000000", "#FFFFFF", "all cones") == pytest.approx(100, abs=0.1)
    # Red and green of the same lightness are one colour to eyes without the middle cone.
    assert difference("#C04000", "#6F7000", "deuteranopia") < 12
    assert difference("#C04000", "#6F7000", "all cones") > 50


@PALETTES
@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(
    "names", [("red", "yellow", "blue", "neutral"), ("above", "below", "neutral")]
)
def test_colours_of_one_chart_stay_apart_for_all_eyes(
    names: tuple[str, ...], eyes: str, palette: Palette
) -> None:
    close = {
        (one, other): round(found, 1)
        for one, other in combinations(names, 2)
        if (found := difference(getattr(palette, one), getattr(palette, other), eyes))
        < LEAST_DIFFERENCE
    }
    assert close == {}


@PALETTES
def test_text_reaches_aa_on_its_paper(palette: Palette) -> None:
    texts = ("text", "quiet", "above", "below", "neutral", "own", "red", "yellow_edge", "blue")
    faint = {
        n: c for n in texts if (c := contrast(getattr(palette, n), palette.paper)) < AA_TEXT
    }
    assert faint == {}


@PALETTES
def test_marks_and_their_outlines_reach_aa_on_paper(palette: Palette) -> None:
    marks = [*VERDICTS.values(), *BANDS.values()]
    assert min(contrast(mark.outline(palette), palette.paper) for mark in marks) >= AA_MARK


def test_cells_of_bands_can_be_read() -> None:
    assert min(contrast(fill, text) for fill, text in BAND_CELLS.values()) >= AA_TEXT


@pytest.mark.parametrize("marks", [VERDICTS, BANDS])
def test_colour_never_speaks_alone(marks: dict[str, Mark]) -> None:
    group = [*marks.values(), *([UNJUDGED] if marks is VERDICTS else [])]
    for attribute in ("sign", "symbol", "word"):
        values = [getattr(mark, attribute) for mark in group]
        assert all(values), attribute
        assert len(set(values)) == len(values), attribute
