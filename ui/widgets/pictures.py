"""What is offered below a figure: its picture for slides or print, and the link to the view."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from zipfile import ZipFile

import plotly.graph_objects as go
import streamlit as st

from ui.links import link_when_drawn
from ui.pictures import Shape, picture_of
from ui.stamp import Caption
from ui.text import Words, marked
from ui.widgets.drawer import drawer

_OFFERED: dict[Shape, str] = {
    "slide": marked("For a slide, 16:9 (PNG)"),
    "page": marked("As it is (PNG)"),
    "vector": marked("To be enlarged (SVG)"),
}
_ENDINGS: dict[Shape, str] = {"slide": "png", "page": "png", "vector": "svg"}
_TYPES = {"png": "image/png", "svg": "image/svg+xml", "zip": "application/zip"}

Draw = Callable[[], go.Figure]
Draws = Mapping[Shape, Sequence[Draw]]
"""What draws the pictures of each shape: one for a chart, several for a long table."""


def always(draw: Draw) -> Draws:
    """Return one drawing for every shape, as a chart has it."""
    return {shape: [draw] for shape in _OFFERED}


def show_pictures(draws: Draws, *, caption: Caption, key: str, words: Words) -> None:
    """Offer the figure as pictures, drawn on the click; several come in one ZIP file.

    Call it only where ``browser_path`` names what draws them.
    """
    link = link_when_drawn()
    with drawer(
        words("Save picture"), icon=":material/photo_camera:", key=f"{key}_save"
    ) as opened:
        for shape, parts in draws.items() if opened.open else ():
            _offer(shape, parts, stem=file_stem(key, caption), link=link, key=key, words=words)


def _offer(
    shape: Shape,
    parts: Sequence[Draw],
    *,
    stem: str,
    link: Callable[[], str | None],
    key: str,
    words: Words,
) -> None:
    is_one = len(parts) == 1
    ending = _ENDINGS[shape] if is_one else "zip"
    label = words(_OFFERED[shape])
    st.download_button(
        label if is_one else words("{label}: {n} pictures, ZIP", label=label, n=len(parts)),
        data=lambda: pictures_of(parts, shape, stem=stem, link=link()),
        file_name=f"{stem}.{ending}",
        mime=_TYPES[ending],
        key=f"{key}_{shape}",
        on_click="ignore",
        width="stretch",
    )


def pictures_of(parts: Sequence[Draw], shape: Shape, *, stem: str, link: str | None) -> bytes:
    """Return the picture, or where there are several a ZIP file that holds them in order."""
    if len(parts) == 1:
        return picture_of(parts[0](), shape, link=link)
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for number, draw in enumerate(parts, start=1):
            name = f"{stem}_{number:02d}.{_ENDINGS[shape]}"
            archive.writestr(name, picture_of(draw(), shape, link=link))
    return file.getvalue()


def file_stem(key: str, caption: Caption) -> str:
    """Return the name of a file: chart, exam, subject, and what cannot be guessed."""
    parts = [key, *caption.facts[1:3], secrets.token_hex(4)]
    return re.sub(r'[\\/:*?"<>|\s]+', "-", "_".join(parts))
