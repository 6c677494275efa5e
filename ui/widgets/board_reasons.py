"""Why one school has its warning bands: every signal with value, line and n."""

import pandas as pd
import streamlit as st

from core.warning.rules import BANDS as BAND_CODES
from pipeline.views import WarningReasonsView
from ui import formats
from ui.band_words import (
    band_words,
    cell_style,
    reason_words,
    signal_value,
    signal_words,
    signals_listed,
)
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.vocabulary import subject_name
from ui.widgets.table import Table, show_table


def show_reasons(view: WarningReasonsView, *, words: Words) -> None:
    """Show the bands of one school, and every signal that was looked at."""
    if view.hidden:
        st.info(
            words(
                "This school is not shown: {reason}.",
                reason=reason_words("suppressed", words=words),
            ),
            icon=":material/visibility_off:",
        )
        return
    warned = view.bands[view.bands["band"].isin(BAND_CODES[1:])]
    for row in warned.to_dict("records"):
        st.markdown("- " + formats.safe_markdown(_said(row, words)))
    if warned.empty:
        st.markdown(words("No warning in any subject."))
    unjudged = view.bands[view.bands["band"] == "insufficient"]
    for row in unjudged.to_dict("records"):
        text = words(
            "{subject}: not enough data ({reason})",
            subject=_subject(row, words),
            reason=reason_words(str(row["reason"]), words=words),
        )
        st.markdown("- " + formats.safe_markdown(text))
    _show_signals(view, words)


def _said(row: formats.Row, words: Words) -> str:
    text = words(
        "{subject}: {band} because of {signals}",
        subject=_subject(row, words),
        band=band_words(row["band"], words=words),
        signals=signals_listed(str(row["signals"]), words=words),
    )
    if not isinstance(row["before"], str):
        return text
    return text + words(
        " (in the exam before: {band})", band=band_words(row["before"], words=words)
    )


def _subject(row: formats.Row, words: Words) -> str:
    return subject_name(str(row["subject"]), str(row["subject_name"]), words=words)


def _show_signals(view: WarningReasonsView, words: Words) -> None:
    rows = view.signals.to_dict("records")
    table = Table(
        "signals",
        pd.DataFrame(
            {
                "subject": [_subject(row, words) for row in rows],
                "signal": [signal_words(row["signal"], words=words) for row in rows],
                "value": [
                    signal_value(row["signal"], row["value"], words=words) for row in rows
                ],
                "threshold": [
                    signal_value(row["signal"], row["threshold"], words=words) for row in rows
                ],
                "band": [
                    band_words(row["band"], words=words) if row["reason"] == "ok" else None
                    for row in rows
                ],
                "n": [row["n_pupils"] for row in rows],
                "reason": [reason_words(str(row["reason"]), words=words) for row in rows],
            }
        ),
        {
            "subject": Column(words("Subject")),
            "signal": Column(words("Signal")),
            "value": Column(words("found")),
            "threshold": Column(words("line")),
            "band": Column(words("alone gives")),
            "n": Column(words("n"), "count"),
            "reason": Column(words("why not judged"), width="large"),
        },
        caption_of(
            view.stamp,
            finding=words("{school}: every signal that was looked at", school=view.name),
            words=words,
            notes=(
                words(
                    "Gravest first. The line is the one reached, or where the mildest band "
                    "starts."
                ),
            ),
        ),
        ("warning_band", "status_grid"),
        paint=lambda text: cell_style(text, words=words),
    )
    show_table(table, words=words)
