"""Figures as files, drawn on the server by a Chromium of the machine where there is one."""

import logging
from functools import lru_cache
from queue import Empty, Queue
from threading import Lock, Thread
from typing import Literal

import kaleido
import plotly.graph_objects as go
from choreographer.browsers.chromium import Chromium

from core.errors import QualityError
from ui.links import with_link
from ui.text import Words, marked

WIDTH, PIXELS = 1280, 3200
"""Width of the layout, and of a picture in pixels: text is readable on a slide.

A figure with a width of its own, such as that of many columns, keeps it.
"""

LEAST_SCALE = 2.0

Shape = Literal["page", "slide", "vector"]
"""As on the screen; 16:9; as lines and letters that can be enlarged."""

TIMEOUT = 60.0
"""Seconds; the first picture also starts the browser, a later one takes under one second."""

_LOG = logging.getLogger(__name__)
_START = Lock()


@lru_cache(maxsize=1)
def browser_path() -> str | None:
    """Return the path of a Chromium-like browser on this machine, or None."""
    return Chromium.find_browser(skip_local=False)


def camera_config(file_stem: str) -> dict[str, object]:
    """Return a chart's own tool bar: its camera serves where no browser draws."""
    return {
        "displaylogo": False,
        "displayModeBar": browser_path() is None,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": file_stem},
    }


def picture_of(figure: go.Figure, shape: Shape, *, link: str | None) -> bytes:
    """Return a picture of the figure as a file, made within ``TIMEOUT`` seconds.

    Parameters
    ----------
    link : str or None
        Address that reopens the view; it stands in the picture as a code to be scanned.

    Raises
    ------
    QualityError
        When the browser did not answer in time or failed; the log tells why.
    """
    height = float(figure.layout.height)
    width = float(figure.layout.width or WIDTH)
    if shape == "slide":
        width = max(width, height * 16 / 9)
        height = width * 9 / 16
    sized = go.Figure(figure).update_layout(height=height)
    options: dict[str, object] = {
        "format": "svg" if shape == "vector" else "png",
        "scale": 1 if shape == "vector" else max(PIXELS / width, LEAST_SCALE),
        "width": round(width),
        "height": round(height),
    }
    return _drawn(sized if link is None else with_link(sized, link), options)


def _drawn(figure: go.Figure, options: dict[str, object]) -> bytes:
    answers: Queue[bytes | BaseException] = Queue(maxsize=1)
    Thread(target=_draw, args=(figure, options, answers), daemon=True, name="picture").start()
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


def _draw(
    figure: go.Figure, options: dict[str, object], answers: Queue[bytes | BaseException]
) -> None:
    try:
        answers.put(_render(figure, options))
    except BaseException as error:  # noqa: BLE001  the caller raises it in its own thread
        answers.put(error)


def _render(figure: go.Figure, options: dict[str, object]) -> bytes:
    with _START:
        kaleido.start_sync_server(
            n=1, mathjax=False, timeout=TIMEOUT / 2, path=browser_path(), silence_warnings=True
        )
    picture: bytes = kaleido.calc_fig_sync(figure, opts=options)
    return picture


def _failure() -> QualityError:
    text = marked(
        "The picture was not made within {seconds} seconds. Try again, or use the camera at "
        "the upper right edge of the chart."
    )
    seconds = f"{TIMEOUT:.0f}"
    return QualityError(Words("en")(text, seconds=seconds), Words("zh")(text, seconds=seconds))
