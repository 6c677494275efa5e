"""Panels of the school's page: figures per subject, value-added per subject, what is hidden."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pipeline.views import SchoolView
from ui import formats
from ui.text import Words
from ui.theme import mark_of
from ui.vocabulary import (
    end_words,
    figure_words,
    indicator_name,
    status_words,
    subject_name,
    verdict_words,
)

_ROW_HEIGHT = 40
_MAIN_FIGURES = ("z", "mean", "excellent_rate", "pass_rate", "low_rate")
_MORE_FIGURES = ("participation", "score_rate", "good_rate", "sd", "p10", "median", "p90")


def show_subject_figures(view: SchoolView, *, words: Words) -> None:
    """Show one row per subject and one column per indicator, each with interval and n."""
    main = figure_table(view.figures, _MAIN_FIGURES, words=words)
    st.dataframe(main, hide_index=True, row_height=_ROW_HEIGHT, key="main_figures")
    with st.expander(words("More figures")):
        more = figure_table(view.figures, _MORE_FIGURES, words=words)
        st.dataframe(more, hide_index=True, row_height=_ROW_HEIGHT, key="more_figures")


def figure_table(
    figures: pd.DataFrame, indicators: Sequence[str], *, words: Words
) -> pd.DataFrame:
    """Return subjects by indicators as texts "value [low, high]"; n is that of the first."""
    rows: dict[str, dict[str, str]] = {}
    order = {code: place for place, code in enumerate(indicators)}
    chosen = figures[figures["indicator"].isin(indicators)]
    for row in chosen.sort_values(
        "indicator", key=lambda c: c.map(order), kind="stable"
    ).to_dict("records"):
        subject = subject_name(row["subject"], row["name"], words=words)
        cells = rows.setdefault(row["subject"], {words("Subject"): subject})
        cells.setdefault(words("n"), _n(row, words))
        cells[indicator_name(row["indicator"], words=words)] = _figure(row, words)
    return pd.DataFrame(list(rows.values()), dtype="str")


def show_value_added(view: SchoolView, *, words: Words) -> None:
    """Show the value-added of every subject with interval, n and verdict in words."""
    if view.value_added.empty:
        st.info(words("No value-added: there is no baseline with linked pupils."))
        return
    table = value_added_table(view.value_added, words=words)
    st.dataframe(table, hide_index=True, row_height=_ROW_HEIGHT, key="subject_value_added")
    st.caption(
        words(
            "Verdict by index = estimate / standard error: 2 or more well above, 1 to 2 above, "
            "−1 to 1 as expected, −2 to −1 below, −2 or less well below."
        )
    )


def value_added_table(rows: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return one row per subject in words."""
    return pd.DataFrame([_value_added(row, words) for row in rows.to_dict("records")])


def show_hidden(view: SchoolView, *, words: Words) -> None:
    """Say which figures are not shown and why; say so too when nothing is hidden."""
    reasons = hidden_counts(view)
    if not reasons:
        st.caption(words("Nothing is hidden on this page."))
        return
    for status, n in reasons.items():
        figures = words.plural("{n} figure", "{n} figures", n=n)
        reason = status_words(status, words=words)
        if status == "coded":
            st.caption(
                words("{figures} not shown exactly: {reason}", figures=figures, reason=reason)
            )
        else:
            st.caption(words("{figures} not shown: {reason}", figures=figures, reason=reason))


def hidden_counts(view: SchoolView) -> dict[str, int]:
    """Return how many figures of the view are not shown, or not exactly, by status."""
    status = pd.concat(
        [frame["status"] for frame in (view.figures, view.value_added, view.trend)],
        ignore_index=True,
    )
    return {str(code): int(n) for code, n in status[status != "ok"].value_counts().items()}


def _figure(row: formats.Row, words: Words) -> str:
    if row["status"] == "coded":
        return formats.coded_rate(row["low"], row["high"])
    if not formats.is_number(row["estimate"]):
        return status_words(row["status"], words=words)
    value = figure_words(row["indicator"], row["estimate"], words=words)
    if not (formats.is_number(row["low"]) and formats.is_number(row["high"])):
        return value
    ends = (end_words(row["indicator"], row[end]) for end in ("low", "high"))
    return f"{value} {formats.interval(*ends)}"


def _n(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["n_pupils"]):
        return words("not shown")
    return formats.count(row["n_pupils"])


def _value_added(row: formats.Row, words: Words) -> dict[str, str]:
    is_shown = formats.is_number(row["estimate"])
    reason = status_words(row["status"], words=words)
    mark = mark_of(row["verdict"])
    judged = verdict_words(mark.sign, mark.word, words=words)
    not_shown = words("not shown")
    return {
        words("Subject"): subject_name(row["subject"], row["name"], words=words),
        words("Verdict"): judged if row["status"] == "ok" else reason,
        words("Value-added (SD)"): formats.signed(row["estimate"]) if is_shown else not_shown,
        words("95 % interval"): (formats.signed_interval(row["low"], row["high"]) or not_shown),
        words("n linked"): formats.count(row["n"])
        if formats.is_number(row["n"])
        else not_shown,
        words("Coverage"): (
            formats.rate(row["coverage"]) if formats.is_number(row["coverage"]) else not_shown
        ),
    }
