"""How far the county is on the way to its targets: bullets, and below them the figures."""

import pandas as pd
import streamlit as st

from pipeline.views import TargetsView
from ui import formats
from ui.charts.target_bullets import MARKS, target_bullets
from ui.figure_sheets import estimate_sheet
from ui.sheets import Sheet
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.target_sentences import (
    figure_and_target,
    targets_finding,
    targets_notes,
    title_of,
    why_no_targets,
)
from ui.text import Words
from ui.vocabulary import status_words
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table


def show_targets(view: TargetsView, *, words: Words) -> None:
    """Show the targets that the year of the exam has, or why there are none."""
    if view.rows.empty:
        st.info(why_no_targets(view, words=words), icon=":material/flag:")
        return
    caption = caption_of(
        view.stamp,
        finding=targets_finding(view, words=words),
        words=words,
        notes=targets_notes(view, words=words),
    )
    drawn = view.rows[view.rows["way"].notna()].reset_index(drop=True)
    if len(drawn):
        records = drawn.to_dict("records")
        rows = drawn.assign(
            name=[title_of(row, words=words) for row in records],
            text=[figure_and_target(row, words=words) for row in records],
        )
        figure = Figure(
            "target_bullets",
            lambda palette: target_bullets(rows, words=words, palette=palette),
            caption,
            ("target",),
            _way_sheet(rows, words=words),
            is_wide=True,
        )
        show_figure(figure, words=words)
    columns = _columns(words)
    table = Table(
        "target_table",
        _cells(view, words)[list(columns)],
        columns,
        caption,
        ("target",),
        is_below_chart=len(drawn) > 0,
    )
    show_table(table, words=words)


def _way_sheet(rows: pd.DataFrame, *, words: Words) -> Sheet:
    """Return what the bars show: shares of the way from the baseline to the target."""
    own = ["name", "way", "way_low", "way_high", "n_pupils", "status"]
    ends = {"way": "estimate", "way_low": "low", "way_high": "high"}
    title = words("Way done (%)")
    return estimate_sheet(
        rows[own].rename(columns=ends), title=title, words=words, kind="points"
    )


def _cells(view: TargetsView, words: Words) -> pd.DataFrame:
    records = view.rows.to_dict("records")
    return view.rows.assign(
        title=[title_of(row, words=words) for row in records],
        state=[_state(row, words) for row in records],
        interval=pd.Series([_interval(row) for row in records], dtype="object"),
    )


def _columns(words: Words) -> dict[str, Column]:
    return {
        "title": Column(words("Target"), width="large"),
        "state": Column(words("Status")),
        "actual": Column(words("Found"), "points"),
        "interval": Column(words("95% interval")),
        "target": Column(words("Target of the year"), "points"),
        "gap": Column(words("Short by"), "points"),
        "pupils": Column(words("pupils, about"), "count"),
        "baseline": Column(words("Baseline"), "points"),
        "final": Column(words("Final target"), "points"),
        "final_year": Column(words("in the year"), "count"),
        "slope": Column(words("Needed a year until then"), "points"),
        "n_pupils": Column(words("n"), "count"),
    }


def _state(row: formats.Row, words: Words) -> str:
    if row["status"] != "ok":
        return status_words(str(row["status"]), words=words)
    mark = MARKS[str(row["verdict"])]
    return f"{mark.sign} {words(mark.word)}"


def _interval(row: formats.Row) -> str | None:
    if not (formats.is_number(row["low"]) and formats.is_number(row["high"])):
        return None
    return formats.interval(formats.plain(row["low"]), formats.plain(row["high"]))
