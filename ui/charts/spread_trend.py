"""How far the schools lie apart over the exams of a cohort, with intervals."""

import pandas as pd
import plotly.graph_objects as go

from core.equity.limits import ICC_LIMIT
from ui import formats
from ui.charts.drawing import Drawing
from ui.charts.whiskered_line import LineStyle, whiskered_line
from ui.text import Words, marked
from ui.theme import Palette

PLOT_HEIGHT = 400
_SERIES = (
    ("icc", marked("Share between schools"), "diamond", "above", "solid", 0.04),
    (
        "between_cv_weighted",
        marked("Gap between schools (CV)"),
        "circle",
        "neutral",
        "dot",
        -0.04,
    ),
)


def spread_trend(figures: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw both coefficients by exam, and the reference line of the share between schools.

    Parameters
    ----------
    figures : DataFrame
        exam, date, indicator (between_cv_weighted icc), estimate, low, high; oldest first.
    """
    exams = list(dict.fromkeys(figures["exam"]))
    drawing = Drawing(palette)
    for code, name, symbol, colour, dash, shift in _SERIES:
        rows = figures[figures["indicator"] == code].set_index("exam").reindex(exams)
        if rows["estimate"].notna().any():
            style = LineStyle(words(name), symbol, str(getattr(palette, colour)), dash, shift)
            records = rows.reset_index().to_dict("records")
            hovers = [_hover(style.name, row) for row in records]
            drawing.add(whiskered_line(rows, style, hovers))
    ends = [-0.5, max(len(exams), 1) - 0.5]
    drawing.add(
        go.Scatter(
            x=ends,
            y=[ICC_LIMIT, ICC_LIMIT],
            mode="lines",
            name=words(
                "national reference line of the share: {limit}", limit=f"{ICC_LIMIT:.2f}"
            ),
            line={"color": palette.below, "width": 2, "dash": "dash"},
            hoverinfo="skip",
        )
    )
    days = figures.drop_duplicates("exam").set_index("exam")["date"]
    drawing.set_x(
        autotickangles=[0, 60, 90],
        tickmode="array",
        tickvals=list(range(len(exams))),
        # The month, because names of exams do not fit side by side on a phone.
        ticktext=[f"{days[exam]:%Y-%m}" for exam in exams],
        range=ends,
        showgrid=False,
    )
    drawing.set_y(title=words("coefficient, 0 to 1"), rangemode="tozero")
    drawing.lay_out(height=PLOT_HEIGHT, showlegend=True)
    return drawing.figure()


def _hover(name: str, row: formats.Row) -> str:
    if not formats.is_number(row["estimate"]):
        return ""
    value = formats.plain(row["estimate"], digits=3)
    ends = ""
    if formats.is_number(row["low"]) and formats.is_number(row["high"]):
        ends = formats.interval(*(formats.plain(row[end], digits=3) for end in ("low", "high")))
    return f"<b>{formats.safe_chart(str(row['exam']))}</b><br>{name} {value} {ends}".rstrip()
