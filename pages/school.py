"""School: how one school stands per subject, what it adds, since when, among whom."""

import streamlit as st

from ui import state
from ui.charts.strip import strip
from ui.charts.trend import trend
from ui.registry import SCHOOL
from ui.sentences import school_finding, trend_finding
from ui.stamp import caption_of
from ui.widgets.breadcrumb import show_breadcrumb
from ui.widgets.figure import Figure, show_figure
from ui.widgets.model_panel import show_common_sample
from ui.widgets.page_opening import open_page
from ui.widgets.school_heading import pick_school, show_heading
from ui.widgets.school_panels import show_hidden, show_subject_figures, show_value_added

opening = open_page(SCHOOL.title)
words, scope, selection = opening.words, opening.scope, opening.selection
school = pick_school(state.schools(scope, selection.exam.name), words=words)
if school is None:
    st.stop()
view = state.school_view(scope, school, selection.query)
show_breadcrumb(view.path, selection, words=words)
show_heading(view, words=words)
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
        "trend",
        lambda palette: trend(view.trend, words=words, palette=palette),
        caption,
        ("z", "value_added"),
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
        "strip",
        lambda palette: strip(view.positions, words=words, palette=palette),
        caption,
        ("value_added",),
    )
    show_figure(figure, words=words)
else:
    st.info(words("This school has no value-added that can be compared with other schools."))

st.header(words("Who is compared?"))
show_common_sample(view.common_sample, words=words)

st.header(words("What is not shown?"))
show_hidden(view, words=words)
