"""Panels of a township's page: its schools among the county's, the common sample."""

import pandas as pd
import streamlit as st

from pipeline.views import TownshipView
from ui import formats
from ui.charts.township_quadrant import township_quadrant
from ui.figure_sheets import places_sheet
from ui.sentences import interval_note
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.theme import BANDS, mark_of
from ui.township_sentences import (
    judged_units,
    sample_finding,
    standing_finding,
)
from ui.vocabulary import status_words, verdict_words
from ui.widgets.figure import Figure, show_selectable_figure
from ui.widgets.table import Table, show_table


def show_standing(view: TownshipView, *, words: Words) -> str | None:
    """Draw the own schools among the county's; return the school that was clicked."""
    own = judged_units(view)
    if own.empty:
        st.info(words("No school of this unit has both figures that the chart compares."))
        return None
    figure = Figure(
        "township_quadrant",
        lambda palette: township_quadrant(own, view.others, words=words, palette=palette),
        caption_of(
            view.stamp,
            finding=standing_finding(view, words=words),
            words=words,
            notes=(
                words("Faint points are the other schools of the county."),
                *_left_out(view, words),
            ),
        ),
        ("z", "value_added"),
        places_sheet(pd.concat([own, view.others], ignore_index=True), words=words),
        is_wide=True,
    )
    return show_selectable_figure(figure, words=words)


def show_units(view: TownshipView, *, with_value_added: bool, words: Words) -> str | None:
    """Show the own units with their figures; return the one that was chosen."""
    columns = _unit_columns(view, words)
    if not with_value_added:
        effects = ("verdict", "estimate", "interval", "n")
        columns = {code: c for code, c in columns.items() if code not in effects}
    table = Table(
        "township_schools",
        unit_table(view, words=words),
        columns,
        caption_of(
            view.stamp,
            finding=standing_finding(view, words=words),
            words=words,
            notes=(interval_note(words), *_left_out(view, words)),
        ),
        ("z", "value_added") if with_value_added else ("z",),
        codes=list(view.schools["unit"]),
        is_below_chart=with_value_added,
    )
    return show_table(table, words=words)


def unit_table(view: TownshipView, *, words: Words) -> pd.DataFrame:
    """Return the own units as the table shows them: numbers stay numbers."""
    rows = view.schools
    records = rows.to_dict("records")
    bands = _bands(view, words)
    return pd.DataFrame(
        {
            "name": rows["name"],
            "band": rows["unit"].map(bands),
            "verdict": [_verdict(row, words) for row in records],
            "estimate": rows["estimate"],
            "interval": [_ends(row, "") for row in records],
            "n": rows["n"],
            "z": rows["z"],
            "z_interval": [_ends(row, "z_") for row in records],
            "n_sat": rows["n_sat"],
            "n_schools": rows["n_schools"],
        }
    )


def show_sample(view: TownshipView, *, words: Words) -> None:
    """Show who of the unit and of each school is compared, and name the thin ones."""
    if not (view.schools["coverage"].notna()).any() and view.sample is None:
        st.info(words("There is no common sample: no baseline, or too few linked pupils."))
        return
    _show_whole_sample(view, words)
    thin = view.schools[view.schools["status"] == "low_coverage"]
    if len(thin):
        comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
        names = comma.join(formats.safe_markdown(str(name)) for name in thin["name"])
        st.warning(
            words(
                "Coverage under 70%, not compared with others: {names}. Find out whether "
                "pupils joined, were absent, or have other pupil numbers.",
                names=names,
            )
        )
    rows = view.schools.sort_values("coverage", kind="stable", na_position="last")
    table = Table(
        "township_sample",
        pd.DataFrame(
            {
                "name": rows["name"],
                "matched": rows["n"],
                "joined": rows["joined"],
                "left": rows["left"],
                "coverage": 100 * rows["coverage"],
                "status": [_sample_status(row, words) for row in rows.to_dict("records")],
            }
        ),
        {
            "name": Column(words("School")),
            "matched": Column(words("Matched"), "count"),
            "joined": Column(words("Only in this exam"), "count"),
            "left": Column(words("Only in the baseline"), "count"),
            "coverage": Column(words("Coverage (%)"), "points"),
            "status": Column(words("Status"), width=330),
        },
        caption_of(view.stamp, finding=sample_finding(view, words=words), words=words),
        ("value_added",),
    )
    show_table(table, words=words)


def _show_whole_sample(view: TownshipView, words: Words) -> None:
    sample = view.sample
    if sample is None:
        return
    matched, joined, left, coverage = st.columns(4)
    matched.metric(words("Matched"), formats.count(sample.matched), border=True)
    joined.metric(words("Only in this exam"), formats.count(sample.joined), border=True)
    left.metric(words("Only in the baseline"), formats.count(sample.left), border=True)
    coverage.metric(words("Coverage"), formats.rate(sample.coverage), border=True)


def _unit_columns(view: TownshipView, words: Words) -> dict[str, Column]:
    shared = {
        "name": Column(words("School")),
        "verdict": Column(words("Verdict on value-added"), width=175),
        "estimate": Column(words("Value-added (SD)"), "signed"),
        "interval": Column(words("95% interval")),
        "n": Column(words("n linked"), "count"),
        "z": Column(words("Attainment z"), "signed"),
        "z_interval": Column(words("95% interval of z")),
        "n_sat": Column(words("n present"), "count"),
    }
    if view.pooled:
        return shared | {"n_schools": Column(words("Schools in it"), "count")}
    return shared | {"band": Column(words("Warning band"), width=130)}


def _bands(view: TownshipView, words: Words) -> dict[str, str]:
    rows = view.bands[view.bands["subject"] == view.stamp.subject]
    return {
        str(row["school"]): verdict_words(mark.sign, mark.word, words=words)
        for row in rows.to_dict("records")
        if (mark := BANDS.get(str(row["band"]), BANDS["insufficient"]))
    }


def _left_out(view: TownshipView, words: Words) -> tuple[str, ...]:
    n_missing = len(view.schools) - len(judged_units(view))
    if not n_missing:
        return ()
    return (
        words(
            "Own schools without both figures, hidden or with low coverage: {n}", n=n_missing
        ),
    )


def _verdict(row: formats.Row, words: Words) -> str:
    if row["status"] != "ok":
        return status_words(str(row["status"]), words=words)
    mark = mark_of(row["verdict"])
    return verdict_words(mark.sign, mark.word, words=words)


def _sample_status(row: formats.Row, words: Words) -> str:
    if row["status"] == "ok":
        return words("fine")
    return status_words(str(row["status"]), words=words)


def _ends(row: formats.Row, prefix: str) -> str | None:
    return formats.signed_interval(row[f"{prefix}low"], row[f"{prefix}high"]) or None
