"""A row of buttons of which one is on; which one lives in the address."""

from collections.abc import Mapping

import streamlit as st

from ui import url_state
from ui.widgets.unknown_code import say_unknown


def choose(key: str, label: str, names: Mapping[str, str]) -> str:
    """Ask for one of a few codes; an unknown one of the address gives the first.

    Parameters
    ----------
    names : mapping of str to str
        Codes, which the address holds, with their names in the reader's words.
    """
    codes = list(names)
    unknown = url_state.prepare(key, codes=codes, default=codes[0])
    chosen = st.segmented_control(
        label,
        codes,
        key=key,
        required=True,
        format_func=lambda code: names[code],
        persist_state="session",
    )
    say_unknown(unknown)
    code = str(chosen) if chosen in codes else codes[0]
    url_state.write({key: code})
    return code
