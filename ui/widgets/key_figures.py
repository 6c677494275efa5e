"""The county's key figures: value, interval, n, and the change since the exam before."""

import streamlit as st

from pipeline.views import LeadershipView
from ui import formats
from ui.dictionary import ENTRIES
from ui.text import Words
from ui.vocabulary import (
    change_end,
    change_words,
    end_words,
    figure_words,
    indicator_name,
    status_words,
)


def show_key_figures(view: LeadershipView, *, words: Words) -> None:
    """Show one small card per indicator, side by side; an undefined figure says why."""
    rows = view.key_figures.to_dict("records")
    if not rows:
        return
    with st.container(key="key_figures"):
        for column, row in zip(st.columns(len(rows), gap="small"), rows, strict=True):
            with column.container(border=True, height="stretch"):
                _show_card(row, view.previous_exam, words)
    if view.previous_exam is None:
        st.caption(words("There is no earlier exam of this cohort to compare with."))
    else:
        st.caption(
            words(
                "Changes refer to {exam}; two papers may differ in difficulty. “No change” "
                "means that the difference lies within its error.",
                exam=formats.safe_markdown(view.previous_exam),
            )
        )


def _show_card(row: formats.Row, previous_exam: str | None, words: Words) -> None:
    code = row["indicator"]
    entry = ENTRIES.get(code)
    st.metric(
        indicator_name(code, words=words),
        card_value(row, words=words),
        help=words(entry.meaning) if entry else None,
    )
    if not formats.is_number(row["estimate"]):
        reason = status_words(row["status"], words=words)
        n = f" · {_n(row, words)}" if formats.is_number(row["n_pupils"]) else ""
        st.caption(reason + n)
        return
    if previous_exam is not None:
        st.caption(_change(row, words))
    st.caption(_basis(row, words))


def card_value(row: formats.Row, *, words: Words) -> str:
    """Return a key figure in its unit, a range where it is coded, or that it is not shown."""
    if row["status"] == "coded":
        return formats.coded_rate(row["low"], row["high"])
    if not formats.is_number(row["estimate"]):
        return words("not shown")
    return figure_words(row["indicator"], row["estimate"], words=words)


def _basis(row: formats.Row, words: Words) -> str:
    n = _n(row, words)
    if not (formats.is_number(row["low"]) and formats.is_number(row["high"])):
        return n
    ends = (end_words(row["indicator"], row[end]) for end in ("low", "high"))
    return words("95% interval {interval}", interval=formats.interval(*ends)) + f" · {n}"


def _n(row: formats.Row, words: Words) -> str:
    return words("n = {n}", n=formats.count(row["n_pupils"]))


def _change(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["change"]):
        return words("– change not known")
    code = row["indicator"]
    change = change_words(code, row["change"], words=words)
    if formats.is_number(row["change_low"]) and formats.is_number(row["change_high"]):
        ends = (change_end(code, row[end]) for end in ("change_low", "change_high"))
        change = f"{change} {formats.interval(*ends)}"
    sentences = {
        "up": words("▲ up {change}", change=change),
        "down": words("▼ down {change}", change=change),
        "flat": words("＝ no change, {change}", change=change),
    }
    return sentences.get(str(row["change_verdict"]), change)
