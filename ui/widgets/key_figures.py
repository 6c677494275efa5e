"""The county's key figures: value, interval, n, and the change since the exam before."""

import streamlit as st

from pipeline.views import LeadershipView
from ui import formats
from ui.text import Words
from ui.vocabulary import (
    INDICATORS,
    change_end,
    change_words,
    end_words,
    figure_words,
    indicator_name,
    status_words,
)

_PER_ROW = 3


def show_key_figures(view: LeadershipView, *, words: Words) -> None:
    """Show one card per indicator; an undefined figure says why instead of a value."""
    rows = view.key_figures.to_dict("records")
    for start in range(0, len(rows), _PER_ROW):
        for column, row in zip(
            st.columns(_PER_ROW), rows[start : start + _PER_ROW], strict=False
        ):
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
    entry = INDICATORS.get(code)
    is_shown = formats.is_number(row["estimate"])
    st.metric(
        indicator_name(code, words=words),
        figure_words(code, row["estimate"], words=words) if is_shown else words("not shown"),
        help=words(entry.meaning) if entry else None,
    )
    if not is_shown:
        st.caption(status_words(row["status"], words=words))
        return
    if previous_exam is not None:
        st.markdown(_change(row, words))
    st.caption(_basis(row, words))


def _basis(row: formats.Row, words: Words) -> str:
    n = words("n = {n}", n=formats.count(row["n_pupils"]))
    if not (formats.is_number(row["low"]) and formats.is_number(row["high"])):
        return n
    ends = (end_words(row["indicator"], row[end]) for end in ("low", "high"))
    return words("95 % interval {interval}", interval=formats.interval(*ends)) + f" · {n}"


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
