"""Links to other subjects of the exam, where the chosen one has nothing to show."""

from collections.abc import Sequence

import streamlit as st

from core.scores import TOTAL
from pipeline.views import Place, SubjectChoice
from ui import formats
from ui.registry import PageEntry
from ui.text import Words
from ui.vocabulary import subject_name
from ui.widgets.breadcrumb import address_of
from ui.widgets.selection import Selection


def is_subject_chosen(page: PageEntry, selection: Selection, *, words: Words) -> bool:
    """Whether one subject is chosen; where it is the total, ask for one with links."""
    if selection.query.subject != TOTAL:
        return True
    subjects = [own for own in selection.exam.subjects if own.code != TOTAL]
    if subjects:
        st.info(
            words("This page is about one subject. Choose one above, or here:"),
            icon=":material/menu_book:",
        )
        show_subject_links(page, subjects, selection, words=words)
    else:
        st.info(words("This exam has a total only. Choose an exam with subjects."))
    return False


def show_subject_links(
    page: PageEntry, subjects: Sequence[SubjectChoice], selection: Selection, *, words: Words
) -> None:
    """Show one link for each subject: this exam and page, with that subject chosen."""
    address = address_of(page, Place("", "", ""), selection, words=words)
    with st.container(horizontal=True, gap="small", key="subject_links"):
        for subject in subjects:
            st.page_link(
                page.of(words),
                label=formats.safe_markdown(
                    subject_name(subject.code, subject.name, words=words)
                ),
                query_params={**address, "subject": subject.code},
                width="content",
            )
