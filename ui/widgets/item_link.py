"""The way from a subject to its items, and what the subject's page does not show."""

import streamlit as st

from pipeline.views import Place, SubjectView
from ui.registry import ITEMS
from ui.text import Words
from ui.vocabulary import status_words
from ui.widgets.breadcrumb import address_of
from ui.widgets.selection import Selection


def show_item_link(view: SubjectView, selection: Selection, *, words: Words) -> None:
    """Say how much is known of the paper's items, and lead to their page."""
    if view.items is None:
        st.info(
            words(
                "No points by item are in the store for this exam and subject. The page of "
                "items tells how to import them."
            ),
            icon=":material/checklist:",
        )
    else:
        items = words.plural("{n} item", "{n} items", n=view.items.n_items)
        points = words.plural(
            "{n} knowledge point", "{n} knowledge points", n=view.items.n_points
        )
        st.markdown(words("In the store: {items}, {points}.", items=items, points=points))
    st.page_link(
        ITEMS.of(words),
        label=words(ITEMS.title),
        icon=ITEMS.icon,
        query_params=address_of(ITEMS, Place("", "", ""), selection, words=words),
    )


def show_left_out(view: SubjectView, *, words: Words) -> None:
    """Say how many schools are missing in the figures, and why; say so too where none is."""
    reasons = view.schools.loc[view.schools["side"].isna(), "status"].value_counts()
    if reasons.empty:
        st.caption(words("Nothing is hidden on this page."))
    for status, n in reasons.items():
        schools = words.plural("{n} school", "{n} schools", n=int(n))
        reason = status_words(str(status), words=words)
        st.caption(words("{figures} not shown: {reason}", figures=schools, reason=reason))
