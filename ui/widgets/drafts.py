"""Drafts that wait to be published or taken back, and the attempts before them."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from core.errors import QualityError
from data.batches import Batch
from data.scope import Scope
from ui import formats, state
from ui.text import Words, marked

_SHOWN = 20
_STATUSES = {
    "refused": marked("refused"),
    "checked": marked("checked"),
    "draft": marked("draft"),
    "published": marked("published"),
    "undone": marked("taken back"),
    "unchanged": marked("was there already"),
}


def show_drafts(scope: Scope, *, words: Words) -> None:
    """Show each draft with its two ends: published or taken back."""
    drafts = [batch for batch in state.batches(scope) if batch.status == "draft"]
    if not drafts:
        st.caption(words("No draft waits."))
        return
    actor = st.text_input(words("Your name, for the record"), key="draft_actor").strip()
    for batch in drafts:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_told(batch, words))
            if st.button(
                words("Publish"), key=f"publish_{batch.id}", type="primary", disabled=not actor
            ):
                _publish(scope, batch, actor, words)
            if st.button(words("Take back"), key=f"undo_{batch.id}", disabled=not actor):
                _undo(scope, batch, actor, words)


def show_attempts(scope: Scope, *, words: Words) -> None:
    """Show the last attempts to import and what came of them."""
    batches = state.batches(scope)[:_SHOWN]
    if not batches:
        st.info(words("Nothing was imported on this system yet."))
        return
    rows = [
        {
            words("Batch"): batch.id,
            words("Time (Beijing)"): formats.beijing(batch.at),
            words("Outcome"): words(_STATUSES[batch.status]),
            words("Exam"): batch.exam or "",
            words("School"): batch.school or words("all"),
            words("File"): batch.file_name or words("file of batch {batch}", batch=batch.id),
            words("Rows"): batch.n_rows,
            words("Refused"): batch.n_refused,
            words("By"): batch.actor,
        }
        for batch in batches
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def _told(batch: Batch, words: Words) -> str:
    everyone = words("all schools")
    return words(
        "Draft {batch}: {exam}, {school}, {n} rows, by {actor}",
        batch=batch.id,
        exam=formats.safe_markdown(batch.exam or ""),
        school=formats.safe_markdown(batch.school or everyone),
        n=f"{batch.n_rows:,}",
        actor=formats.safe_markdown(batch.actor),
    )


def _publish(scope: Scope, batch: Batch, actor: str, words: Words) -> None:
    def work() -> str:
        number = state.publish_draft(scope, batch.id, actor=actor)
        return words("Draft {batch} is release {number} now.", batch=batch.id, number=number)

    _do(work, words)


def _undo(scope: Scope, batch: Batch, actor: str, words: Words) -> None:
    def work() -> str:
        state.undo_draft(scope, batch.id, actor=actor)
        return words("Draft {batch} was taken back.", batch=batch.id)

    _do(work, words)


def _do(work: Callable[[], str], words: Words) -> None:
    """Do it, tell it after the page is drawn anew, or say why it cannot be done."""
    try:
        done = work()
    except QualityError as error:
        st.error(formats.told_error(error, words=words))
        return
    st.toast(done)
    st.rerun()
