"""Figures as PNG files, drawn on the server by a Chromium of the machine where there is one."""

import logging
import secrets
from collections.abc import Callable
from functools import lru_cache
from queue import Empty, Queue
from threading import Lock, Thread

import kaleido
import plotly.graph_objects as go
import streamlit as st
from choreographer.browsers.chromium import Chromium

from core.errors import QualityError
from ui.text import Words, marked

WIDTH, SCALE = 1280, 2.5
"""Layout pixels and enlargement: 3200 pixels wide, text readable on a slide."""

TIMEOUT = 60.0
"""Seconds; the first picture also starts the browser, a later one takes under one second."""

_LOG = logging.getLogger(__name__)
_START = Lock()


@lru_cache(maxsize=1)
def browser_path() -> str | None:
    """Return the path of a Chromium-like browser on this machine, or None."""
    return Chromium.find_browser(skip_local=False)


def camera_config(file_stem: str) -> dict[str, object]:
    """Return the settings of a chart's own tool bar, whose camera saves the same figure."""
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": file_stem},
    }


def show_picture_button(
    draw: Callable[[], go.Figure], *, file_stem: str, key: str, words: Words
) -> None:
    """Offer the figure as a PNG that is drawn on the click; without a browser tell the way."""
    if browser_path() is None:
        st.caption(
            words("To save the picture, use the camera at the upper right edge of the chart.")
        )
        return
    st.download_button(
        words("Save picture (PNG)"),
        data=lambda: png_of(draw()),
        file_name=f"{file_stem}-{secrets.token_hex(4)}.png",
        mime="image/png",
        key=key,
        on_click="ignore",
        icon=":material/photo_camera:",
    )


def png_of(figure: go.Figure) -> bytes:
    """Return the figure as a PNG of 3200 pixels width, made within ``TIMEOUT`` seconds.

    Raises
    ------
    QualityError
        When the browser did not answer in time or failed; the log tells why.
    """
    answers: Queue[bytes | BaseException] = Queue(maxsize=1)
    Thread(target=_draw, args=(figure, answers), daemon=True, name="picture").start()
    try:
        answer = answers.get(timeout=TIMEOUT)
    except Empty:
        raise _failure() from None
    if isinstance(answer, BaseException):
        _LOG.error("picture failed", exc_info=answer)
        raise _failure() from answer
    return answer


def stop() -> None:
    """End the browser; the next picture would start it again."""
    with _START:
        kaleido.stop_sync_server(silence_warnings=True)


def _draw(figure: go.Figure, answers: Queue[bytes | BaseException]) -> None:
    try:
        answers.put(_render(figure))
    except BaseException as error:  # noqa: BLE001  the caller raises it in its own thread
        answers.put(error)


def _render(figure: go.Figure) -> bytes:
    with _START:
        kaleido.start_sync_server(
            n=1, mathjax=False, timeout=TIMEOUT / 2, path=browser_path(), silence_warnings=True
        )
    size = {"width": WIDTH, "height": figure.layout.height}
    options = {"format": "png", "scale": SCALE, **size}
    picture: bytes = kaleido.calc_fig_sync(figure, opts=options)
    return picture


def _failure() -> QualityError:
    text = marked(
        "The picture was not made within {seconds} seconds. Try again, or use the camera at "
        "the upper right edge of the chart."
    )
    seconds = f"{TIMEOUT:.0f}"
    return QualityError(Words("en")(text, seconds=seconds), Words("zh")(text, seconds=seconds))
