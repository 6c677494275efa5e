"""Which schools the warning board shows: by band, subject and township, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from core.warning.rules import BANDS as BAND_CODES
from pipeline.views import WarningBoardView
from ui import url_state
from ui.band_words import band_words
from ui.text import Words
from ui.vocabulary import subject_name
from ui.widgets.unknown_code import ask_instead, say_unknown

BAND_KEY, SPAN_KEY, TOWNSHIP_KEY, PAGE_KEY = "band", "span", "township", "page"
ALL, WARNED, ONE = "all", "warned", "one"
PAGE_SIZE = 50
"""Schools of one page: so many rows of ten subjects are read and sent at once."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is let through.

    Attributes
    ----------
    band : str
        A band, ``warned`` for any colour, or ``all``.
    subject : str or None
        The only subject that counts and is shown; None for all.
    township : str or None
        Code of a township, or ``all``; None where a link asks for an unknown one.
    """

    band: str
    subject: str | None
    township: str | None

    def applied(self, bands: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of schools that have the band in a subject that counts."""
        seen = bands
        if self.subject is not None:
            seen = seen[seen["subject"] == self.subject]
        if self.township != ALL:
            seen = seen[seen["township_code"] == self.township]
        if self.band == ALL:
            return seen
        wanted = BAND_CODES[1:] if self.band == WARNED else (self.band,)
        schools = set(seen.loc[seen["band"].isin(wanted), "school"])
        return seen[seen["school"].isin(schools)]


def pick_filter(view: WarningBoardView, *, words: Words) -> Filter:
    """Ask for band, span of subjects and township; all of it is kept in the address."""
    columns = st.columns([3, 3, 3])
    with columns[0]:
        band = _pick(
            BAND_KEY,
            words("Band"),
            {
                ALL: words("all schools"),
                WARNED: words("any warning"),
                **{code: band_words(code, words=words) for code in _CODES},
            },
        )
    subject = subject_name(view.stamp.subject, view.stamp.subject_name, words=words)
    with columns[1]:
        span = _pick(
            SPAN_KEY,
            words("Subjects"),
            {ALL: words("all subjects"), ONE: words("only {subject}", subject=subject)},
        )
    named = view.bands[["township_code", "township"]].dropna().drop_duplicates()
    townships = named.sort_values("township").itertuples(index=False, name=None)
    with columns[2]:
        names = {ALL: words("all townships"), **dict(townships)}
        township = _pick_township(names, words)
    return Filter(band, view.stamp.subject if span == ONE else None, township)


def page_of(schools: Sequence[str], *, words: Words) -> list[str]:
    """Return the schools of the chosen page; the picker is left out where there is one page."""
    if len(schools) <= PAGE_SIZE:
        url_state.write({PAGE_KEY: None})
        return list(schools)
    starts = {str(k + 1): start for k, start in enumerate(range(0, len(schools), PAGE_SIZE))}
    page = _pick(
        PAGE_KEY,
        words("Schools of the list"),
        {
            code: f"{start + 1}–{min(start + PAGE_SIZE, len(schools))}"
            for code, start in starts.items()
        },
    )
    return list(schools[starts[page] : starts[page] + PAGE_SIZE])


def _pick(key: str, label: str, names: dict[str, str]) -> str:
    codes = list(names)
    unknown = url_state.prepare(key, codes=codes, default=codes[0])
    chosen = st.selectbox(
        label, codes, key=key, format_func=lambda code: names[code], persist_state="session"
    )
    say_unknown(unknown)
    url_state.write({key: None if chosen == codes[0] else chosen})
    return str(chosen)


def _pick_township(names: dict[str, str], words: Words) -> str | None:
    unknown = url_state.prepare_linked(TOWNSHIP_KEY, codes=list(names), default=ALL)
    chosen = st.selectbox(
        words("Township"),
        list(names),
        key=TOWNSHIP_KEY,
        index=0 if unknown is None else None,
        format_func=lambda code: names[code],
        placeholder=words("Choose a township or centre school"),
        persist_state="session",
    )
    ask_instead(unknown)
    if chosen is not None:
        url_state.write({TOWNSHIP_KEY: None if chosen == ALL else chosen})
    return chosen


_CODES = ("red", "yellow", "blue", "none", "insufficient")
