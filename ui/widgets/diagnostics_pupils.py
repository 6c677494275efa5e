"""Diagnostics along the prior: residuals by group, and what its reliability decides."""

import pandas as pd
import streamlit as st

from core.value_added.spec import DEFAULT_RELIABILITY
from core.verdict import NO_DIFFERENCE
from pipeline.views import DiagnosticsView
from pipeline.views.diagnostics import PriorReliabilityPart, ResidualsPart
from ui import formats
from ui.charts.two_panels import Panel, Series, two_panels
from ui.diagnostics_sentences import (
    hidden_notes,
    reliability_finding,
    reliability_notes,
    residuals_finding,
    shape_note,
)
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.theme import mark_of
from ui.vocabulary import status_words
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table

_SURE = 1.96


def show_residuals(view: DiagnosticsView, *, words: Words) -> None:
    """Show mean and spread of the residuals from the lowest to the highest start."""
    part = view.residuals
    if part is None or part.status != "ok":
        st.info(words("The two exams have no joint distribution of scores for this subject."))
        return
    caption = caption_of(
        view.stamp,
        finding=residuals_finding(part, words=words),
        words=words,
        notes=(
            words(
                "Residual: score less what line and school lead to expect. Groups of like "
                "prior score, lowest on the left; whiskers are 95% intervals."
            ),
            shape_note(part, words=words),
        ),
    )
    figure = Figure(
        "diagnostics_residuals",
        lambda palette: two_panels(
            *residual_panels(part, words=words),
            x_title=words("Mean prior score of the group, in pupil SD"),
            palette=palette,
        ),
        caption,
        ("pupil_residuals",),
    )
    show_figure(figure, words=words)
    table = Table(
        "diagnostics_residual_table",
        residual_rows(part, words=words),
        {
            "group": Column(words("Group"), "count"),
            "prior": Column(words("Mean prior (SD)"), "signed"),
            "n": Column(words("n"), "count"),
            "mean": Column(words("Mean residual (SD)"), "signed"),
            "interval": Column(words("95% interval")),
            "sd": Column(words("SD of residuals"), "plain"),
            "status": Column(words("Status")),
        },
        caption,
        ("pupil_residuals",),
        is_below_chart=True,
    )
    show_table(table, words=words)


def residual_panels(part: ResidualsPart, *, words: Words) -> tuple[Panel, Panel]:
    """Return the panels of mean residual and spread."""
    groups = part.groups
    hover = [_group_hover(row, words) for row in groups.to_dict("records")]
    x = list(groups["prior"])
    mean = Series(
        words("mean residual"),
        x=x,
        y=list(groups["mean"]),
        hover=hover,
        reach=list(_SURE * groups["se"].fillna(0.0)),
        colour="own",
    )
    spread = Series(
        words("SD of the residuals"), x=x, y=list(groups["sd"]), hover=hover, symbol="diamond"
    )
    return (
        Panel(words("Mean residual (SD)"), (mean,), line=0.0),
        Panel(words("SD"), (spread,), begins_at_zero=True),
    )


def residual_rows(part: ResidualsPart, *, words: Words) -> pd.DataFrame:
    """Return the groups as they are listed."""
    groups = part.groups
    ends = _SURE * groups["se"]
    return pd.DataFrame(
        {
            "group": groups["group"],
            "prior": groups["prior"],
            "n": groups["n"],
            "mean": groups["mean"],
            "interval": [
                formats.signed_interval(low, high) or None
                for low, high in zip(groups["mean"] - ends, groups["mean"] + ends, strict=True)
            ],
            "sd": groups["sd"],
            "status": [status_words(str(code), words=words) for code in groups["status"]],
        }
    )


def show_reliability(view: DiagnosticsView, *, words: Words) -> None:
    """Show slope, fairness and changed verdicts at each reliability of the prior test."""
    part = view.reliability
    if part is None:
        return
    caption = caption_of(
        view.stamp,
        finding=reliability_finding(part, words=words),
        words=words,
        notes=(
            words(
                "The model with the prior's error taken out, whatever method was chosen. "
                "Verdicts are held against those at {assumed}, which is assumed where nobody "
                "has told another.",
                assumed=formats.plain(DEFAULT_RELIABILITY, digits=2),
            ),
            *reliability_notes(part, words=words),
            *hidden_notes(view, words=words),
        ),
    )
    figure = Figure(
        "diagnostics_reliability",
        lambda palette: two_panels(
            *reliability_panels(part, words=words),
            x_title=words("Reliability of the prior test"),
            palette=palette,
        ),
        caption,
        ("prior_reliability", "value_added"),
    )
    show_figure(figure, words=words)
    table = Table(
        "diagnostics_reliability_table",
        reliability_rows(part, words=words),
        {
            "reliability": Column(words("Reliability"), "plain"),
            "slope": Column(words("Slope of the prior"), "plain"),
            "slope_se": Column(words("its standard error"), "fine"),
            "fairness_r": Column(words("Fairness r"), "signed"),
            "sigma_u2": Column(words("Variance between schools"), "fine"),
            "changed": Column(words("Verdicts that change")),
            "status": Column(words("Status")),
        },
        caption,
        ("prior_reliability",),
        is_below_chart=True,
    )
    show_table(table, words=words)


def reliability_panels(part: PriorReliabilityPart, *, words: Words) -> tuple[Panel, Panel]:
    """Return the panels of slope with fairness, and of changed verdicts."""
    rows = part.rows
    records = rows.to_dict("records")
    x = list(rows["reliability"])
    slope = Series(
        words("slope of the prior"),
        x=x,
        y=list(rows["slope"]),
        hover=[_number(row["slope"], words) for row in records],
        reach=list(_SURE * rows["slope_se"].fillna(0.0)),
        colour="own",
    )
    fairness = Series(
        words("fairness r"),
        x=x,
        y=list(rows["fairness_r"]),
        hover=[_number(row["fairness_r"], words) for row in records],
        symbol="diamond",
    )
    changed = Series(
        words("verdicts that change"),
        x=x,
        y=list(100 * rows["share"]),
        hover=[_changed(row, words) for row in records],
        symbol="square",
        colour="neutral",
    )
    return (
        Panel(words("Slope, fairness r"), (slope, fairness), line=0.0),
        Panel(words("Verdicts (%)"), (changed,), begins_at_zero=True),
    )


def reliability_rows(part: PriorReliabilityPart, *, words: Words) -> pd.DataFrame:
    """Return the reliabilities as they are listed."""
    rows = part.rows
    figures = ["reliability", "slope", "slope_se", "fairness_r", "sigma_u2"]
    return rows[figures].assign(
        changed=[_changed(row, words) for row in rows.to_dict("records")],
        status=[_status(str(code), words) for code in rows["status"]],
    )


def _status(code: str, words: Words) -> str:
    if code == NO_DIFFERENCE:
        return words(mark_of(code).word)
    return status_words(code, words=words)


def _group_hover(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["mean"]):
        return ""
    return "<br>".join(
        (
            words("Group {group}", group=row["group"]),
            words("mean residual {mean} SD", mean=formats.signed(row["mean"])),
            words("SD {sd}", sd=formats.plain(row["sd"], digits=2)),
            words("{n} pupils", n=formats.count(row["n"])),
        )
    )


def _number(value: object, words: Words) -> str:
    return formats.signed(value) if formats.is_number(value) else words("not shown")


def _changed(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["share"]):
        return words("not shown")
    return words(
        "{n} of {all} ({share})",
        n=formats.count(row["n_changed"]),
        all=formats.count(row["n_compared"]),
        share=formats.rate(row["share"]),
    )
