"""Putting the view that is on the screen on the agenda of a meeting."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.errors import QualityError
from data.agenda_texts import LONGEST_NAME, Known, NewView
from data.agendas import Agenda
from data.scope import Scope
from pipeline.views import ExamChoice
from ui import formats, state, url_state
from ui.registry import MEETING, PAGES, PageEntry
from ui.text import Words
from ui.vocabulary import subject_name
from ui.widgets.actor import ask_actor

ACTOR_KEY = "agenda_actor"
_SEPARATOR = " · "


def offer_view(place: DeltaGenerator, page: PageEntry, *, words: Words) -> None:
    """Offer to add the view to an agenda, where the page shows results of an exam.

    Call it when the page is drawn: its pickers write the address that is kept.
    """
    if page is MEETING:
        return
    values = url_state.own_values()
    scope = state.current_scope(shows_names=not url_state.is_on(url_state.CODES_KEY))
    exam = next((e for e in state.exams(scope) if e.name == values.get("exam")), None)
    if exam is None:
        return
    with place:
        heading = words("Add this view to an agenda")
        st.markdown(f"**{heading}**")
        agendas = {agenda.id: agenda for agenda in state.agendas(scope)}
        if agendas:
            title = default_title(page, exam, values.get("subject"), words=words)
            _ask(scope, agendas, NewView(title, page.code, values), words)
        else:
            st.caption(words("There is no agenda yet."))
        st.page_link(
            MEETING.of(words),
            label=words("To the agendas"),
            query_params={**url_state.switches(), url_state.LANGUAGE_KEY: words.language},
        )


def default_title(
    page: PageEntry, exam: ExamChoice, subject: str | None, *, words: Words
) -> str:
    """Return what a view is called until somebody says otherwise: page, exam, subject."""
    names = {s.code: subject_name(s.code, s.name, words=words) for s in exam.subjects}
    parts = [words(page.title), exam.name, names.get(subject or "", "")]
    return _SEPARATOR.join(part for part in parts if part)[:LONGEST_NAME]


def _ask(scope: Scope, agendas: dict[int, Agenda], view: NewView, words: Words) -> None:
    with st.form("agenda_offer", border=False):
        number = st.selectbox(
            words("Agenda"),
            list(agendas),
            key="agenda_of_view",
            format_func=lambda code: agendas[code].name,
            persist_state="session",
        )
        # Another view has another title: a key of its own keeps no text of the one before.
        title = st.text_input(
            words("Title on the agenda"),
            value=view.title,
            key=f"agenda_title {view.page} {view.title}",
            max_chars=LONGEST_NAME,
        )
        actor = ask_actor(ACTOR_KEY, words=words)
        if st.form_submit_button(
            words("Add"), key="agenda_add", icon=":material/playlist_add:"
        ):
            new = NewView(title, view.page, view.address)
            _add(scope, agendas[number], new, actor, words)


def _add(scope: Scope, agenda: Agenda, new: NewView, actor: str, words: Words) -> None:
    known = Known([page.code for page in PAGES], url_state.known_keys())
    try:
        n = state.save_view(scope, agenda.id, new, known=known, actor=actor)
    except QualityError as error:
        st.error(formats.told_error(error, words=words))
        return
    name = formats.safe_markdown(agenda.name)
    st.toast(words("Added to “{agenda}” as number {n}.", agenda=name, n=n))
