"""The stamp of a figure, on screen and in pictures: its finding and what it rests on."""

import unicodedata
from dataclasses import dataclass

import plotly.graph_objects as go
import plotly.io as pio
import streamlit as st  # noqa: F401  sets a template of its own when it is imported

from pipeline.views import Stamp
from ui import formats
from ui.text import Words
from ui.theme import AXIS_SIZE, FONT, TEXT_SIZE, TITLE_SIZE, Palette
from ui.vocabulary import METHODS, scheme_name, subject_name

# All looks are ours; a template, even an empty one, is never found unchanged by the browser.
pio.templates.default = None

LINE_WIDTH = 124  # in Latin letters of TEXT_SIZE; fits a laptop's 1366 pixels
_TITLE_LINE_WIDTH = LINE_WIDTH * TEXT_SIZE // TITLE_SIZE
_LINE_HEIGHT = 1.35
_PLOT_HEIGHT, _AXIS_ROOM = 480, 70
_ROOM_ABOVE, _ROOM_FOR_LEGEND = 36, 46
_STANDOFF = 10


@dataclass(frozen=True, slots=True)
class Caption:
    """What a figure says about itself.

    Attributes
    ----------
    finding : str
        The finding in words: the title.
    facts : tuple of str
        Exam, date, baseline, release, n, method, weight scheme, rule version.
    notes : tuple of str
        What was left out or greyed, and how the marks are read.
    origin : str
        Whose data, under which licence, and whether they are a demonstration; may be empty.
    """

    finding: str
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    origin: str


def caption_of(
    stamp: Stamp, *, finding: str, words: Words, notes: tuple[str, ...] = ()
) -> Caption:
    """Return the caption of a figure from the stamp of its view."""
    return Caption(
        finding, facts_of(stamp, words=words), notes, origin_line(stamp, words=words)
    )


def stamped(figure: go.Figure, *, caption: Caption, palette: Palette) -> go.Figure:
    """Return a copy of ``figure`` with its caption above and its origin below.

    The height grows by the lines of the caption, so that the plot itself keeps its size.
    """
    result = go.Figure(figure)
    title = wrapped(caption.finding, _TITLE_LINE_WIDTH)
    notes = [line for text in caption.notes for line in wrapped(text, LINE_WIDTH)]
    small = [*_facts_lines(caption.facts), *notes]
    below = wrapped(caption.origin, LINE_WIDTH) if caption.origin else []
    top = (
        _LINE_HEIGHT * (TITLE_SIZE * len(title) + TEXT_SIZE * len(small))
        + _ROOM_ABOVE
        + _ROOM_FOR_LEGEND
    )
    room_below = _LINE_HEIGHT * TEXT_SIZE * (len(below) + 1) if below else 0
    bottom = (result.layout.margin.b or _AXIS_ROOM) + room_below
    result.update_layout(
        title=_title(title, small, palette),
        margin={"t": round(top), "b": round(bottom)},
        height=round((result.layout.height or _PLOT_HEIGHT) + top + room_below),
    )
    if below:
        result.add_annotation(
            text="<br>".join(formats.safe_chart(line) for line in below),
            font={"size": TEXT_SIZE, "color": palette.quiet},
            x=0,
            xref="paper",
            xanchor="left",
            y=0,
            yref="paper",
            yanchor="bottom",
            yshift=6 - round(bottom),
            align="left",
            showarrow=False,
        )
    return result


def with_room_for_legend(figure: go.Figure) -> go.Figure:
    """Change a chart to what the screen shows, where its caption stands above it; return it."""
    height = (figure.layout.height or _PLOT_HEIGHT) + _ROOM_FOR_LEGEND
    return figure.update_layout(height=height, margin={"t": _ROOM_FOR_LEGEND})


def base_layout(palette: Palette) -> dict[str, object]:
    """Return the layout that all charts share: fonts, colours, margins, no tool clutter."""
    axis = {
        "gridcolor": palette.grid,
        "linecolor": palette.zero,
        "zeroline": False,
        "automargin": True,
        # The margins hold all labels; looking which run out took half of the time of a drawing.
        "ticklabeloverflow": "allow",
        "title": {"font": {"size": AXIS_SIZE}},
        "tickfont": {"size": TEXT_SIZE},
    }
    # Else the title of an upright axis lies on the longest of its labels.
    upright = {**axis, "title": {"font": {"size": AXIS_SIZE}, "standoff": _STANDOFF}}
    return {
        "font": {"family": FONT, "size": TEXT_SIZE, "color": palette.text},
        "paper_bgcolor": palette.paper,
        "plot_bgcolor": palette.paper,
        "margin": {"l": 20, "r": 24, "b": _AXIS_ROOM},
        "hoverlabel": {
            "font": {"family": FONT, "size": TEXT_SIZE, "color": palette.text},
            "bgcolor": palette.paper,
            "bordercolor": palette.zero,
            "align": "left",
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "font": {"size": TEXT_SIZE},
        },
        "xaxis": axis,
        "yaxis": upright,
        # Streamlit hands Plotly each chart several times; by this it is found unchanged.
        "datarevision": 1,
    }


