"""Which warnings stand for a school, and which signals each of them rests on."""

import pandas as pd
import streamlit as st

from pipeline.views import SchoolView
from ui import formats
from ui.band_words import SIGNALS, band_words, reason_words, rule_set_words, signal_value
from ui.school_sentences import bands_finding
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.vocabulary import METHODS, subject_name
from ui.widgets.choice import choose
from ui.widgets.table import Table, show_table


def show_warnings(view: SchoolView, *, words: Words) -> None:
    """Show the bands of all subjects, or every signal of the chosen one."""
    names = {
        "bands": words("Bands of all subjects"),
        "signals": words("Signals of the chosen subject"),
    }
    shown = choose("warned", words("Warnings as"), names)
    caption = caption_of(
        view.stamp.of_judgements,
        finding=bands_finding(view, words=words),
        words=words,
        notes=warning_notes(view, words=words),
    )
    if shown == "signals":
        own = view.signals[view.signals["subject"] == view.stamp.subject]
        if own.empty:
            st.info(words("No signal was looked at for this subject."))
            return
        rows, columns = signal_rows(own, words=words), _signal_columns(words)
    else:
        rows, columns = band_rows(view, words=words), _band_columns(words)
    show_table(Table(f"warned_{shown}", rows, columns, caption, ("warning_band",)), words=words)


def warning_notes(view: SchoolView, *, words: Words) -> tuple[str, ...]:
    """Return by which rules the bands are proposed, and where they know another index."""
    notes = [
        words(
            "A band is a proposal by the rule set “{rules}”; it counts when a person has "
            "confirmed it. The default thresholds are the project's, no policy.",
            rules=rule_set_words(view.rules, words=words),
        )
    ]
    judged_by = view.stamp.of_judgements.method
    if view.stamp.baseline is not None and view.stamp.method != judged_by:
        notes.append(
            words(
                "Warnings judge value-added by the method “{method}”; the index can differ "
                "from the charts above.",
                method=words(METHODS[judged_by]),
            )
        )
    return tuple(notes)


def band_rows(view: SchoolView, *, words: Words) -> pd.DataFrame:
    """Return one row per subject in words: its band, the signals that fired, their figures."""
    rows = []
    for row in view.bands.to_dict("records"):
        signals = view.signals[
            (view.signals["subject"] == row["subject"])
            & view.signals["signal"].isin(str(row["signals"]).split(";"))
        ]
        rows.append(
            {
                "subject": subject_name(row["subject"], row["name"], words=words),
                "band": band_words(row["band"], words=words),
                "why": _evidence(signals, words)
                or reason_words(str(row["reason"]), words=words),
            }
        )
    return pd.DataFrame(rows)


def signal_rows(signals: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return one row per signal in words: value, threshold, n, and what it alone says."""
    return pd.DataFrame(
        [
            {
                "signal": words(SIGNALS[str(row["signal"])]),
                "value": _value(row, "value", words),
                "threshold": _value(row, "threshold", words),
                "n": row["n_pupils"],
                "band": band_words(row["band"], words=words),
                "reason": reason_words(str(row["reason"]), words=words),
            }
            for row in signals.to_dict("records")
        ]
    )


def _evidence(signals: pd.DataFrame, words: Words) -> str:
    """Return value and threshold of each signal in one text."""
    parts = [
        words(
            "{signal} {value} (from {threshold}, n = {n})",
            signal=words(SIGNALS[str(row["signal"])]),
            value=_value(row, "value", words) or words("not shown"),
            threshold=_value(row, "threshold", words) or words("not known"),
            n=formats.count(row["n_pupils"])
            if formats.is_number(row["n_pupils"])
            else words("not shown"),
        )
        for row in signals.to_dict("records")
    ]
    return ("; " if words.language == "en" else "\N{FULLWIDTH SEMICOLON}").join(parts)


def _value(row: formats.Row, name: str, words: Words) -> str | None:
    return signal_value(str(row["signal"]), row[name], words=words)


def _band_columns(words: Words) -> dict[str, Column]:
    return {
        "subject": Column(words("Subject")),
        "band": Column(words("Band"), width=130),
        "why": Column(words("Signals that fired"), width=640),
    }


def _signal_columns(words: Words) -> dict[str, Column]:
    return {
        "signal": Column(words("Signal")),
        "value": Column(words("Value")),
        "threshold": Column(words("Threshold")),
        "n": Column(words("n"), "count"),
        "band": Column(words("Band by itself"), width=150),
        "reason": Column(words("Why not judged")),
    }
