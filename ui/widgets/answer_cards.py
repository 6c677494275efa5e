"""The leadership's one screen: five questions, each with its answer and what it rests on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from pipeline.views import BriefingView
from ui import briefing_sentences as said
from ui import formats
from ui.text import Words, marked


@dataclass(frozen=True, slots=True)
class _Card:
    question: str
    answer: Callable[[BriefingView, Words], str]
    basis: Callable[[BriefingView, Words], str]


CARDS: Sequence[_Card] = (
    _Card(
        marked("1 Which schools crossed a line since last time?"),
        lambda view, words: said.crossings_answer(view.crossings, words=words),
        lambda view, words: said.crossings_basis(view.crossings, words=words),
    ),
    _Card(
        marked("2 How many flags may be wrong?"),
        lambda view, words: said.flags_answer(view, words=words),
        lambda view, words: said.flags_basis(view, words=words),
    ),
    _Card(
        marked("3 Is the gap between schools closing?"),
        lambda view, words: said.gap_answer(view.gap, words=words),
        lambda view, words: said.gap_basis(view.gap, words=words),
    ),
    _Card(
        marked("4 Which three places would move the county most?"),
        lambda view, words: said.places_answer(view.places, words=words),
        lambda view, words: said.places_basis(view.places, words=words),
    ),
    _Card(
        marked("5 Did supported schools gain beyond rebound?"),
        lambda view, words: said.rebound_answer(view.rebound, words=words),
        lambda view, words: said.rebound_basis(view.rebound, words=words),
    ),
)


def show_answers(view: BriefingView, *, words: Words) -> None:
    """Show question, answer and basis of each of the five, side by side on a wide screen."""
    with st.container(key="answers"):
        for column, card in zip(st.columns(len(CARDS), gap="small"), CARDS, strict=True):
            with column.container(border=True, height="stretch"):
                st.header(words(card.question), anchor=False)
                st.markdown(f"**{formats.safe_markdown(card.answer(view, words))}**")
                basis = card.basis(view, words)
                if basis:
                    st.caption(formats.safe_markdown(basis))
