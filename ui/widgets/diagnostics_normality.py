"""Diagnostics of the schools' effects: whether they look normal."""

import pandas as pd
import streamlit as st

from pipeline.views import DiagnosticsView
from pipeline.views.diagnostics import NormalityPart
from ui import formats
from ui.charts.figure_rows import words_of
from ui.charts.school_points import Guide, PointAxes, hover_lines, school_points
from ui.diagnostics_sentences import hidden_notes, normality_finding, power_note
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark
from ui.widgets.figure import Figure, show_selectable_figure
from ui.widgets.table import Table, show_table

INSIDE: dict[str, Mark] = {
    "outside": Mark("◆", "diamond", "own", marked("outside the band")),
    "usual": Mark("●", "circle", "neutral", marked("inside the band")),
}


def show_normality(view: DiagnosticsView, *, words: Words) -> str | None:
    """Show the schools' effects against normal quantiles; return the school chosen."""
    part = view.normality
    if part is None:
        return None
    finding = normality_finding(part, words=words)
    if part.schools.empty:
        st.info(finding, icon=":material/balance:")
        return None
    notes = (
        words(
            "Effects over their SD under the model. In the band lie 95 of 100 normal values at "
            "each place, so a few outside are chance, and neighbours go together."
        ),
        power_note(part, words=words),
        *hidden_notes(view, words=words),
    )
    caption = caption_of(view.stamp, finding=finding, words=words, notes=notes)
    figure = Figure(
        "diagnostics_normality",
        lambda palette: school_points(
            normality_points(part, words=words),
            axes=_normal_axes(part, words),
            marks=INSIDE,
            names=words_of(INSIDE, words=words),
            palette=palette,
        ),
        caption,
        ("school_normality",),
    )
    clicked = show_selectable_figure(figure, words=words)
    columns = {
        "name": Column(words("School")),
        "standardised": Column(words("Effect over its SD"), "signed"),
        "expected": Column(words("Normal quantile"), "signed"),
        "band": Column(words("95% band")),
        "seen": Column(words("Seen")),
    }
    rows = _normality_rows(part, words)
    codes = list(part.schools["school"])
    table = Table(
        "diagnostics_normality_table",
        rows,
        columns,
        caption,
        ("school_normality",),
        codes=codes,
        is_below_chart=True,
    )
    return show_table(table, words=words) or clicked


def normality_points(part: NormalityPart, *, words: Words) -> pd.DataFrame:
    """Return the schools against normal quantiles, as the chart draws them."""
    rows = part.schools
    return pd.DataFrame(
        {
            "code": rows["school"],
            "name": rows["name"],
            "x": rows["expected"],
            "y": rows["standardised"],
            "mark": ["outside" if out else "usual" for out in rows["is_outside"]],
            "hover": [
                hover_lines(
                    str(row["name"]),
                    words(
                        "effect over its SD {value}", value=formats.signed(row["standardised"])
                    ),
                    words("band {band}", band=formats.signed_interval(row["low"], row["high"])),
                )
                for row in rows.to_dict("records")
            ],
        }
    )


def _normality_rows(part: NormalityPart, words: Words) -> pd.DataFrame:
    rows = part.schools
    marks = ["outside" if out else "usual" for out in rows["is_outside"]]
    return rows[["name", "standardised", "expected"]].assign(
        band=[
            formats.signed_interval(low, high)
            for low, high in zip(rows["low"], rows["high"], strict=True)
        ],
        seen=[f"{INSIDE[mark].sign} {words(INSIDE[mark].word)}" for mark in marks],
    )


def _normal_axes(part: NormalityPart, words: Words) -> PointAxes:
    x = [float(v) for v in part.schools["expected"]]
    ends = [min(x), max(x)]
    return PointAxes(
        words("Normal quantile"),
        words("Effect over its SD under the model"),
        guides=(
            Guide(ends, ends, words("normal"), "solid"),
            Guide(x, list(part.schools["low"]), words("95% band"), "dot"),
            Guide(x, list(part.schools["high"]), "", "dot"),
        ),
    )
