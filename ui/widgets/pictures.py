"""What is offered below a figure: its picture for slides or print, and the link to the view."""

import re
import secrets
from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from ui.links import link_of_view
from ui.pictures import Shape, browser_path, picture_of
from ui.stamp import Caption
from ui.text import Words, marked

_OFFERED: dict[Shape, str] = {
    "slide": marked("For a slide, 16:9 (PNG)"),
    "page": marked("As it is (PNG)"),
    "vector": marked("To be enlarged (SVG)"),
}
_ENDINGS: dict[Shape, str] = {"slide": "png", "page": "png", "vector": "svg"}
_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


def show_pictures(
    draw: Callable[[], go.Figure], *, caption: Caption, key: str, words: Words
) -> None:
    """Offer the figure as pictures, drawn on the click; without a browser tell the way."""
    if browser_path() is None:
        st.caption(
            words("To save the picture, use the camera at the upper right edge of the chart.")
        )
        return
    link = link_of_view()
    with st.popover(
        words("Save picture"),
        icon=":material/photo_camera:",
        key=f"{key}_save",
        width="content",
    ):
        for shape, label in _OFFERED.items():
            _offer(shape, words(label), draw, caption, link, key)


def _offer(
    shape: Shape,
    label: str,
    draw: Callable[[], go.Figure],
    caption: Caption,
    link: str | None,
    key: str,
) -> None:
    ending = _ENDINGS[shape]
    st.download_button(
        label,
        data=lambda: picture_of(draw(), shape, link=link),
        file_name=f"{file_stem(key, caption)}.{ending}",
        mime=_TYPES[ending],
        key=f"{key}_{shape}",
        on_click="ignore",
        width="stretch",
    )


def file_stem(key: str, caption: Caption) -> str:
    """Return the name of a file: chart, exam, subject, and what cannot be guessed."""
    parts = [key, *caption.facts[1:3], secrets.token_hex(4)]
    return re.sub(r'[\\/:*?"<>|\s]+', "-", "_".join(parts))
