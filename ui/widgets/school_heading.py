"""The picker of a school and the line that says which school it is."""

import pandas as pd
import streamlit as st

from pipeline.views import SchoolView
from ui import formats, url_state
from ui.text import Words
from ui.vocabulary import LOCALES, status_words


def pick_school(schools: pd.DataFrame, *, words: Words) -> str | None:
    """Ask for a school; None, with an explanation, until one of this exam is chosen."""
    if schools.empty:
        st.info(words("This exam has no school that may be shown."))
        return None
    names = dict(zip(schools["school"], schools["name"], strict=True))
    unknown = url_state.prepare_required("school", codes=list(names), default=next(iter(names)))
    chosen = st.selectbox(
        words("School"),
        list(names),
        key="school",
        index=0 if unknown is None else None,
        format_func=lambda code: str(names[code]),
        placeholder=words("Choose a school"),
        persist_state="session",
    )
    if unknown is not None:
        st.warning(
            words(
                "The link asks for a school that did not take part in this exam: {code}. "
                "Choose another school or another exam.",
                code=formats.echoed(unknown),
            )
        )
    if chosen is not None:
        url_state.write({"school": chosen})
    return chosen


def show_heading(view: SchoolView, *, words: Words) -> None:
    """Show name, township, type and place of the school."""
    st.header(formats.safe_markdown(view.name))
    locale = words(LOCALES[view.locale]) if view.locale in LOCALES else view.locale
    facts = [fact for fact in (view.township, view.school_type, locale) if fact]
    if facts:
        st.caption(" · ".join(formats.safe_markdown(fact) for fact in facts))
    if view.hidden:
        st.info(
            words(
                "This school is not shown: {reason}. Figures of so few pupils would tell about "
                "single children.",
                reason=status_words("suppressed", words=words),
            ),
            icon=":material/visibility_off:",
        )
