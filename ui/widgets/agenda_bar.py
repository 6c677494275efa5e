"""The bar at the foot of every page while a meeting walks through its agenda."""

import streamlit as st

from core.errors import QualityError
from data.agendas import Agenda
from ui import formats, state, url_state
from ui.registry import HOME, MEETING, PageEntry, page_of_code
from ui.text import Words

# Not arrow keys: they move in tables, choices and sliders that have the focus.
_BACK_KEY, _NEXT_KEY = "P", "N"
_STYLE = """<style>
@media print { [data-testid="stBottom"] {display: none;} }
[data-testid="stBottomBlockContainer"]
  {padding: 0.4rem 1.5rem; border-top: 1px solid rgba(128, 128, 128, 0.4);}
</style>"""


def show_agenda_bar(page: PageEntry, *, words: Words) -> None:
    """Show where the meeting stands, with ways to the steps before and after and out.

    Call it before the page, so that the meeting can go on where a page stops; the page of
    meetings itself has no bar and keeps the step in mind.
    """
    if page is MEETING:
        url_state.write({url_state.AT_KEY: None})
        return
    step = url_state.meeting_step()
    if not step:
        return
    url_state.write(step)
    st.html(_STYLE)
    with (
        st.bottom,
        st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key="agenda_bar",
        ),
    ):
        _show_step(step, words)


def open_step(agenda: Agenda, at: int, *, words: Words, large: bool = False) -> None:
    """Go to a step of an agenda; the reader's language and switches stay.

    A page that this version does not have leaves the reader on the start page, whose bar
    still leads on.
    """
    page = page_of_code(agenda.views[at].page) or HOME
    st.switch_page(page.of(words), query_params=step_address(agenda, at, words, large=large))


def step_address(
    agenda: Agenda, at: int, words: Words, *, large: bool = False
) -> dict[str, str]:
    """Return the values of the address of a step; ``large`` turns the large type on."""
    return {
        **agenda.views[at].values(),
        **url_state.switches(),
        **({url_state.MEETING_KEY: "1"} if large else {}),
        url_state.AGENDA_KEY: str(agenda.id),
        url_state.AT_KEY: str(at),
        url_state.LANGUAGE_KEY: words.language,
    }


def _show_step(step: dict[str, str], words: Words) -> None:
    number, at = step[url_state.AGENDA_KEY], step[url_state.AT_KEY]
    scope = state.current_scope(shows_names=not url_state.is_on(url_state.CODES_KEY))
    agenda = None
    try:
        agenda = state.agenda(scope, _whole(number))
    except QualityError as error:
        st.markdown(formats.told_error(error, words=words))
    if agenda is not None:
        _show_ways(agenda, _whole(at), words)
    if st.button(words("End the meeting"), key="agenda_end", icon=":material/close:"):
        _end(agenda, words)


def _show_ways(agenda: Agenda, at: int, words: Words) -> None:
    last = len(agenda.views) - 1
    back, place, ahead = (
        st.container(width="content"),
        st.container(),
        st.container(width="content"),
    )
    with back:
        if st.button(
            words("Previous"),
            key="agenda_back",
            icon=":material/chevron_left:",
            shortcut=_BACK_KEY,
            disabled=at <= 0 or last < 0,
        ):
            open_step(agenda, min(at - 1, last), words=words)
    with place:
        _show_place(agenda, at, words)
    with ahead:
        if st.button(
            words("Next"),
            key="agenda_next",
            icon=":material/chevron_right:",
            icon_position="right",
            shortcut=_NEXT_KEY,
            disabled=at >= last,
        ):
            open_step(agenda, max(at + 1, 0), words=words)


def _show_place(agenda: Agenda, at: int, words: Words) -> None:
    n = len(agenda.views)
    if not 0 <= at < n:
        st.markdown(
            words("The agenda has {n} views; the link asks for number {at}.", n=n, at=at + 1)
        )
        return
    view = agenda.views[at]
    title = formats.safe_markdown(view.title)
    if page_of_code(view.page) is None:
        st.markdown(
            words(
                "{at} / {n}: {title}: this version has no page {page}.",
                at=at + 1,
                n=n,
                title=title,
                page=formats.safe_markdown(view.page),
            )
        )
        return
    if st.button(
        words("{at} / {n}: {title}", at=at + 1, n=n, title=title),
        key="agenda_place",
        type="tertiary",
        help=words("Back to this view as it was saved"),
    ):
        open_step(agenda, at, words=words)


def _end(agenda: Agenda | None, words: Words) -> None:
    url_state.end_meeting()
    # A switch that an address leaves out stays on; the large type ends with the meeting.
    kept = {**url_state.switches(), url_state.MEETING_KEY: url_state.OFF}
    named = {} if agenda is None else {url_state.AGENDA_KEY: str(agenda.id)}
    address = {**kept, **named, url_state.LANGUAGE_KEY: words.language}
    st.switch_page(MEETING.of(words), query_params=address)


def _whole(text: str) -> int:
    """Return a number of the address, or one that nothing has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
