"""Township: where its schools stand, who is compared, who lags, what is due."""

import streamlit as st

from ui import state
from ui.registry import SCHOOL, TOWNSHIP
from ui.stamp import caption_of
from ui.township_sentences import bottom20_finding
from ui.vocabulary import subject_name
from ui.widgets.bottom20_panels import (
    share_figure,
    share_notes,
    show_share_figure,
    show_share_table,
)
from ui.widgets.breadcrumb import open_unit, show_breadcrumb
from ui.widgets.model_panel import show_model_status
from ui.widgets.page_opening import open_page
from ui.widgets.remarks import show_remarks
from ui.widgets.township_due import show_bands, show_cases, show_not_shown
from ui.widgets.township_gaps import show_gaps, show_school_gaps
from ui.widgets.township_heading import pick_pooled, pick_township, show_heading
from ui.widgets.township_panels import (
    show_sample,
    show_standing,
    show_units,
)

opening = open_page(TOWNSHIP.title)
words, scope, selection = opening.words, opening.scope, opening.selection
townships = state.townships(scope, selection.exam.name)
township = pick_township(townships, words=words)
if township is None:
    st.stop()
asked_to_pool = pick_pooled(words=words)
view = state.township_view(scope, township, selection.query, pooled=asked_to_pool)
show_breadcrumb(view.path, selection, words=words)
show_heading(view, asked_to_pool=asked_to_pool, words=words)
names = dict(zip(view.schools["unit"], view.schools["name"], strict=True))
names |= dict(zip(view.bands["school"], view.bands["name"], strict=True))
names |= {s.code: subject_name(s.code, s.name, words=words) for s in selection.exam.subjects}
show_remarks(view.remarks, names=names, words=words)
chosen: list[str | None] = []

st.header(words("Where do my schools stand?"))
has_value_added = show_model_status(view.model, baseline=selection.query.baseline, words=words)
if has_value_added:
    chosen.append(show_standing(view, words=words))
chosen.append(show_units(view, with_value_added=has_value_added, words=words))

st.header(words("Is the common sample fine?"))
show_sample(view, words=words)

st.header(words("How many of the county's lowest 20% learn here?"))
rows = view.bottom20[view.bottom20["subject"] == view.stamp.subject]
finding = bottom20_finding(view, words=words)
caption = caption_of(
    view.stamp, finding=finding, words=words, notes=share_notes(rows, words=words)
)
figure = share_figure(
    "township_bottom20", rows, county20=view.county20, caption=caption, words=words
)
chosen.append(show_share_figure(figure, rows, words=words))
if len(selection.exam.subjects) > 1:
    chosen.append(
        show_share_table(
            "township_bottom20_table",
            view.bottom20,
            stamp=view.stamp,
            words=words,
        )
    )

st.header(words("Which subjects lag?"))
show_gaps(view, words=words)
chosen.append(show_school_gaps(view, words=words))

st.header(words("What is due?"))
chosen.append(show_bands(view, words=words))
show_cases(view, words=words)

st.header(words("What is not shown?"))
show_not_shown(view, words=words)
for code in filter(None, chosen):
    is_unit = code in set(townships["township"])
    if code != township:
        open_unit(TOWNSHIP if is_unit else SCHOOL, code, selection, words=words)
