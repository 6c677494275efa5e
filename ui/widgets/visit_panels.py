"""Panels of the subject's page: schools of like intake to one school, and whom to visit."""

import pandas as pd
import streamlit as st

from pipeline.views import SubjectView, VisitsView
from ui import formats
from ui.charts.figure_rows import RowsAxis, figure_rows, with_hover, words_of
from ui.figure_sheets import estimate_sheet
from ui.flag_marks import PEER_MARKS
from ui.stamp import caption_of
from ui.subject_sentences import visits_finding
from ui.table_columns import Column
from ui.text import Words
from ui.vocabulary import status_words
from ui.widgets.figure import Figure, show_selectable_figure
from ui.widgets.table import Table, show_table


def weakest_first(schools: pd.DataFrame, view: SubjectView) -> pd.DataFrame:
    """Return the schools to choose from, the one with the weakest subject first.

    Where nothing is known of gaps, the one that stands lowest.
    """
    known = view.gaps.rename(columns={"gap": "estimate"}) if len(view.gaps) else view.schools
    order = known.set_index("school")["estimate"].reindex(schools["school"])
    return schools.assign(order=order.to_numpy()).sort_values("order", ignore_index=True)


def show_visits(view: VisitsView, *, words: Words) -> str | None:
    """Show the peers of a school with their figures; return the one that was chosen."""
    if view.why is not None or view.peers.empty:
        st.info(_why(view, words), icon=":material/link_off:")
        return None
    caption = caption_of(
        view.stamp,
        finding=visits_finding(view, words=words),
        words=words,
        notes=(
            words(
                "Most alike in where their pupils started, in size and in type. Better: by "
                "more than 1.96 standard errors; where all are equal, one list in eight names "
                "one by chance."
            ),
        ),
    )
    by_z = view.measure == "z"
    title = (
        words("Attainment: mean z, in pupil SD") if by_z else words("Value-added, in pupil SD")
    )
    axis = RowsAxis(title)
    figure = Figure(
        "visits",
        lambda palette: figure_rows(
            with_hover(drawn_rows(view), axis, words=words),
            axis=axis,
            marks=PEER_MARKS,
            names=words_of(PEER_MARKS, words=words),
            palette=palette,
        ),
        caption,
        ("peers", view.measure),
        estimate_sheet(drawn_rows(view), title=title, words=words),
    )
    clicked = show_selectable_figure(figure, words=words)
    table = Table(
        "visit_table",
        visit_rows(view, words=words),
        _columns(words),
        caption,
        ("peers", view.measure),
        codes=list(view.peers["school"]),
        is_below_chart=True,
    )
    return show_table(table, words=words) or clicked


def drawn_rows(view: VisitsView) -> pd.DataFrame:
    """Return the school itself above its peers, the nearest first, as the chart draws them."""
    own = {
        "code": view.school,
        "name": view.name,
        "n_pupils": view.n_pupils,
        "estimate": view.estimate,
        "low": view.low,
        "high": view.high,
        "mark": "own",
    }
    marks = ["better" if better else "other" for better in view.peers["is_better"]]
    peers = view.peers.assign(code=view.peers["school"], mark=marks)
    first = pd.DataFrame([own]).astype(dict.fromkeys(("estimate", "low", "high"), "float64"))
    return pd.concat([first, peers[list(own)]], ignore_index=True)


def visit_rows(view: VisitsView, *, words: Words) -> pd.DataFrame:
    """Return the peers as they are listed."""
    peers = view.peers
    return pd.DataFrame(
        {
            "name": peers["name"],
            "visit": [_visit(row, words) for row in peers.to_dict("records")],
            "difference": peers["difference"],
            "interval": [
                formats.signed_interval(low, high) or None
                for low, high in zip(
                    peers["difference_low"], peers["difference_high"], strict=True
                )
            ],
            "estimate": peers["estimate"],
            "n_pupils": peers["n_pupils"],
            "start": peers["start"],
            "distance": peers["distance"],
            "type": peers["school_type"].fillna(words("none")),
            "township": peers["township"].fillna(words("none")),
        }
    )


def _visit(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["difference"]):
        return status_words(str(row["status"]), words=words)
    mark = PEER_MARKS["better" if row["is_better"] else "other"]
    return f"{mark.sign} {words(mark.word)}"


def _why(view: VisitsView, words: Words) -> str:
    if not view.why or not view.why[0]:
        return words(
            "Like schools are found by where their pupils started. This exam has no baseline; "
            "import an earlier exam of the same pupils with their pupil numbers."
        )
    reason = formats.told(view.why, words=words)
    return words("No schools of like intake. {reason}", reason=reason)


def _columns(words: Words) -> dict[str, Column]:
    return {
        "name": Column(words("School")),
        "visit": Column(words("Visit?"), width=230),
        "difference": Column(words("Better by (SD)"), "signed"),
        "interval": Column(words("95% interval")),
        "estimate": Column(words("Its figure (SD)"), "signed"),
        "n_pupils": Column(words("n"), "count"),
        "start": Column(words("z at the baseline"), "signed"),
        "distance": Column(
            words("Distance"),
            "points",
            help=words("0 would be the same intake, size and type."),
        ),
        "type": Column(words("Type")),
        "township": Column(words("Township")),
    }
