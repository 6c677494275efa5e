"""The link that reopens a view, and the code to be scanned that carries it into a picture."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from urllib.parse import urlencode, urljoin, urlsplit

import plotly.graph_objects as go
import segno
import streamlit as st

_NOTED = "link_of_view"
_SIDE = 120
_ROOM_ABOVE = 14
_ROOM_FOR_LEGEND = 46
_WIDE = 0.4  # of the plot: more than the code needs, since its box only limits its height


def link_of_view() -> str | None:
    """Return the address of the view with its whole selection; None outside a browser."""
    address = st.context.url
    return None if address is None else f"{address}?{urlencode(st.query_params.to_dict())}"


@contextmanager
def whole_link() -> Iterator[None]:
    """Note the address of the view when its page is drawn: every picker has written by then."""
    noted: dict[str, str | None] = {}
    st.session_state[_NOTED] = noted
    try:
        yield
    finally:
        noted[_NOTED] = link_of_view()


def link_when_drawn() -> Callable[[], str | None]:
    """Return what gives the address of the view once its page is drawn.

    A figure is drawn before the pickers below it; its link must hold their values too.
    """
    noted: dict[str, str | None] = st.session_state.get(_NOTED, {})
    so_far = link_of_view()
    return lambda: noted.get(_NOTED, so_far)


def link_to(path: str, values: Mapping[str, str]) -> str | None:
    """Return the address of another page with a selection; None outside a browser.

    ``path`` is that of the registry: empty for the start page.
    """
    address = st.context.url
    return None if address is None else f"{urljoin(address, f'./{path}')}?{urlencode(values)}"


def is_local(link: str) -> bool:
    """Whether a link opens on this machine only.

    Examples
    --------
    >>> is_local("http://localhost:8501/school"), is_local("http://bureau.example/school")
    (True, False)
    """
    host = urlsplit(link).hostname or ""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def with_link(figure: go.Figure, link: str) -> go.Figure:
    """Return a copy of a stamped figure with the link as a QR code right of its caption."""
    result = go.Figure(figure)
    margin = result.layout.margin
    above = max(margin.t or 0, _ROOM_ABOVE + _SIDE + _ROOM_FOR_LEGEND)
    plot = result.layout.height - above - (margin.b or 0)
    result.update_layout(margin={"t": above})
    result.add_layout_image(
        source=segno.make(link, error="l", micro=False).png_data_uri(scale=4, border=1),
        xref="paper",
        yref="paper",
        x=1,
        y=1 + (above - _ROOM_ABOVE) / plot,
        xanchor="right",
        yanchor="top",
        sizex=_WIDE,
        sizey=_SIDE / plot,
        sizing="contain",
    )
    return result
