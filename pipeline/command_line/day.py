"""A day as an option gives it."""

import argparse
from datetime import date

_FIRST_YEAR = 1900


def day(text: str) -> date:
    """Return a day since 1900; argparse says what is wrong with any other text."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if found.year < _FIRST_YEAR or found.isoformat() != text:
        raise argparse.ArgumentTypeError(f"{text!r} is no date since 1900; write YYYY-MM-DD")
    return found
