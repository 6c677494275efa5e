"""A choice of one or several of a few codes, which lives in the address."""

from collections.abc import Mapping, Sequence

import streamlit as st

from ui import url_state
from ui.widgets.unknown_code import say_unknown


def choose(key: str, label: str, names: Mapping[str, str]) -> str:
    """Ask by buttons for one of a few codes; an unknown one of the address gives the first.

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


def choose_from_list(key: str, label: str, names: Mapping[str, str], *, default: str) -> str:
    """Ask by a list for one of some codes, whose names are long."""
    codes = list(names)
    unknown = url_state.prepare(key, codes=codes, default=default)
    chosen = st.selectbox(
        label, codes, key=key, format_func=lambda code: names[code], persist_state="session"
    )
    say_unknown(unknown)
    code = str(chosen) if chosen in codes else default
    url_state.write({key: code})
    return code


def choose_several(
    key: str, label: str, names: Mapping[str, str], *, default: Sequence[str]
) -> tuple[str, ...]:
    """Ask for several codes, in the order of ``names``; none at all gives the default.

    Parameters
    ----------
    names : mapping of str to str
        Codes, which the address holds with commas between them, with their names.
    """
    codes, words = list(names), url_state.current_words()
    unknown = url_state.prepare_several(key, codes=codes, default=default)
    chosen = st.multiselect(
        label,
        codes,
        key=key,
        format_func=lambda code: names[code],
        placeholder=words("none chosen"),
        persist_state="session",
    )
    for code in unknown:
        say_unknown(code)
    found = tuple(code for code in codes if code in chosen) or tuple(default)
    url_state.write({key: ",".join(found)})
    return found
