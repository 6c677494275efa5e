"""Weak schools: who is proposed, how sure that is, and where the lowest 20% learn."""

import streamlit as st

from ui import formats, state
from ui.registry import SCHOOL, WEAK_SCHOOLS
from ui.stamp import caption_of
from ui.weak_schools_sentences import bottom20_finding
from ui.widgets.bottom20_panels import (
    share_figure,
    share_notes,
    show_class_shares,
    show_school_links,
    show_share_figure,
    show_share_table,
)
from ui.widgets.breadcrumb import open_unit, show_breadcrumb
from ui.widgets.choice import choose
from ui.widgets.page_opening import open_page
from ui.widgets.remarks import show_remarks
from ui.widgets.scheme_picker import pick_scheme
from ui.widgets.school_heading import pick_school
from ui.widgets.weak_school_doubt import show_doubt
from ui.widgets.weak_school_panels import (
    show_candidates,
    show_indicators,
    show_near,
    show_not_shown,
    show_wrong_flags,
)

opening = open_page(WEAK_SCHOOLS.title, has_method=False)
words, scope, selection = opening.words, opening.scope, opening.selection
query = pick_scheme(state.schemes(scope, selection.exam.name), selection.query, words=words)
view = state.weak_schools_view(scope, query)
show_breadcrumb(view.path, selection, words=words)
chosen: list[str | None] = []

st.header(words("Who is proposed, and how sure is that?"))
if view.why is not None:
    reason = formats.told(view.why, words=words)
    st.info(words("No screening of this exam. {reason}", reason=reason))
elif view.schools.empty:
    st.info(words("This exam has no school that may be shown."))
else:
    names = dict(zip(view.schools["school"], view.schools["name"], strict=True))
    show_remarks(view.remarks, names=names, words=words)
    chosen.append(show_candidates(view, words=words))
    chosen.append(show_doubt(view, words=words))

    st.header(words("How many of them may be wrong?"))
    show_wrong_flags(view, words=words)

    st.header(words("Who cannot be told apart from the line?"))
    chosen.append(show_near(view, words=words))

    st.header(words("What moved them there?"))
    show_indicators(view, words=words)

st.header(words("Where do the pupils of the county's lowest 20% learn?"))
ways = {
    "schools": words("by school"),
    "subjects": words("by school and subject"),
    "classes": words("by class of one school"),
}
way = choose("lowest", words("Shown as"), ways)
if way == "classes":
    school = pick_school(state.schools(scope, selection.exam.name), words=words)
    if school is not None:
        shares = state.class_shares_view(scope, school, query)
        show_class_shares(shares, words=words)
        show_school_links(shares, selection, words=words)
elif way == "subjects":
    chosen.append(
        show_share_table(
            "bottom20_table",
            view.bottom20,
            stamp=view.stamp,
            words=words,
        )
    )
else:
    rows = view.bottom20[view.bottom20["subject"] == view.stamp.subject]
    caption = caption_of(
        view.stamp,
        finding=bottom20_finding(view, words=words),
        words=words,
        notes=share_notes(rows, words=words),
    )
    figure = share_figure(
        "bottom20", rows, county20=view.county20, caption=caption, words=words
    )
    chosen.append(show_share_figure(figure, rows, words=words))

st.header(words("What is not shown?"))
show_not_shown(view, words=words)
for school in filter(None, chosen):
    open_unit(SCHOOL, school, selection, words=words)
