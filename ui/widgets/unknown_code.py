"""What a page says where a link asks for something that it does not have."""

import streamlit as st

from ui import formats, url_state


def say_unknown(code: str | None) -> None:
    """Say which code of the address is unknown; the default stands in its place."""
    if code is None:
        return
    words = url_state.current_words()
    st.caption(
        words(
            "The link asks for “{code}”, which is not offered here.",
            code=formats.echoed(code),
        )
    )


def ask_instead(code: str | None) -> None:
    """Say which code of the address is unknown, and that nothing is shown in its place."""
    if code is None:
        return
    words = url_state.current_words()
    st.warning(
        words(
            "The link asks for “{code}”, which is not known here. Nothing is shown in its "
            "place; choose one above.",
            code=formats.echoed(code),
        )
    )
