"""Which subjects of a township lag: beside its own mean, and school by school."""

import pandas as pd
import streamlit as st

from core.scores import TOTAL
from pipeline.views import TownshipView
from ui import formats
from ui.charts.figure_rows import RowsAxis, figure_rows, words_of
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import Mark
from ui.township_sentences import gaps_finding, school_gaps_finding
from ui.vocabulary import status_words, subject_name
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table

FLAGS: dict[str, Mark] = {
    "strong": Mark("▲", "triangle-up", "above", marked("clearly ahead")),
    "none": Mark("●", "circle", "neutral", marked("not clearly different")),
    "weak": Mark("▼", "triangle-down", "below", marked("clearly behind")),
}


def show_gaps(view: TownshipView, *, words: Words) -> None:
    """Draw the unit's subjects beside its own mean, then beside the county."""
    if view.why_no_gaps is not None:
        reason = formats.told(view.why_no_gaps, words=words)
        st.info(words("Subjects cannot be compared. {reason}", reason=reason))
        return
    known = view.gaps[view.gaps["gap"].notna()]
    if known.empty:
        st.info(words("The subjects of this unit as a whole cannot be shown."))
        return
    ordered = known.sort_values("gap", ascending=False, kind="stable")
    drawn = ordered.assign(
        code=ordered["subject"],
        name=[_subject(row, words) for row in ordered.to_dict("records")],
        estimate=ordered["gap"],
        mark=ordered["flag"].fillna("none"),
        hover=[_gap_hover(row, words) for row in ordered.to_dict("records")],
    )
    axis = RowsAxis(
        words("Subject gap in pupil SD; dashed line: the unit's own mean"), "sd", line=0.0
    )
    caption = caption_of(
        view.stamp,
        finding=gaps_finding(view, words=words),
        words=words,
        notes=(
            words(
                "Beside the unit's own mean over subjects and the other units of its level; "
                "clearly: beyond chance, all subjects together (q ≤ 0.05)."
            ),
            shrinkage_note(words),
        ),
    )
    figure = Figure(
        "township_gaps",
        lambda palette: figure_rows(
            drawn,
            marks=FLAGS,
            names=words_of(FLAGS, words=words),
            axis=axis,
            palette=palette,
        ),
        caption,
        ("subject_gap", "z"),
    )
    show_figure(figure, words=words)
    _show_levels(view, words)


def show_school_gaps(view: TownshipView, *, words: Words) -> str | None:
    """Show schools by subjects with sign, gap and interval; return the chosen unit."""
    if not view.school_gaps["gap"].notna().any():
        return None
    wide, columns = gap_table(view, words=words)
    signs = " · ".join(f"{mark.sign} {words(mark.word)}" for mark in FLAGS.values())
    table = Table(
        "township_school_gaps",
        wide,
        columns,
        caption_of(
            view.stamp,
            finding=school_gaps_finding(view, words=words),
            words=words,
            notes=(signs, shrinkage_note(words)),
        ),
        ("subject_gap",),
        codes=list(dict.fromkeys(view.school_gaps["unit"])),
    )
    return show_table(table, words=words)


def shrinkage_note(words: Words) -> str:
    """Return why a gap can be clear although the interval beside it holds 0."""
    return words(
        "Clearly: the gap as it was found is beyond chance, q ≤ 0.05 over all gaps. Shown is "
        "the gap drawn toward 0 as far as chance asks for, with its 95% interval, which can "
        "hold 0 all the same."
    )


def gap_table(view: TownshipView, *, words: Words) -> tuple[pd.DataFrame, dict[str, Column]]:
    """Return one row per own unit and one column per subject, each gap with its interval."""
    columns: dict[str, Column] = {"name": Column(words("School"))}
    cells: dict[str, dict[str, str]] = {}
    for row in view.school_gaps.to_dict("records"):
        subject = str(row["subject"])
        title = subject_name(subject, row["subject_name"], words=words)
        columns.setdefault(subject, Column(title, width=190))
        cells.setdefault(str(row["unit"]), {"name": str(row["name"])})[subject] = _gap(
            row, words
        )
    return pd.DataFrame(list(cells.values()), columns=list(columns)), columns


def _show_levels(view: TownshipView, words: Words) -> None:
    """Show the unit's level beside the county, and its gap, subject by subject."""
    table = Table(
        "township_levels",
        level_table(view, words=words),
        {
            "subject": Column(words("Subject")),
            "z": Column(words("Beside the county (z)"), "signed"),
            "z_interval": Column(words("95% interval of z")),
            "gap": Column(words("Beside its own mean: gap, 95% interval"), width=330),
            "n": Column(words("n present"), "count"),
        },
        caption_of(
            view.stamp,
            finding=gaps_finding(view, words=words),
            words=words,
            notes=(shrinkage_note(words),),
        ),
        ("z", "subject_gap"),
        is_below_chart=True,
    )
    show_table(table, words=words)


def level_table(view: TownshipView, *, words: Words) -> pd.DataFrame:
    """Return one row per subject; the total is no subject, so it has no gap beside the mean."""
    rows = view.gaps.to_dict("records")
    return pd.DataFrame(
        {
            "subject": [_subject(row, words) for row in rows],
            "z": view.gaps["z"],
            "z_interval": [_ends(row, "z_") for row in rows],
            "gap": [_own_gap(row, words) for row in rows],
            "n": view.gaps["n_pupils"],
        }
    )


def _own_gap(row: formats.Row, words: Words) -> str | None:
    if row["subject"] == TOTAL:
        return words("not applicable")
    return _gap(row, words) if formats.is_number(row["gap"]) else None


def _ends(row: formats.Row, prefix: str) -> str | None:
    return formats.signed_interval(row[f"{prefix}low"], row[f"{prefix}high"]) or None


def _subject(row: formats.Row, words: Words) -> str:
    return subject_name(str(row["subject"]), str(row["name"]), words=words)


def _gap(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["gap"]):
        return status_words(str(row["status"]), words=words)
    sign = FLAGS[row["flag"]].sign if row["flag"] in ("strong", "weak") else ""
    ends = formats.signed_interval(row["low"], row["high"])
    return f"{sign} {formats.signed(row['gap'])} {ends}".strip()


def _gap_hover(row: formats.Row, words: Words) -> str:
    gap, ends = formats.signed(row["gap"]), formats.signed_interval(row["low"], row["high"])
    z, z_ends = row["z"], formats.signed_interval(row["z_low"], row["z_high"])
    lines = [
        f"<b>{formats.safe_chart(_subject(row, words))}</b>",
        words("Subject gap {gap} {interval}", gap=gap, interval=ends).strip(),
    ]
    if formats.is_number(z):
        lines.append(words("Attainment {z} {interval}", z=formats.signed(z), interval=z_ends))
    return "<br>".join(lines)
