"""How often the calls were right: bars and counts of each pair of exams."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pipeline.views import Later, ReplayCounts, Stamp
from ui import formats
from ui.charts.outcome_bars import MOST_BARS, outcome_bars
from ui.replay_sentences import (
    bad_note,
    chance_note,
    interval_note,
    later_note,
    outcome_note,
    right_finding,
)
from ui.sheets import Sheet
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table

OUTCOMES: dict[str, Mark] = {
    "hits": Mark("●", "circle", "above", marked("hit")),
    "false_alarms": Mark("○", "circle-open", "neutral", marked("false alarm")),
    "misses": Mark("▽", "triangle-down-open", "below", marked("missed alarm")),
}
_WHOSE: dict[str, str] = {
    "tried": marked("scheme tried"),
    "held": marked("scheme in force"),
    "rules": marked("the warning rules"),
}
_COUNTS = ("hits", "false_alarms", "misses", "quiet", "unknown")
_EXPLAINS = ("replay_hit", "replay_miss", "replay_by_lot")


def show_outcomes(
    counts: ReplayCounts,
    *,
    stamp: Stamp,
    later: Later,
    labels: Mapping[str, str],
    words: Words,
) -> None:
    """Show hits, false alarms and misses of each pair of exams, newest last.

    Parameters
    ----------
    labels : mapping of str to str
        What each exam is called on an axis, in lines.
    """
    pairs = told_pairs(counts)
    if pairs.empty:
        st.info(
            words(
                "Of none of these exams is there a later one to hold it against. Choose a "
                "newer exam above, or another later exam."
            )
        )
        return
    whose = str(pairs["whose"].iloc[0])
    own = pairs[pairs["whose"] == whose].tail(MOST_BARS)
    bars = own.assign(
        name=[
            words("{first} → {then}", first=_line(labels, now), then=_line(labels, then))
            for now, then in zip(own["exam"], own["later_exam"], strict=True)
        ]
    )
    caption = caption_of(
        stamp,
        finding=right_finding(counts, whose, words=words),
        words=words,
        notes=(
            outcome_note(words=words),
            bad_note(is_scheme=whose != "rules", words=words),
            later_note(later, words=words),
            chance_note(words=words),
            interval_note(counts, whose, words=words),
        ),
    )
    table = Table(
        "replay_pairs", _rows(pairs, words), _columns(pairs, words), caption, _EXPLAINS,
        is_below_chart=True,
    )  # fmt: skip
    show_figure(
        Figure(
            "replay_outcomes",
            lambda palette: outcome_bars(bars, marks=OUTCOMES, words=words, palette=palette),
            caption,
            _EXPLAINS,
            Sheet(table.rows, table.columns),
            is_wide=True,
        ),
        words=words,
    )
    if len(pairs[pairs["whose"] == whose]) > MOST_BARS:
        st.caption(words("Drawn are the newest {n} pairs of exams.", n=MOST_BARS))
    show_table(table, words=words)
    if (pairs["whose"] == "held").any():
        held = formats.safe_markdown(right_finding(counts, "held", words=words))
        st.markdown(words("Beside it, the scheme in force: {finding}.", finding=held))


def told_pairs(counts: ReplayCounts) -> pd.DataFrame:
    """Return the counts, those of the scheme in force only where they differ."""
    pairs = counts.pairs
    tried, held = (
        pairs[pairs["whose"] == whose].drop(columns="whose").reset_index(drop=True)
        for whose in ("tried", "held")
    )
    return pairs[pairs["whose"] != "held"] if tried.equals(held) else pairs


def _rows(pairs: pd.DataFrame, words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "exam": pairs["exam"],
            "later_exam": pairs["later_exam"],
            "whose": [words(_WHOSE[str(code)]) for code in pairs["whose"]],
            "n": pairs["n"],
            "called": pairs["hits"] + pairs["false_alarms"],
            "by_lot": pairs["by_lot"],
            **{name: pairs[name] for name in _COUNTS},
        }
    ).reset_index(drop=True)


def _columns(pairs: pd.DataFrame, words: Words) -> dict[str, Column]:
    is_several = (pairs["whose"] == "held").any()
    return {
        "exam": Column(words("Exam")),
        "later_exam": Column(words("Held against")),
        **({"whose": Column(words("Called by"))} if is_several else {}),
        "n": Column(words("Known in both"), "count"),
        "called": Column(words("Called"), "count"),
        "hits": Column(words("Hits"), "count"),
        "by_lot": Column(words("Hits by lot"), "points"),
        "false_alarms": Column(words("False alarms"), "count"),
        "misses": Column(words("Missed"), "count"),
        "quiet": Column(words("Neither"), "count"),
        "unknown": Column(words("not known"), "count"),
    }


def _line(labels: Mapping[str, str], exam: str) -> str:
    """Return year, month and grade of an exam in one line."""
    year, month, grade = labels[exam].split("<br>")
    return f"{year}-{month} {grade}"
