"""How sure the screening is: ranks or composites of one group with their intervals."""

import pandas as pd
import streamlit as st

from pipeline.views import WeakSchoolsView
from ui import formats
from ui.charts.figure_rows import MOST_ROWS, RowsAxis, figure_rows, words_of
from ui.figure_sheets import estimate_sheet
from ui.stamp import caption_of
from ui.text import Words, marked
from ui.theme import Mark
from ui.weak_schools_sentences import composite_finding, group_name, rank_finding
from ui.widgets.choice import choose
from ui.widgets.figure import Figure, show_selectable_figure

MARKS: dict[str, Mark] = {
    "candidate": Mark("▼", "triangle-down", "below", marked("proposed")),
    "near": Mark("◇", "diamond-open", "neutral", marked("not told apart from the line")),
    "clear": Mark("●", "circle", "neutral", marked("not proposed")),
}
EXPLAINS = ("weak_composite", "p_bottom20", "rank_interval")


def show_doubt(view: WeakSchoolsView, *, words: Words) -> str | None:
    """Show one group by rank or by composite; return the school that was clicked."""
    groups = groups_of(view)
    names = {code: group_name(row, words=words) for code, row in groups.items()}
    code = next(iter(names))
    if len(names) > 1:
        code = choose("group", words("Comparison group"), names)
    measures = {"rank": words("Rank interval"), "composite": words("Composite")}
    measure = choose("measure", words("Shown as"), measures)
    rows = view.schools[view.schools["group"] == code]
    if not rows["estimate"].notna().any():
        st.info(words("No school of this group can be shown."))
        return None
    group = groups[code]
    if measure == "rank" and group["is_judged"]:
        figure = _rank_figure(view, rows, group, words)
    else:
        figure = _composite_figure(view, rows, group, words)
    return show_selectable_figure(figure, words=words)


def doubt_notes(view: WeakSchoolsView, *, words: Words) -> tuple[str, ...]:
    """Return how the figures are read."""
    notes = [
        words("Rank intervals 90%, other intervals 95%. Proposals are for people to decide."),
    ]
    if not view.has_value_added:
        notes.append(
            words("No baseline: the screening knows attainment only, not what schools add.")
        )
    return tuple(notes)


def rank_words(row: formats.Row, *, words: Words) -> str | None:
    """Return a rank with its interval; None where there is none."""
    if not formats.is_number(row["rank"]):
        return None
    return words(
        "no. {rank} ({low}–{high})",
        rank=int(row["rank"]),
        low=int(row["rank_low"]),
        high=int(row["rank_high"]),
    )


def groups_of(view: WeakSchoolsView) -> dict[str, formats.Row]:
    """Return the comparison groups by code."""
    return {str(row["group"]): row for row in view.groups.to_dict("records")}


def _rank_figure(
    view: WeakSchoolsView, rows: pd.DataFrame, group: formats.Row, words: Words
) -> Figure:
    drawn = rows.assign(estimate=rows["rank"], low=rows["rank_low"], high=rows["rank_high"])
    title = words(
        "Rank among {n} schools, 1 is best; right of the dashed line: lowest 20%",
        n=int(group["n_schools"]),
    )
    axis = RowsAxis(title, "rank", line=float(group["line_rank"]) + 0.5)
    return _figure(view, drawn, axis, rank_finding(view, group, words=words), words)


def _composite_figure(
    view: WeakSchoolsView, rows: pd.DataFrame, group: formats.Row, words: Words
) -> Figure:
    title = words("Composite; dashed line: mean of the group")
    finding = composite_finding(view, group, words=words)
    return _figure(view, rows, RowsAxis(title, "sd", line=0.0), finding, words)


def _figure(
    view: WeakSchoolsView, rows: pd.DataFrame, axis: RowsAxis, finding: str, words: Words
) -> Figure:
    known = rows[rows["estimate"].notna()]
    # The lowest are what the page is about: of a long list they are the ones that are drawn.
    drawn = known.tail(MOST_ROWS)
    drawn = drawn.assign(
        code=drawn["school"],
        mark=[mark_of_school(row) for row in drawn.to_dict("records")],
        hover=[_hover(row, words) for row in drawn.to_dict("records")],
        estimate=drawn["estimate"].astype(float),
        low=drawn["low"].astype(float),
        high=drawn["high"].astype(float),
    )
    notes = list(doubt_notes(view, words=words))
    if len(known) > len(drawn):
        notes.append(
            words("Drawn are the {n} lowest of {all} schools.", n=len(drawn), all=len(known))
        )
    return Figure(
        "weak_doubt",
        lambda palette: figure_rows(
            drawn,
            marks=MARKS,
            names=words_of(MARKS, words=words),
            axis=axis,
            palette=palette,
        ),
        caption_of(view.stamp, finding=finding, words=words, notes=tuple(notes)),
        EXPLAINS,
        estimate_sheet(
            known,
            title=axis.title,
            words=words,
            kind="count" if axis.unit == "rank" else "signed",
        ),
    )


def mark_of_school(row: formats.Row) -> str:
    """Return the key of a school's mark."""
    if row["candidate"]:
        return "candidate"
    return "near" if row["is_near"] else "clear"


def _hover(row: formats.Row, words: Words) -> str:
    lines = [
        f"<b>{formats.safe_chart(str(row['name']))}</b>",
        rank_words(row, words=words),
        words("probability of the bottom 20%: {p}", p=_probability(row["p_bottom20"])),
    ]
    return "<br>".join(line for line in lines if line)


def _probability(value: object) -> str:
    return formats.safe_chart(formats.probability(value)) if formats.is_number(value) else "–"
