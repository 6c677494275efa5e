"""Attainment and value-added of one school over the exams of its cohort, with intervals."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.charts.whiskered_line import LineStyle, whiskered_line
from ui.stamp import wrapped
from ui.text import Words, marked
from ui.theme import Palette

PLOT_HEIGHT = 430
_PLOT_LETTERS = 118  # Latin letters that fit side by side under the plot on a laptop
_SERIES = (
    ("z", marked("Attainment (z)"), "circle", "neutral", "dot", -0.04),
    ("value_added", marked("Value-added"), "diamond", "above", "solid", 0.04),
)


def trend(figures: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw one line per indicator; an exam without a figure leaves a gap in its line.

    Parameters
    ----------
    figures : DataFrame
        exam, date, indicator (z or value_added), estimate, low, high, n_pupils; oldest first.
    """
    exams = list(dict.fromkeys(figures.sort_values("date", kind="stable")["exam"]))
    drawing = Drawing(palette)
    for code, name, symbol, colour, dash, shift in _SERIES:
        rows = figures[figures["indicator"] == code].set_index("exam").reindex(exams)
        if rows["estimate"].notna().any():
            style = LineStyle(words(name), symbol, str(getattr(palette, colour)), dash, shift)
            records = rows.reset_index().to_dict("records")
            hovers = [_hover(style.name, row, words) for row in records]
            drawing.add(whiskered_line(rows, style, hovers))
    width = max(_PLOT_LETTERS // max(len(exams), 1) - 2, 8)
    drawing.set_x(
        tickangle=0,
        tickmode="array",
        tickvals=list(range(len(exams))),
        ticktext=["<br>".join(wrapped(formats.safe_chart(exam), width)) for exam in exams],
        range=[-0.5, max(len(exams), 1) - 0.5],
        showgrid=False,
    )
    drawing.set_y(title=words("pupil SD"), tickformat="+.2f", rangemode="tozero")
    drawing.add_line(y=0)
    drawing.lay_out(height=PLOT_HEIGHT, showlegend=True)
    return drawing.figure()


def _hover(name: str, row: formats.Row, words: Words) -> str:
    estimate = row["estimate"]
    if not formats.is_number(estimate):
        return ""
    ends = formats.signed_interval(row["low"], row["high"])
    lines = [
        f"<b>{formats.safe_chart(str(row['exam']))}</b>",
        f"{name} {formats.signed(estimate)} {ends}".rstrip(),
        words("{n} pupils", n=f"{row['n_pupils']:,.0f}"),
    ]
    return "<br>".join(lines)
