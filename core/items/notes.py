"""What there is to say of an item 小题: too hard, too easy, tells nobody apart, wrong key.

The limits are usual wishes, not laws: an item that every pupil should master is easy on
purpose. A note on difficulty asks that the whole interval lies beyond the limit.
"""

import pandas as pd

TOO_HARD, TOO_EASY = 0.3, 0.9
"""Difficulty (share of the points earned) below which, and above which, there is a note."""

LEAST_DISCRIMINATION = 0.2
"""Top less bottom 27 %, share of the full mark."""


def note_items(items: pd.DataFrame) -> "pd.Series[str]":
    """Return the note of each item: one code, the gravest first; empty without any.

    ``wrong_key``: pupils with much of the rest earn less here (``item_rest`` below 0).
    ``flat``: discrimination below 0.2 although the item is neither too easy nor too hard.
    ``too_hard``, ``too_easy``: the 95 % interval of the difficulty lies below 0.3, above 0.9.

    Parameters
    ----------
    items : DataFrame
        ITEMS rows.

    Examples
    --------
    >>> items = pd.DataFrame({"low": [0.1, 0.5, 0.95], "high": [0.2, 0.6, 0.97],
    ...                       "discrimination": [0.3, 0.1, 0.05], "item_rest": [0.4, 0.2, 0.1]})
    >>> note_items(items).tolist()
    ['too_hard', 'flat', 'too_easy']
    """
    notes = pd.Series("", index=items.index, dtype="str")
    notes = notes.mask(items["discrimination"] < LEAST_DISCRIMINATION, "flat")
    notes = notes.mask(items["high"] < TOO_HARD, "too_hard")
    notes = notes.mask(items["low"] > TOO_EASY, "too_easy")
    noted: pd.Series[str] = notes.mask(items["item_rest"] < 0, "wrong_key")
    return noted
