"""Names beside points so that no two names lie on each other."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ui import formats
from ui.charts.drawing import Drawing
from ui.theme import TEXT_SIZE

# Pixels that the lowest of these plots has on a laptop; more only gives the names more room.
PLOT_PIXELS = (1050.0, 450.0)
_GAP = 17.0
_REACH = 8.0  # pixels that a point takes around its centre


@dataclass(frozen=True, slots=True)
class Label:
    """A name and the point it belongs to, in the units of the axes."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label with the side of the point it stands on."""

    label: Label
    xanchor: Literal["left", "center", "right"]
    yanchor: Literal["top", "middle", "bottom"]
    xshift: float
    yshift: float


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    low: float
    right: float
    high: float


class _Taken:
    """The boxes on the plot, in columns: thousands of points are looked at together."""

    def __init__(self, points: NDArray[np.float64], *, most: int) -> None:
        self._ends = np.empty((4, points.shape[1] + most))
        self._n = points.shape[1]
        self._ends[:2, : self._n] = points - _REACH
        self._ends[2:, : self._n] = points + _REACH

    def add(self, box: _Box) -> None:
        """Take the room of a box."""
        self._ends[:, self._n] = box.left, box.low, box.right, box.high
        self._n += 1

    def meet(self, box: _Box) -> bool:
        """Whether a box has something in common with one that is there."""
        left, low, right, high = self._ends[:, : self._n]
        beside = (left < box.right) & (right > box.left)
        return bool((beside & (low < box.high) & (high > box.low)).any())


def spread_labels(
    labels: Sequence[Label],
    *,
    points: Sequence[tuple[float, float]],
    x_range: Sequence[float],
    y_range: Sequence[float],
) -> list[PlacedLabel]:
    """Return the labels that find a free side of their point; the first ones choose first.

    A label that would cover another label or a point is left out: its point still shows the
    name when it is touched.
    """
    to_pixels = _scale(x_range, y_range)
    centres = np.array([to_pixels(x, y) for x, y in points]).reshape(-1, 2).T
    taken = _Taken(centres, most=len(labels))
    placed = []
    for label in labels:
        x, y = to_pixels(label.x, label.y)
        for candidate, box in _sides(label, x, y):
            if _inside(box) and not taken.meet(box):
                placed.append(candidate)
                taken.add(box)
                break
    return placed


def add_labels(drawing: Drawing, placed: Sequence[PlacedLabel]) -> None:
    """Write the labels beside their points."""
    for own in placed:
        drawing.add_words(
            formats.safe_chart(own.label.text),
            x=own.label.x,
            y=own.label.y,
            xanchor=own.xanchor,
            yanchor=own.yanchor,
            xshift=own.xshift,
            yshift=own.yshift,
        )


def text_pixels(text: str) -> float:
    """Return about how wide a text is on the screen, in pixels."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return TEXT_SIZE * (wide + 0.56 * (len(text) - wide))


def _scale(
    x_range: Sequence[float], y_range: Sequence[float]
) -> Callable[[float, float], tuple[float, float]]:
    def to_pixels(x: float, y: float) -> tuple[float, float]:
        return (
            PLOT_PIXELS[0] * (x - x_range[0]) / (x_range[1] - x_range[0]),
            PLOT_PIXELS[1] * (y - y_range[0]) / (y_range[1] - y_range[0]),
        )

    return to_pixels


def _inside(box: _Box) -> bool:
    return box.left >= 0 and box.low >= 0 and box.right <= PLOT_PIXELS[0]


def _sides(label: Label, x: float, y: float) -> Iterator[tuple[PlacedLabel, _Box]]:
    width, height = text_pixels(label.text), 1.2 * TEXT_SIZE
    middle, half = y - height / 2, width / 2
    right, left = x + _GAP, x - _GAP - width
    yield (
        PlacedLabel(label, "left", "middle", _GAP, 0),
        _Box(right, middle, right + width, middle + height),
    )
    yield (
        PlacedLabel(label, "right", "middle", -_GAP, 0),
        _Box(left, middle, left + width, middle + height),
    )
    yield (
        PlacedLabel(label, "center", "bottom", 0, _GAP - 4),
        _Box(x - half, y + _GAP - 4, x + half, y + _GAP - 4 + height),
    )
    yield (
        PlacedLabel(label, "center", "top", 0, 4 - _GAP),
        _Box(x - half, y - _GAP + 4 - height, x + half, y - _GAP + 4),
    )
