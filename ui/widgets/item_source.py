"""What to do where an exam has no item data: other subjects, other exams, how to import."""

import streamlit as st

from pipeline.views import ItemsView, Place
from ui import formats
from ui.registry import ITEMS
from ui.text import Words
from ui.vocabulary import status_words, subject_name
from ui.widgets.breadcrumb import address_of
from ui.widgets.selection import Selection
from ui.widgets.subject_links import show_subject_links

_MOST_EXAMS = 6


def show_no_items(view: ItemsView, selection: Selection, *, words: Words) -> None:
    """Say that nothing is there, where there is something, and how to import item data."""
    if view.is_small:
        st.info(
            words("Item data of this exam are not shown: {reason}.",
                  reason=status_words("too_few", words=words)),
            icon=":material/visibility_off:",
        )  # fmt: skip
        return
    st.info(
        words(
            "No points by item are in the store for {exam}, {subject}.",
            exam=formats.safe_markdown(view.stamp.exam),
            subject=formats.safe_markdown(
                subject_name(view.stamp.subject, view.stamp.subject_name, words=words)
            ),
        ),
        icon=":material/checklist:",
    )
    if view.available:
        st.markdown(words("Of this exam there are item data in:"))
        show_subject_links(ITEMS, view.available, selection, words=words)
    if view.elsewhere:
        st.markdown(words("Other exams with item data:"))
        _show_exams(view.elsewhere, selection, words)
    st.subheader(words("How to import item data"))
    st.markdown(
        words(
            "1. One row per pupil: school, pupil number, one column for each item, its number "
            "as the heading.\n"
            "2. The two-way table: item, full mark, knowledge points.\n"
            "3. Both under the same name, the two-way table first. The sum of a pupil's items "
            "is then compared with his score."
        )
    )
    name = f'"{view.stamp.exam}"'
    st.code(
        f"python -m pipeline dataset two_way plan.xlsx --name NAME --exam {name} "
        f"--subject SUBJECT\n"
        f"python -m pipeline dataset items items.xlsx --name NAME --exam {name} "
        f"--subject SUBJECT",
        language=None,
        wrap_lines=True,
    )
    st.caption(words("Formats and findings: docs/howto/datasets.md"))


def show_left_out_items(view: ItemsView, *, words: Words) -> None:
    """Say which items, pupils and schools are missing in the figures, and why."""
    source = view.source
    said = []
    if source is not None and source.n_left_out:
        said.append(
            words.plural(
                "{n} pupil without any item", "{n} pupils without any item", n=source.n_left_out
            )
        )
    if source is not None and source.n_complete < source.n_pupils:
        said.append(
            words(
                "{n} pupils lack items: they count for the difficulty of those they have, and "
                "for no total",
                n=formats.count(source.n_pupils - source.n_complete),
            )
        )
    said += _left_out_schools(view, words)
    for sentence in said:
        st.caption(sentence)
    if not said:
        st.caption(words("Nothing is hidden on this page."))


def _left_out_schools(view: ItemsView, words: Words) -> list[str]:
    """Return how many schools have no figure on any knowledge point, by reason."""
    if view.schools.empty:
        return []
    is_out = view.schools.groupby("school")["mastery"].count() == 0
    schools = view.schools.drop_duplicates("school").set_index("school")
    reasons = schools.loc[is_out[is_out].index, "status"].value_counts()
    return [
        words(
            "{figures} not shown: {reason}",
            figures=words.plural("{n} school", "{n} schools", n=int(n)),
            reason=status_words(str(status), words=words),
        )
        for status, n in reasons.items()
    ]


def _show_exams(exams: tuple[str, ...], selection: Selection, words: Words) -> None:
    address = address_of(ITEMS, Place("", "", ""), selection, words=words)
    del address["exam"]
    address.pop("baseline", None)
    with st.container(horizontal=True, gap="small", key="exam_links"):
        for exam in exams[:_MOST_EXAMS]:
            st.page_link(
                ITEMS.of(words),
                label=formats.safe_markdown(exam),
                query_params={**address, "exam": exam},
                width="content",
            )
