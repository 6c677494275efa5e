"""Charts in the type of a meeting: every letter larger, with room for it."""

import re
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.theme import TEXT_SIZE

FACTOR = 1.25
"""The smallest text of a chart is then 20 pixels; a projector asks for 18."""

_SIZE = re.compile(r"font-size:(\d+)px")
_SHIFTS = ("xshift", "yshift")


def enlarged(figure: go.Figure, *, factor: float = FACTOR) -> go.Figure:
    """Return a copy of a stamped figure with larger type; the plot itself keeps its height."""
    plain = figure.to_dict()
    layout = plain["layout"]
    margin = {**layout.get("margin", {})}
    for side in ("t", "b"):
        room = margin.get(side, 0)
        margin[side] = round(factor * room)
        layout["height"] = layout["height"] + margin[side] - room
    layout["margin"] = margin
    return go.Figure(_enlarged(plain, factor))


def _enlarged(value: Any, factor: float) -> Any:
    match value:
        case Mapping():
            return {key: _part(str(key), part, factor) for key, part in value.items()}
        case list() | tuple():
            return [_enlarged(part, factor) for part in value]
        case _:
            return value


def _part(key: str, value: Any, factor: float) -> Any:
    if key.endswith("font") and isinstance(value, Mapping):
        return {**value, "size": round(factor * value.get("size", TEXT_SIZE))}
    if key in _SHIFTS and isinstance(value, int | float):
        return factor * value
    if key == "text" and isinstance(value, str):
        return _SIZE.sub(lambda found: f"font-size:{round(factor * int(found[1]))}px", value)
    return _enlarged(value, factor)
