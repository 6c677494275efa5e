"""Leadership: how the county stands, what the rules say, which schools add more or less."""

import streamlit as st

from ui import state
from ui.charts.caterpillar import caterpillar
from ui.charts.quadrant import quadrant
from ui.registry import LEADERSHIP, SCHOOL
from ui.sentences import (
    caterpillar_finding,
    comparable,
    interval_note,
    left_out_notes,
    quadrant_finding,
)
from ui.stamp import caption_of
from ui.widgets.breadcrumb import open_unit, show_breadcrumb
from ui.widgets.figure import Figure, show_selectable_figure
from ui.widgets.key_figures import show_key_figures
from ui.widgets.model_panel import show_common_sample, show_fairness, show_model_status
from ui.widgets.page_opening import open_page
from ui.widgets.remarks import show_remarks
from ui.widgets.school_table import show_school_table

opening = open_page(LEADERSHIP.title)
words, selection = opening.words, opening.selection
view = state.leadership_view(opening.scope, selection.query)
show_breadcrumb(view.path, selection, words=words)
chosen: list[str | None] = []

st.header(words("How does the county stand?"))
show_key_figures(view, words=words)

st.header(words("What do the rules say?"))
names = dict(zip(view.schools["school"], view.schools["name"], strict=True))
show_remarks(view.remarks, names=names, words=words)

st.header(words("What do the schools add?"))
has_value_added = show_model_status(view.model, baseline=selection.query.baseline, words=words)
if has_value_added:
    left_out = left_out_notes(view, words=words)
    both = comparable(view.schools)
    if len(both):
        caption = caption_of(
            view.stamp, finding=quadrant_finding(view, words=words), words=words, notes=left_out
        )
        figure = Figure(
            "quadrant",
            lambda palette: quadrant(both, words=words, palette=palette),
            caption,
            ("z", "value_added"),
        )
        chosen.append(show_selectable_figure(figure, words=words))
    caption = caption_of(
        view.stamp,
        finding=caterpillar_finding(view, words=words),
        words=words,
        notes=(interval_note(words), *left_out),
    )
    figure = Figure(
        "caterpillar",
        lambda palette: caterpillar(view.schools, words=words, palette=palette),
        caption,
        ("value_added",),
    )
    chosen.append(show_selectable_figure(figure, words=words))
    show_fairness(view.model, words=words)
if view.model.common_sample is not None:
    st.subheader(words("Common sample of the county"))
    show_common_sample(view.model.common_sample, words=words)

st.header(words("All schools"))
st.caption(
    words("Tick the box of a row, or click a point in a chart, to open the school's page.")
)
chosen.append(show_school_table(view, with_value_added=has_value_added, words=words))
for school in filter(None, chosen):
    open_unit(SCHOOL, school, selection, words=words)
