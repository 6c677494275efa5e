"""A stamped chart on the screen, its picture for slides, and the school that was pointed at."""

from collections.abc import Callable
from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from ui.pictures import camera_config, show_picture_button
from ui.stamp import Caption, stamped
from ui.text import Words
from ui.theme import LIGHT, Palette, palette_of


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart that is ready to be drawn in any palette, with its caption and its key."""

    key: str
    draw: Callable[[Palette], go.Figure]
    caption: Caption

    def drawn(self, palette: Palette) -> go.Figure:
        """Return the stamped chart in a palette."""
        return stamped(self.draw(palette), caption=self.caption, palette=palette)


def show_figure(figure: Figure, *, words: Words) -> None:
    """Show a chart and offer its picture."""
    st.plotly_chart(
        figure.drawn(palette_of(st.context.theme.type)),
        theme=None,
        key=figure.key,
        config=camera_config(figure.key),
        alt=_alternative(words),
    )
    _offer_picture(figure, words)


def show_selectable_figure(figure: Figure, *, words: Words) -> str | None:
    """Show a chart of schools and return the code of the school that was clicked."""
    event = st.plotly_chart(
        figure.drawn(palette_of(st.context.theme.type)),
        theme=None,
        key=figure.key,
        config=camera_config(figure.key),
        alt=_alternative(words),
        on_select="rerun",
        selection_mode="points",
    )
    _offer_picture(figure, words)
    points = event["selection"]["points"]
    return str(points[0]["customdata"][0]) if points and points[0].get("customdata") else None


def _alternative(words: Words) -> str:
    """Return the text for who cannot see the chart; constant, else a change draws it anew."""
    return words("Chart; its title states the finding.")


def _offer_picture(figure: Figure, words: Words) -> None:
    show_picture_button(
        lambda: figure.drawn(LIGHT), file_stem=figure.key, key=f"{figure.key}_png", words=words
    )
