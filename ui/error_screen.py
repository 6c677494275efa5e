"""What a reader sees when something fails: the error's own advice, or a number to report."""

import logging
import secrets

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from core.errors import QualityError, StorageError
from ui import formats
from ui.text import Words
from ui.url_state import current_words

_LOG = logging.getLogger(__name__)


def show_error(error: Exception) -> bool:
    """Show an error without its traceback; True keeps Streamlit from showing one.

    A ``QualityError`` carries its own text. Of any other error the reader gets an event number
    only; under that number it stands in the log in full. So does a ``StorageError``, because
    whoever repairs disk or database needs its cause.
    """
    words = current_words()
    if isinstance(error, QualityError) and not isinstance(error, StorageError):
        st.error(formats.told_error(error, words=words))
        return True
    event = secrets.token_hex(4)
    _LOG.error("event %s", event, exc_info=error)
    st.error(_told(error, event, words))
    return True


def _told(error: Exception, event: str, words: Words) -> str:
    if isinstance(error, StorageError):
        advice = formats.told_error(error, words=words)
        return advice + " " + words("Event number: {event}.", event=event)
    if isinstance(error, OSError | SQLAlchemyError):
        return words(
            "The storage of this system does not answer as it should. Try again in a minute. "
            "If this stays, tell the person who runs this system the event number {event}; the "
            "log holds the details.",
            event=event,
        )
    return words(
        "Something went wrong that should not have. No data were changed. Please tell the "
        "person who runs this system the event number {event}; the log holds the details.",
        event=event,
    )
