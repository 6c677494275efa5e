"""A stamped chart on the screen, what is offered below it, and what was clicked in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import formats, url_state
from ui.large_type import enlarged
from ui.pictures import browser_path, camera_config
from ui.sheets import Sheet
from ui.stamp import Caption, stamped, with_room_for_legend
from ui.text import Words
from ui.theme import LIGHT, Palette, palette_of
from ui.widgets.cells import offer_cells
from ui.widgets.chart_width import chart_width
from ui.widgets.explanation import show_explanation
from ui.widgets.pictures import always, show_pictures

_CLICKED = {"clickmode": "event+select", "hovermode": "closest", "dragmode": "pan"}
"""What Streamlit sets in charts that are clicked: set before, they are drawn once only."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart that is ready to be drawn in any palette.

    Attributes
    ----------
    key : str
        Key of the widget and stem of the file's name.
    explains : tuple of str
        Entries of the dictionary that say how the figures are made.
    sheet : Sheet, optional
        The figures as cells, to be saved; None where a table beside the chart has them.
    is_wide : bool
        Names stand side by side in it: on a phone it keeps its width and is moved in its
        frame, where others shrink.
    """

    key: str
    draw: Callable[[Palette], go.Figure]
    caption: Caption
    explains: tuple[str, ...]
    sheet: Sheet | None = None
    is_wide: bool = False

    def drawn(self, palette: Palette) -> go.Figure:
        """Return the stamped chart in a palette."""
        return stamped(self.draw(palette), caption=self.caption, palette=palette)


def show_figure(figure: Figure, *, words: Words) -> None:
    """Show a chart under its caption, and below it its picture and how it is made."""
    show_sketch(figure, words=words)
    show_below(figure, words=words)


def show_sketch(figure: Figure, *, words: Words) -> None:
    """Show a chart under its caption and nothing below it."""
    show_caption(figure.caption, key=figure.key)
    with _frame(figure):
        st.plotly_chart(_on_screen(figure), **_settings(figure, words))


def show_selectable_figure(figure: Figure, *, words: Words) -> str | None:
    """Show a chart of units and return the code of the unit that was clicked.

    The code is the first of the point's ``customdata``.
    """
    show_caption(figure.caption, key=figure.key)
    with _frame(figure):
        event = st.plotly_chart(
            _on_screen(figure).update_layout(_CLICKED),
            **_settings(figure, words),
            on_select="rerun",
            selection_mode="points",
        )
    show_below(figure, words=words)
    points = event["selection"]["points"]
    return str(points[0]["customdata"][0]) if points and points[0].get("customdata") else None


def show_caption(caption: Caption, *, key: str) -> None:
    """Show what a figure says and what it rests on, as text that fits any screen."""
    with st.container(key=f"{key}_caption", gap=None):
        st.markdown(f"**{formats.safe_markdown(caption.finding)}**")
        lines = (" · ".join(caption.facts), *caption.notes, caption.origin)
        st.caption(formats.markdown_lines(lines))


@st.fragment
def show_below(figure: Figure, *, words: Words) -> None:
    """Offer the figure as a picture, and tell how it is made.

    What is offered is made when a reader asks for it, without drawing the page anew.
    """
    with st.container(horizontal=True, key=f"{figure.key}_below"):
        if browser_path() is None:
            st.caption(
                words(
                    "To save the picture, use the camera at the upper right edge of the chart."
                )
            )
        else:
            draws = always(lambda: figure.drawn(LIGHT))
            show_pictures(draws, caption=figure.caption, key=figure.key, words=words)
        if figure.sheet is not None:
            offer_cells(figure.sheet, caption=figure.caption, key=figure.key, words=words)
        show_explanation(figure.explains, caption=figure.caption, key=figure.key, words=words)


def _on_screen(figure: Figure) -> go.Figure:
    """Return the chart in the reader's colours, and in large type in a meeting.

    Where no browser draws pictures, the chart's own camera does: what it saves has its stamp.
    """
    palette = palette_of(st.context.theme.type)
    is_camera = browser_path() is None
    chart = figure.drawn(palette) if is_camera else with_room_for_legend(figure.draw(palette))
    is_large = url_state.is_on(url_state.MEETING_KEY)
    chart.update_layout(width=chart_width(is_large=is_large, is_wide=figure.is_wide))
    return enlarged(chart) if is_large else chart


def _frame(figure: Figure) -> DeltaGenerator:
    return st.container(key=f"{figure.key}_{'wide' if figure.is_wide else 'narrow'}")


def _settings(figure: Figure, words: Words) -> dict[str, Any]:
    return {
        "theme": None,
        "key": figure.key,
        "config": camera_config(figure.key),
        # Constant, else a change of the finding would draw the chart anew.
        "alt": words("Chart; its title states the finding."),
    }
