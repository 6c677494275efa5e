"""What is offered of a figure as cells: a workbook with its stamp, and text to be pasted."""

from collections.abc import Callable

import streamlit as st

from ui.links import link_when_drawn
from ui.sheets import Sheet, cells_of, workbook_of
from ui.stamp import Caption
from ui.text import Words
from ui.widgets.drawer import drawer
from ui.widgets.pictures import file_stem

_HEIGHT = 220


def offer_cells(sheet: Sheet, *, caption: Caption, key: str, words: Words) -> None:
    """Offer all cells to be pasted, and as a workbook that is made on the click.

    They are worded when they are asked for: most readers of a page never do.
    """
    link = link_when_drawn()
    with drawer(
        words("Copy cells"), icon=":material/content_copy:", key=f"{key}_cells"
    ) as opened:
        if opened.open:
            _show_cells(sheet, caption=caption, key=key, link=link, words=words)


def _show_cells(
    sheet: Sheet,
    *,
    caption: Caption,
    key: str,
    link: Callable[[], str | None],
    words: Words,
) -> None:
    missing = words("not shown")
    st.download_button(
        words("Workbook with source and date (XLSX)"),
        data=lambda: workbook_of(sheet, caption, missing=missing, link=link()),
        file_name=f"{file_stem(key, caption)}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key=f"{key}_sheet",
        on_click="ignore",
        width="stretch",
    )
    st.caption(
        words(
            "Or press the sign at the upper right of the box and paste into a spreadsheet "
            "or a slide."
        )
    )
    st.code(cells_of(sheet, missing=missing), language=None, height=_HEIGHT)
