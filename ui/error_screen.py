"""What a reader sees when something fails: the error's own advice, or a number to report."""

import logging
import secrets

import streamlit as st

from core.errors import QualityError
from ui.url_state import current_words

_LOG = logging.getLogger(__name__)


def show_error(error: Exception) -> bool:
    """Show an error without its traceback; True keeps Streamlit from showing one.

    A ``QualityError`` carries its own text. Any other error is a bug: it goes to the log in
    full under an event number, and the reader gets the number only.
    """
    words = current_words()
    if isinstance(error, QualityError):
        st.error(words.either(english=error.message, chinese=error.message_zh))
        return True
    event = secrets.token_hex(4)
    _LOG.error("event %s", event, exc_info=error)
    st.error(
        words(
            "Something went wrong that should not have. No data were changed. Please tell the "
            "person who runs this system the event number {event}; the log holds the details.",
            event=event,
        )
    )
    return True
