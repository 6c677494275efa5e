"""The agendas of meetings: chosen, made, put in order, started."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from core.errors import QualityError
from data.agenda_texts import LONGEST_NAME
from data.agendas import Agenda, AgendaView, Direction
from data.scope import Scope
from ui import formats, state, url_state
from ui.links import is_local, link_to
from ui.registry import HOME, page_of_code
from ui.text import Words
from ui.widgets.agenda_bar import open_step, step_address


def pick_agenda(agendas: tuple[Agenda, ...], *, words: Words) -> Agenda | None:
    """Ask for an agenda; None, with an explanation, until there is one and it is chosen."""
    if not agendas:
        st.info(words("There is no agenda yet. Name the meeting below to make the first one."))
        return None
    by_number = {str(agenda.id): agenda for agenda in agendas}
    key = url_state.AGENDA_KEY
    unknown = url_state.prepare_required(key, codes=list(by_number), default=str(agendas[0].id))
    chosen = st.selectbox(
        words("Agenda"),
        list(by_number),
        key=key,
        index=0 if unknown is None else None,
        format_func=lambda number: _told(by_number[number], words),
        placeholder=words("Choose an agenda"),
        persist_state="session",
    )
    if unknown is not None:
        st.warning(
            words(
                "The link asks for an agenda that this store does not hold: {code}. It may "
                "have been removed. Choose another one.",
                code=formats.echoed(unknown),
            )
        )
    if chosen is None:
        return None
    url_state.write({key: chosen})
    return by_number[chosen]


def show_start(agenda: Agenda, *, words: Words) -> None:
    """Start the meeting, and offer the link that starts it elsewhere."""
    if not agenda.views:
        return
    if st.button(
        words("Start the meeting"),
        key="agenda_start",
        type="primary",
        icon=":material/play_arrow:",
    ):
        open_step(agenda, 0, words=words, large=True)
    page = page_of_code(agenda.views[0].page) or HOME
    link = link_to(page.path, step_address(agenda, 0, words, large=True))
    if link is not None:
        local = words("The link that starts it, on this machine only:")
        elsewhere = words("The link that starts it on another machine:")
        st.caption(local if is_local(link) else elsewhere)
        st.code(link, language=None)


def show_views(scope: Scope, agenda: Agenda, actor: str, *, words: Words) -> None:
    """Show the views in their order, each with its link, and let them be moved and removed."""
    if not agenda.views:
        st.info(
            words(
                "This agenda has no view yet. Open a page of results, choose exam and subject, "
                "then press “View” at the top right and “Add” there."
            )
        )
    elif not actor:
        st.caption(words("Who gives a name can change the agenda."))
    for at, view in enumerate(agenda.views):
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"view_{view.id}"
        ):
            _show_view(agenda, at, words)
            _show_changes(scope, agenda, at, actor, words)


def show_new_agenda(scope: Scope, actor: str, *, words: Words) -> None:
    """Ask for name and day of a meeting and make its agenda."""
    with st.form("new_agenda", clear_on_submit=True):
        name, held_on = _ask_name("new", "", None, words)
        if st.form_submit_button(
            words("Make the agenda"), key="agenda_make", disabled=not actor
        ):

            def work() -> str:
                number = state.make_agenda(scope, name, held_on, actor=actor)
                url_state.follow({url_state.AGENDA_KEY: str(number)})
                return words("The agenda “{agenda}” is made.", agenda=name)

            _do(work, words)


def show_rename(scope: Scope, agenda: Agenda, actor: str, *, words: Words) -> None:
    """Let an agenda have another name or day, and remove one that has no view left."""
    with st.form(f"rename_{agenda.id}"):
        name, held_on = _ask_name(f"{agenda.id}", agenda.name, agenda.held_on, words)
        if st.form_submit_button(words("Rename"), key="agenda_rename", disabled=not actor):

            def rename() -> str:
                state.rename_agenda(scope, agenda.id, name, held_on, actor=actor)
                return words("The agenda is called “{agenda}” now.", agenda=name)

            _do(rename, words)
    if agenda.views:
        st.caption(words("An agenda can be removed when it has no view left."))
    elif st.button(words("Remove the agenda"), key="agenda_remove", disabled=not actor):

        def remove() -> str:
            state.remove_agenda(scope, agenda.id, actor=actor)
            url_state.follow({url_state.AGENDA_KEY: None})
            return words("The agenda “{agenda}” is removed.", agenda=agenda.name)

        _do(remove, words)


def _show_view(agenda: Agenda, at: int, words: Words) -> None:
    view = agenda.views[at]
    page = page_of_code(view.page)
    title = f"{at + 1}. {formats.safe_markdown(view.title)}"
    with st.container(gap=None):
        if page is None:
            st.markdown(title)
            st.caption(
                words(
                    "This version has no page {page}; take the view off.",
                    page=formats.safe_markdown(view.page),
                )
            )
            return
        address = {**view.values(), **url_state.switches(), "lang": words.language}
        st.page_link(page.of(words), label=title, icon=page.icon, query_params=address)
        st.caption(
            words(
                "{page}, added by {actor} on {day}",
                page=words(page.title),
                actor=formats.safe_markdown(view.added_by),
                day=formats.beijing(view.added_at),
            )
        )


def _show_changes(scope: Scope, agenda: Agenda, at: int, actor: str, words: Words) -> None:
    view = agenda.views[at]
    is_last = at == len(agenda.views) - 1
    if st.button(
        words("Up"), key=f"up_{view.id}", icon=":material/arrow_upward:",
        disabled=not actor or at == 0,
    ):  # fmt: skip
        _do(lambda: _moved(scope, view, "up", actor, words), words)
    if st.button(
        words("Down"), key=f"down_{view.id}", icon=":material/arrow_downward:",
        disabled=not actor or is_last,
    ):  # fmt: skip
        _do(lambda: _moved(scope, view, "down", actor, words), words)
    if st.button(
        words("Take off"), key=f"off_{view.id}", icon=":material/remove:", disabled=not actor
    ):
        _do(lambda: _taken_off(scope, view, actor, words), words)


def _moved(
    scope: Scope, view: AgendaView, direction: Direction, actor: str, words: Words
) -> str:
    state.move_view(scope, view.id, direction, actor=actor)
    return words("“{title}” is moved.", title=view.title)


def _taken_off(scope: Scope, view: AgendaView, actor: str, words: Words) -> str:
    state.remove_view(scope, view.id, actor=actor)
    return words("“{title}” is taken off the agenda.", title=view.title)


def _ask_name(
    key: str, name: str, held_on: date | None, words: Words
) -> tuple[str, date | None]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = st.text_input(
            words("Name of the meeting"),
            value=name,
            key=f"agenda_name_{key}",
            max_chars=LONGEST_NAME,
        )
        day = st.date_input(
            words("Day of the meeting (can stay empty)"),
            value=held_on,
            key=f"agenda_day_{key}",
            format="YYYY-MM-DD",
        )
    return asked, day


def _told(agenda: Agenda, words: Words) -> str:
    n = len(agenda.views)
    count = words.plural("{n} view", "{n} views", n=n)
    return " · ".join(
        [agenda.name, *([agenda.held_on.isoformat()] if agenda.held_on else []), count]
    )


def _do(work: Callable[[], str], words: Words) -> None:
    """Do it, tell it after the page is drawn anew, or say why it cannot be done."""
    try:
        done = work()
    except QualityError as error:
        st.error(formats.told_error(error, words=words))
        return
    st.toast(formats.safe_markdown(done))
    st.rerun()
