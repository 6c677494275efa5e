"""Panels of the page of items: reliability, items, knowledge points, schools on them."""

import streamlit as st

from core.items.notes import LEAST_DISCRIMINATION, TOO_EASY, TOO_HARD
from pipeline.views import ItemsView
from ui import formats, url_state
from ui.charts.figure_rows import RowsAxis, figure_rows, with_hover, words_of
from ui.charts.item_map import item_map
from ui.dictionary import ENTRIES
from ui.figure_sheets import estimate_sheet
from ui.flag_marks import MASTERY_FLAGS, POINT_FLAGS
from ui.item_sentences import (
    items_finding,
    points_finding,
    reliability_meaning,
    schools_finding,
    source_note,
)
from ui.stamp import caption_of
from ui.subject_sentences import largest
from ui.text import Words
from ui.widgets.figure import Figure, show_figure, show_selectable_figure
from ui.widgets.item_tables import item_columns, item_rows, school_columns, school_rows
from ui.widgets.table import Table, show_table
from ui.widgets.unknown_code import ask_instead

POINT_KEY = "point"


def show_reliability(view: ItemsView, *, words: Words) -> None:
    """Show alpha with its interval, the error of a total, and n; or why there is none."""
    found = view.reliability
    if found is None:
        reason = formats.told(view.why or ("", ""), words=words)
        st.info(
            words("Reliability cannot be estimated. {reason}", reason=reason),
            icon=":material/data_alert:",
        )
        return
    ends = (formats.plain(end, digits=2) for end in (found.low, found.high))
    alpha, error, pupils = st.columns(3)
    with alpha.container(border=True, height="stretch"):
        entry = ENTRIES["alpha"]
        st.metric(
            words(entry.name), formats.plain(found.alpha, digits=2), help=words(entry.meaning)
        )
        st.caption(words("95% interval {interval}", interval=formats.interval(*ends)))
    with error.container(border=True, height="stretch"):
        entry = ENTRIES["sem"]
        value = words("{value} points", value=formats.plain(found.sem))
        st.metric(words(entry.name), value, help=words(entry.meaning))
    with pupils.container(border=True, height="stretch"):
        st.metric(words("Pupils with all items"), formats.count(found.n_pupils))
    st.markdown(reliability_meaning(found.sem, words=words))


def show_items(view: ItemsView, *, words: Words) -> None:
    """Draw the items by difficulty and discrimination, and list them with notes in words."""
    caption = caption_of(
        view.stamp,
        finding=items_finding(view, words=words),
        words=words,
        notes=(
            *source_note(view, words=words),
            words(
                "Dashed: usual wishes, 30 to 90% of the points earned and a discrimination of "
                "0.2 or more. An item that everyone should master may be easy on purpose."
            ),
        ),
    )
    explains = ("difficulty", "discrimination", "item_rest")
    figure = Figure(
        "item_map",
        lambda palette: item_map(
            view.items,
            limits=(TOO_HARD, TOO_EASY, LEAST_DISCRIMINATION),
            words=words,
            palette=palette,
        ),
        caption,
        explains,
        is_wide=True,
    )
    show_figure(figure, words=words)
    table = Table(
        "item_table",
        item_rows(view.items, words=words),
        item_columns(words),
        caption,
        explains,
        is_below_chart=True,
    )
    show_table(table, words=words)


def show_points(view: ItemsView, *, words: Words) -> None:
    """Draw the county's mastery of each knowledge point, the weakest on top."""
    if view.points.empty:
        _ask_for_two_way(words)
        return
    caption = caption_of(
        view.stamp,
        finding=points_finding(view, words=words),
        words=words,
        notes=(
            *source_note(view, words=words),
            words(
                "Whiskers are 95% intervals. A point of one item is that item, not the point."
            ),
        ),
    )
    paper = float(view.points["paper"].iloc[0])
    rows = view.points.assign(
        code=view.points["knowledge_point"],
        name=view.points["knowledge_point"],
        estimate=view.points["mastery"],
        mark=["weak" if weak else "none" for weak in view.points["is_weak"]],
    )
    axis = RowsAxis(
        words("Mastery: share of the points earned"),
        "share",
        line=paper,
        line_name=words("the paper as a whole: {rate}", rate=formats.rate(paper)),
    )
    figure = Figure(
        "points",
        lambda palette: figure_rows(
            with_hover(rows, axis, words=words),
            axis=axis,
            marks=POINT_FLAGS,
            names=words_of(POINT_FLAGS, words=words),
            palette=palette,
        ),
        caption,
        ("mastery",),
        estimate_sheet(rows, title=words("Mastery (%)"), words=words, kind="points"),
    )
    show_figure(figure, words=words)


def show_schools(view: ItemsView, *, words: Words) -> str | None:
    """Draw the schools on one knowledge point; return the school that was clicked."""
    if view.schools.empty:
        _ask_for_two_way(words)
        return None
    point = _pick_point(view, words)
    if point is None:
        return None
    own = view.schools[view.schools["knowledge_point"] == point]
    own = own.sort_values("mastery", ascending=False, ignore_index=True)
    if own["mastery"].isna().all():
        st.info(words("No school can be shown on this knowledge point."))
        return None
    caption = caption_of(
        view.stamp,
        finding=schools_finding(own, point, words=words),
        words=words,
        notes=(
            words(
                "School less county, in shares of the points; flagged at q ≤ 0.05 over all "
                "schools and knowledge points. A strong school is above the county on most."
            ),
        ),
    )
    rows = own.rename(columns={"school": "code", "flag": "mark"}).assign(
        estimate=own["difference"], low=own["difference_low"], high=own["difference_high"]
    )
    axis = RowsAxis(words("Mastery less the county's"), "change")
    figure = Figure(
        "school_points",
        lambda palette: figure_rows(
            with_hover(largest(rows, by="estimate"), axis, words=words),
            axis=axis,
            marks=MASTERY_FLAGS,
            names=words_of(MASTERY_FLAGS, words=words),
            palette=palette,
        ),
        caption,
        ("mastery", "q_value"),
    )
    clicked = show_selectable_figure(figure, words=words)
    table = Table(
        "school_point_table",
        school_rows(own, words=words),
        school_columns(words),
        caption,
        ("mastery", "q_value"),
        codes=list(own["school"]),
        most_rows=8,
        is_below_chart=True,
    )
    return show_table(table, words=words) or clicked


def _pick_point(view: ItemsView, words: Words) -> str | None:
    """Ask for a knowledge point, the county's weakest first; None until one is chosen."""
    points = list(view.points["knowledge_point"])
    unknown = url_state.prepare_linked(POINT_KEY, codes=points, default=points[0])
    chosen = st.selectbox(
        words("Knowledge point"),
        points,
        key=POINT_KEY,
        index=0 if unknown is None else None,
        placeholder=words("Choose a knowledge point"),
        persist_state="session",
    )
    ask_instead(unknown)
    if chosen is not None:
        url_state.write({POINT_KEY: chosen})
    return chosen


def _ask_for_two_way(words: Words) -> None:
    st.info(
        words(
            "No two-way table says which knowledge point each item tests. Import it under the "
            "same name as the item data: python -m pipeline dataset two_way FILE --name NAME "
            "--exam EXAM --subject SUBJECT."
        ),
        icon=":material/table:",
    )
