"""For whom schools do more: all schools by their lowest and their highest starts."""

import pandas as pd
import streamlit as st

from pipeline.views import DifferentialView
from ui import formats
from ui.charts.start_scatter import MOST_WHISKERS, start_scatter
from ui.stamp import caption_of
from ui.start_gap_sentences import all_together, start_gaps_finding
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import UNJUDGED, Mark
from ui.vocabulary import status_words
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table

MARKS: dict[str, Mark] = {
    "low_more": Mark("▼", "triangle-down", "below", marked("clearly more for low starts")),
    "high_more": Mark("▲", "triangle-up", "above", marked("clearly more for high starts")),
    "none": Mark("●", "circle", "neutral", marked("not clearly different")),
}


def show_start_gaps(view: DifferentialView, *, words: Words) -> None:
    """Show all schools' effects on low and on high starts, and how surely they differ."""
    if view.why is not None:
        st.info(formats.told(view.why, words=words))
        return
    if not view.n_compared:
        st.info(
            words(
                "No school can be compared by start: its lowest and its highest fifth both "
                "need 10 pupils that may be shown."
            )
        )
        return
    show_figure(gaps_figure(view, words=words), words=words)
    show_table(gaps_table(view, words=words), words=words)


def gaps_figure(view: DifferentialView, *, words: Words) -> Figure:
    """Return the schools as marks beside the line where both effects are equal."""
    rows = view.schools.assign(
        hover=[_hover(row, words) for row in view.schools.to_dict("records")]
    )
    names = {code: words(mark.word) for code, mark in MARKS.items()}
    return Figure(
        "start_gaps",
        lambda palette: start_scatter(
            rows, marks=MARKS, names=names, words=words, palette=palette
        ),
        caption_of(
            view.stamp,
            finding=start_gaps_finding(view, words=words),
            words=words,
            notes=_notes(view, words),
        ),
        ("start_value_added", "start_gap"),
    )


def gaps_table(view: DifferentialView, *, words: Words) -> Table:
    """Return the table of all schools, largest difference first."""
    columns = {
        "name": Column(words("School")),
        "flag": Column(words("In comparison"), width=220),
        "difference": Column(words("Low minus high starts (SD)"), "signed"),
        "interval": Column(words("95% interval")),
        "q_value": Column(words("q value"), "fine"),
        "lowest": Column(words("Lowest starts (SD)"), "signed"),
        "lowest_n": Column(words("n, lowest"), "count"),
        "highest": Column(words("Highest starts (SD)"), "signed"),
        "highest_n": Column(words("n, highest"), "count"),
    }
    caption = gaps_figure(view, words=words).caption
    rows = gap_rows(view.schools, words=words)[list(columns)]
    return Table(
        "start_gaps_table", rows, columns, caption, ("start_gap",), is_below_chart=True
    )


def gap_rows(schools: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return the schools as rows in words; numbers stay numbers."""
    pairs = zip(schools["diff_low"], schools["diff_high"], strict=True)
    return pd.DataFrame(
        {
            "name": schools["name"],
            "flag": [_flag(row, words) for row in schools.to_dict("records")],
            "difference": schools["difference"],
            "interval": [formats.signed_interval(a, b) or None for a, b in pairs],
            "q_value": schools["q_value"],
            "lowest": schools["lowest_estimate"],
            "lowest_n": schools["lowest_n"],
            "highest": schools["highest_estimate"],
            "highest_n": schools["highest_n"],
        }
    )


def _flag(row: formats.Row, words: Words) -> str:
    if row["status"] == "suppressed":
        return words("not shown")  # the notes above the table say why
    if row["status"] != "ok":
        return f"{UNJUDGED.sign} {status_words(str(row['status']), words=words)}"
    mark = MARKS[str(row["flag"])]
    return f"{mark.sign} {words(mark.word)}"


def _notes(view: DifferentialView, words: Words) -> tuple[str, ...]:
    drawn = view.schools[["lowest_estimate", "highest_estimate"]].notna().all(axis=1).sum()
    notes = [
        all_together(view, words=words),
        words(
            "Every fifth has its own zero, the county's school that is as expected. Drawn are "
            "effects as on the page of a school, drawn toward 0 as far as chance asks for; "
            "clearly: the difference as it was found lies beyond chance, all schools together "
            "(q ≤ 0.05)."
        ),
        words("Few pupils a school and fifth: look for the same in another year."),
    ]
    if drawn > MOST_WHISKERS:
        notes.append(
            words(
                "Of {n} schools only those that are flagged have their intervals drawn.",
                n=int(drawn),
            )
        )
    if view.n_hidden:
        notes.append(
            words(
                "Not compared, because a fifth has fewer than 10 pupils or protects one: "
                "{schools}.",
                schools=words.plural("{n} school", "{n} schools", n=view.n_hidden),
            )
        )
    return tuple(notes)


def _hover(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["difference"]):
        return f"<b>{formats.safe_chart(str(row['name']))}</b>"
    sides = {
        words("lowest starts"): "lowest",
        words("highest starts"): "highest",
    }
    lines = [f"<b>{formats.safe_chart(str(row['name']))}</b>"]
    for name, side in sides.items():
        ends = formats.signed_interval(row[f"{side}_low"], row[f"{side}_high"])
        figure = formats.signed(row[f"{side}_estimate"])
        n = words("{n} pupils", n=formats.count(row[f"{side}_n"]))
        lines.append(f"{name} {figure} {ends} · {n}")
    ends = formats.signed_interval(row["diff_low"], row["diff_high"])
    lines.append(
        words(
            "difference as found {difference} {interval}",
            difference=formats.signed(row["difference"]),
            interval=ends,
        )
    )
    return "<br>".join(lines)
