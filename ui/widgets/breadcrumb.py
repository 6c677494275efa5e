"""The way down the county: every unit above the page's own is a link."""

import streamlit as st

from pipeline.views import Place
from ui import formats
from ui.registry import PageEntry, page_of_level
from ui.text import Words
from ui.url_state import switches
from ui.widgets.selection import Selection


def show_breadcrumb(path: tuple[Place, ...], selection: Selection, *, words: Words) -> None:
    """Show county, township, centre school, school and class, as far as the page is down."""
    with st.container(horizontal=True, gap="small", key="breadcrumb"):
        for place in path[:-1]:
            page = page_of_level(place.level)
            st.page_link(
                page.of(words),
                label=formats.safe_markdown(place.name) + " ›",
                query_params=address_of(page, place, selection, words=words),
                width="content",
            )
        st.markdown(f"**{formats.safe_markdown(path[-1].name)}**", width="content")


def address_of(
    page: PageEntry, place: Place, selection: Selection, *, words: Words
) -> dict[str, str]:
    """Return the address of a unit's page with the same selection."""
    unit = {page.unit_key: place.code} if page.unit_key else {}
    return {**selection.address(), **unit, **switches(), "lang": words.language}


def open_unit(page: PageEntry, code: str, selection: Selection, *, words: Words) -> None:
    """Go down to a unit that was clicked in a chart or ticked in a table."""
    address = address_of(page, Place("", code, ""), selection, words=words)
    st.switch_page(page.of(words), query_params=address)


def unit_link(
    page: PageEntry, code: str, label: str, selection: Selection, *, words: Words
) -> None:
    """Link to another page about a unit, with the same selection."""
    address = address_of(page, Place("", code, ""), selection, words=words)
    st.page_link(page.of(words), label=label, icon=page.icon, query_params=address)
