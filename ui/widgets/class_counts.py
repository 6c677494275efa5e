"""Pupils of classes as counts: by level of the county, and just under a line."""

import pandas as pd
import streamlit as st

from data.scope import Scope
from pipeline.views import GradeClassView, NearLineView, Query
from ui import state, url_state
from ui.class_sentences import near_line_finding
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.widgets.choice import choose
from ui.widgets.table import Table, show_table
from ui.widgets.unknown_code import say_unknown

LINES = {
    "pass_line": marked("Pass line"),
    "excellent_line": marked("Excellent line"),
    "good_line": marked("Good line"),
    "low_line": marked("Low line"),
}
_DISTANCE = "distance"
_DEFAULT = "50"  # 5% of the full mark


def show_counts(scope: Scope, view: GradeClassView, query: Query, *, words: Words) -> None:
    """Show pupils near a line, or by level; the first is asked for where it is chosen."""
    names = {"line": words("Just under a line"), "levels": words("Six levels of the county")}
    if choose("counts", words("Pupils counted"), names) == "levels":
        show_level_counts(view, words=words)
        return
    line = choose("line", words("Line"), {code: words(name) for code, name in LINES.items()})
    near = state.near_line_view(scope, view.school, line, query)
    show_near_line(near, name=words(LINES[line]), words=words)


def show_near_line(near: NearLineView, *, name: str, words: Words) -> None:
    """Show how many pupils of each class stand within a distance that the reader moves."""
    place = _pick_distance(near, words)
    points = near.distances[place][1]
    table = Table(
        "near_line",
        near_line_rows(near.counts, place=place, words=words),
        {"name": Column(words("Class")), "n": Column(words("Pupils just under the line"))},
        caption_of(
            near.stamp,
            finding=near_line_finding(
                near.counts, place=place, line=name, points=points, words=words
            ),
            words=words,
            notes=(_hidden_note(words),),
        ),
        ("near_line",),
    )
    show_table(table, words=words)


def near_line_rows(counts: pd.DataFrame, *, place: int, words: Words) -> pd.DataFrame:
    """Return the grade and its classes with their counts; hidden ones in the same words."""
    return pd.DataFrame(
        {
            "name": [name or words("whole grade") for name in counts["name"].fillna("")],
            "n": [
                words("not shown") if pd.isna(value) else f"{int(value)}"
                for value in counts[place]
            ],
        }
    )


def show_level_counts(view: GradeClassView, *, words: Words) -> None:
    """Show pupils by groups of levels, as fine as every told class allows."""
    groups = [str(name) for name in view.levels.columns if name not in ("class_", "name")]
    if view.levels.empty:
        st.info(words("No group of levels has 10 pupils in the grade. Nothing can be told."))
        return
    rows = view.levels.assign(
        name=[name or words("whole grade") for name in view.levels["name"]]
    )
    missing = int((~view.classes["class_"].isin(view.levels["class_"])).sum())
    notes = [_hidden_note(words)]
    if missing:
        notes.append(
            words.plural(
                "{n} class is not told here", "{n} classes are not told here", n=missing
            )
        )
    columns = {"name": Column(words("Class"))}
    columns |= {group: Column(", ".join(group.split()), "count") for group in groups}
    caption = caption_of(
        view.stamp,
        finding=words(
            "Pupils of the grade by level of the county, in {n} groups", n=len(groups)
        ),
        words=words,
        notes=tuple(notes),
    )
    show_table(Table("level_counts", rows, columns, caption, ("level_counts",)), words=words)


def _pick_distance(near: NearLineView, words: Words) -> int:
    """Ask for the distance; the address holds its share of the full mark in per mille."""
    codes = [f"{round(1000 * share)}" for share, _ in near.distances]
    points = {c: f"{p:g}" for c, (_, p) in zip(codes, near.distances, strict=True)}
    unknown = url_state.prepare(_DISTANCE, codes=codes, default=_DEFAULT)
    chosen = st.select_slider(
        words("Distance under the line, in points"),
        codes,
        key=_DISTANCE,
        format_func=lambda code: points[code],
        persist_state="session",
    )
    say_unknown(unknown)
    url_state.write({_DISTANCE: str(chosen)})
    return codes.index(str(chosen))


def _hidden_note(words: Words) -> str:
    return words("Counts of 1 to 9 pupils, and those that would give one back, are not shown.")
