"""How wide charts were in this browser the last time, so that they are drawn once.

Streamlit draws a chart before it has measured the room, hides it, and draws it again. A chart
that brings the width which the browser remembers (`ui/page.js`) is right and seen at once; with
another width it is drawn again as before.
"""

import streamlit as st

_LEAST, _MOST = 150.0, 8000.0
"""Pixels; Streamlit makes no chart narrower."""


_PHONE = 700.0
"""Below this a chart that keeps its width is wider than the others."""


def chart_width(*, is_large: bool, is_wide: bool) -> float | None:
    """Return the width in pixels; None where the browser remembers none that can be true.

    Parameters
    ----------
    is_large : bool
        In a meeting, where no side bar takes room.
    is_wide : bool
        Whether the chart keeps its width on a phone.
    """
    told = st.context.cookies.get("chart_width_meeting" if is_large else "chart_width", "")
    try:
        width = float(told)
    except ValueError:
        return None
    return width if (_PHONE if is_wide else _LEAST) <= width <= _MOST else None
