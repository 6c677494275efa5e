"""School: how one school stands per subject, what it adds, since when, among whom."""

import streamlit as st

from ui import state
from ui.charts.strip import strip
from ui.charts.trend import trend
from ui.registry import LEADERSHIP, page_of
from ui.sentences import school_finding, trend_finding
from ui.stamp import caption_of
from ui.url_state import current_words
from ui.widgets.figure import Figure, show_figure
from ui.widgets.frame import show_origin
from ui.widgets.model_panel import show_common_sample
from ui.widgets.school_heading import pick_school, show_heading
from ui.widgets.school_panels import show_hidden, show_subject_figures, show_value_added
from ui.widgets.selection import pick_selection

words, scope = current_words(), state.current_scope()
exams = state.exams(scope)
st.title(words("One school"))
if not exams:
    st.info(words("The store holds no exam yet. The start page tells how to import one."))
    st.stop()
selection = pick_selection(exams, words=words)
if selection is None:
    st.stop()
school = pick_school(state.schools(scope, selection.exam.name), words=words)
if school is None:
    st.stop()
show_origin(selection.exam, words=words)
view = state.school_view(scope, school, selection.query)
show_heading(view, words=words)
st.page_link(
    page_of(LEADERSHIP, words=words),
    label=words("Back to the county with the same selection"),
    query_params={**selection.address(), "lang": words.language},
)
if view.hidden:
    st.stop()

st.header(words("How does it stand in each subject?"))
show_subject_figures(view, words=words)

st.header(words("What does it add in each subject?"))
show_value_added(view, words=words)

st.header(words("Since when?"))
if view.trend["estimate"].notna().any():
    caption = caption_of(
        view.stamp,
        finding=trend_finding(view, words=words),
        words=words,
        notes=(words("Whiskers are 95 % intervals; a gap is an exam without a figure."),),
    )
    figure = Figure(
        "trend", lambda palette: trend(view.trend, words=words, palette=palette), caption
    )
    show_figure(figure, words=words)
else:
    st.info(words("No exam of this cohort can be shown for this school and subject."))

st.header(words("Where does it lie among all schools?"))
if view.positions["is_own"].any():
    caption = caption_of(
        view.stamp,
        finding=school_finding(view, words=words),
        words=words,
        notes=(words("Each point is a school; neighbours can rarely be told apart."),),
    )
    figure = Figure(
        "strip", lambda palette: strip(view.positions, words=words, palette=palette), caption
    )
    show_figure(figure, words=words)
else:
    st.info(words("This school has no value-added that can be compared with other schools."))

st.header(words("Who is compared?"))
show_common_sample(view.common_sample, words=words)

st.header(words("What is not shown?"))
show_hidden(view, words=words)