def facts_of(stamp: Stamp, *, words: Words) -> tuple[str, ...]:
    """Return exam, subject, date, baseline, release, n, method, scheme and rule version."""
    parts = [
        stamp.county_name,
        stamp.exam,
        subject_name(stamp.subject, stamp.subject_name, words=words),
        words("sat on {date}", date=formats.day(stamp.exam_date, words=words)),
        words(
            "release {number} of {date}",
            number=stamp.release,
            date=formats.day(formats.beijing_day(stamp.published_at), words=words),
        ),
        words(
            "{pupils} pupils in {schools} schools",
            pupils=_pupils(stamp.n_pupils, words),
            schools=formats.count(stamp.n_schools),
        ),
        *_linked_parts(stamp, words),
        scheme_name(stamp.scheme, words=words),
        words("rules {version}", version=stamp.rule_version),
    ]
    if stamp.is_demonstration:
        parts.append(words("demonstration data"))
    return tuple(parts)


def _pupils(n_pupils: int | None, words: Words) -> str:
    return words("not shown") if n_pupils is None else formats.count(n_pupils)


def origin_line(stamp: Stamp, *, words: Words) -> str:
    """Return source and licence of third-party data, or an empty text."""
    parts = []
    if stamp.source:
        parts.append(words("Source: {source}", source=stamp.source))
    if stamp.licence:
        parts.append(words("Licence: {licence}", licence=stamp.licence))
    return " · ".join(parts)


def wrapped(text: str, width: int) -> list[str]:
    """Return ``text`` in lines of at most ``width`` letters; a Chinese letter counts two."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and letters(line + piece.rstrip()) > width:
            full, line = _torn(line)
            lines.append(full)
        line = (line + piece) if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _torn(line: str) -> tuple[str, str]:
    """Return a full line and what goes to the next one: torn at a late blank if it has one."""
    at = line.rstrip().rfind(" ")
    if letters(line[: max(at, 0)]) * 2 < letters(line):
        return line.rstrip(), ""
    return line[:at].rstrip(), line[at:].lstrip()


def _facts_lines(facts: tuple[str, ...]) -> list[str]:
    """Return the facts in as few lines as they need; a fact is not torn apart."""
    lines: list[str] = []
    for fact in facts:
        longer = f"{lines[-1]} · {fact}" if lines else fact
        if lines and letters(longer) <= LINE_WIDTH:
            lines[-1] = longer
        else:
            lines += wrapped(fact, LINE_WIDTH)
    return lines


def _pieces(text: str) -> list[str]:
    """Cut a text where a line may end: after a blank, and after a wide letter."""
    pieces, piece = [], ""
    for letter in text:
        piece += letter
        if letter == " " or _is_wide(letter):
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces


def letters(text: str) -> int:
    """Return how wide a text is in Latin letters; a Chinese letter counts two."""
    return sum(2 if _is_wide(letter) else 1 for letter in text)


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _linked_parts(stamp: Stamp, words: Words) -> list[str]:
    if stamp.baseline is None or stamp.n_linked is None:
        return [words("no baseline")]
    return [
        words(
            "baseline {baseline}, {linked} pupils linked",
            baseline=stamp.baseline,
            linked=formats.count(stamp.n_linked),
        ),
        words("method: {method}", method=words(METHODS[stamp.method])),
    ]


def _title(title: list[str], small: list[str], palette: Palette) -> dict[str, object]:
    large = "<br>".join(f"<b>{formats.safe_chart(line)}</b>" for line in title)
    lesser = "".join(
        f'<br><span style="font-size:{TEXT_SIZE}px;color:{palette.quiet}">'
        f"{formats.safe_chart(line)}</span>"
        for line in small
    )
    return {
        "text": large + lesser,
        "font": {"size": TITLE_SIZE, "color": palette.text},
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": 10, "t": _ROOM_ABOVE},
    }
