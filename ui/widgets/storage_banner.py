"""The banner on every page while the store cannot be written, or not be reached at all."""

import logging
import secrets
from dataclasses import dataclass
from typing import Literal

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from core.errors import StorageError
from data.free_space import MIB, RESERVED, room_of
from data.home import home_from_environment
from data.scope import Scope
from ui import formats, state
from ui.text import Words

_SECONDS = 5
"""For how long what was seen of the store is taken for true."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was last seen of the store: bytes free; number and advice where it is gone."""

    condition: Literal["writable", "full", "read_only", "unreachable"]
    free: int = 0
    event: str = ""
    advice: str = ""
    advice_zh: str = ""


def show_storage_banner(words: Words) -> None:
    """Say that the store cannot be written, what works meanwhile and what to do.

    A page of a store that cannot be reached has nothing to show: it ends with the banner.
    """
    seen = _seen(state.current_scope())
    if seen.condition == "full":
        st.warning(
            words(
                "The storage is full: {free} MB are free, at least {required} MB are needed. "
                "Everything published can be read. Importing and deciding have to wait. "
                "Whoever runs this system frees space on its disk; then work goes on by "
                "itself.",
                free=f"{seen.free / MIB:.1f}",
                required=f"{RESERVED / MIB:.0f}",
            ),
            icon=":material/save:",
        )
    elif seen.condition == "read_only":
        st.warning(
            words(
                "The storage can only be read. Everything published can be read. Importing "
                "and deciding have to wait. Whoever runs this system makes its disk writable "
                "again; then work goes on by itself."
            ),
            icon=":material/lock:",
        )
    elif seen.condition == "unreachable":
        _show_unreachable(seen, words)


def _show_unreachable(seen: Seen, words: Words) -> None:
    st.error(
        words(
            "The storage cannot be used, so no figure can be shown just now. Try again in a "
            "minute, and tell whoever runs this system; work goes on by itself once the cause "
            "is gone."
        )
        + " "
        + words("Event number: {event}.", event=seen.event),
        icon=":material/cloud_off:",
    )
    if seen.advice:
        st.caption(formats.told((seen.advice, seen.advice_zh), words=words))
    st.stop()


@st.cache_data(ttl=_SECONDS, max_entries=50, show_spinner=False)
def _seen(scope: Scope) -> Seen:
    """Look whether exams can be listed and files be written."""
    try:
        state.exams(scope)
        room = room_of(home_from_environment())
    except StorageError as error:
        return Seen("unreachable", 0, _logged(), error.message, error.message_zh)
    except (SQLAlchemyError, OSError):
        return Seen("unreachable", 0, _logged())
    return Seen(room.condition, room.free)


def _logged() -> str:
    """Write the error at hand to the log and return the number under which it stands."""
    event = secrets.token_hex(4)
    _LOG.exception("event %s: the store cannot be used", event)
    return event
