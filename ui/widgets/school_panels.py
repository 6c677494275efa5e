"""Panels of the school's page: what it adds, figures per subject, what is hidden."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.scope import Scope
from pipeline.views import Query, SchoolGradesView, SchoolView
from ui import formats, state
from ui.charts.figure_rows import RowsAxis, figure_rows
from ui.effect_rows import VERDICT_MARKS, effect_rows, verdict_names
from ui.figure_sheets import estimate_sheet
from ui.school_sentences import value_added_finding
from ui.stamp import Caption, caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.theme import UNJUDGED, mark_of
from ui.vocabulary import (
    end_words,
    figure_words,
    indicator_name,
    status_words,
    subject_name,
    verdict_words,
)
from ui.widgets.choice import choose
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table

_MAIN_FIGURES = ("z", "mean", "excellent_rate", "pass_rate", "low_rate")
_MORE_FIGURES = ("participation", "score_rate", "good_rate", "sd", "p10", "median", "p90")


def show_value_added(scope: Scope, view: SchoolView, query: Query, *, words: Words) -> None:
    """Show what the school adds: all subjects as a chart or a table, or all grades."""
    names = {
        "chart": words("Chart of all subjects"),
        "table": words("Table of all subjects"),
        "grades": words("All grades of this period"),
    }
    shown = choose("adds", words("Value-added as"), names)
    if shown == "grades":
        show_grades(state.school_grades_view(scope, view.school, query), view, words=words)
        return
    if query.baseline is None:
        st.info(words("No value-added: there is no baseline with linked pupils."))
        return
    caption = caption_of(
        view.stamp,
        finding=value_added_finding(view, words=words),
        words=words,
        notes=(interval_of_subjects(words), _verdict_note(words)),
    )
    if shown == "table" or view.value_added["estimate"].isna().all():
        _show_texts(
            "subject_value_added",
            value_added_table(view.value_added, words=words),
            caption,
            ("value_added",),
            words=words,
        )
        return
    rows = effect_rows(
        view.value_added,
        codes=list(view.value_added["subject"]),
        names=list(subject_names(view.value_added, words=words).values()),
        mark="verdict",
        words=words,
    )
    show_figure(
        Figure(
            "subject_effects",
            lambda palette: figure_rows(
                rows,
                marks=VERDICT_MARKS,
                names=verdict_names(words),
                axis=RowsAxis(words("Value-added, in pupil SD")),
                palette=palette,
            ),
            caption,
            ("value_added",),
            estimate_sheet(
                view.value_added.assign(name=rows["name"].to_numpy()),
                title=words("Value-added (SD)"),
                words=words,
            ),
        ),
        words=words,
    )


def show_grades(grades: SchoolGradesView, view: SchoolView, *, words: Words) -> None:
    """Show the value-added of every subject in all grades of the period."""
    caption = caption_of(
        grades.stamp,
        finding=words("{school}: value-added by subject and grade", school=view.name),
        words=words,
        notes=(
            words("Each exam is held against the first exam of its cohort in this stage."),
            _verdict_note(words),
        ),
    )
    table = grades_table(grades.figures, words=words)
    _show_texts("grade_value_added", table, caption, ("value_added",), words=words)


def grades_table(figures: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return subjects by exams as texts: sign, figure, interval and n."""
    exams = list(dict.fromkeys(figures["exam"]))
    subjects = figures.drop_duplicates("subject")
    cells = figures.set_index(["subject", "exam"])
    found = []
    for row in subjects.to_dict("records"):
        cell = {words("Subject"): subject_name(row["subject"], row["name"], words=words)}
        for exam in exams:
            key = (row["subject"], exam)
            known = cells.loc[[key]].iloc[0].to_dict() if key in cells.index else None
            cell[exam] = words("not set") if known is None else _graded(known, words)
        found.append(cell)
    return pd.DataFrame(found, dtype="str")


def show_subject_figures(view: SchoolView, *, words: Words) -> None:
    """Show one row per subject and one column per indicator, each with interval and n."""
    groups = {"main": words("Main figures"), "more": words("More figures")}
    indicators: tuple[str, ...] = _MAIN_FIGURES
    if choose("figures", words("Figures"), groups) == "more":
        indicators = _MORE_FIGURES
    caption = caption_of(
        view.stamp,
        finding=words("{school}: figures of every subject", school=view.name),
        words=words,
    )
    table = figure_table(view.figures, indicators, words=words)
    _show_texts("subject_figures", table, caption, indicators, words=words)


def figure_table(
    figures: pd.DataFrame, indicators: Sequence[str], *, words: Words
) -> pd.DataFrame:
    """Return subjects by indicators as texts "value [low, high]"; n is that of the first."""
    rows: dict[str, dict[str, str]] = {}
    order = {code: place for place, code in enumerate(indicators)}
    chosen = figures[figures["indicator"].isin(indicators)]
    for row in chosen.sort_values(
        "indicator", key=lambda c: c.map(order), kind="stable"
    ).to_dict("records"):
        subject = subject_name(row["subject"], row["name"], words=words)
        cells = rows.setdefault(row["subject"], {words("Subject"): subject})
        cells.setdefault(words("n"), _n(row, words))
        cells[indicator_name(row["indicator"], words=words)] = _figure(row, words)
    return pd.DataFrame(list(rows.values()), dtype="str")


def value_added_table(rows: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return one row per subject in words."""
    return pd.DataFrame([_value_added(row, words) for row in rows.to_dict("records")])


def show_hidden(view: SchoolView, *, words: Words) -> None:
    """Say which figures are not shown and why; say so too when nothing is hidden."""
    reasons = hidden_counts(view)
    if not reasons:
        st.caption(words("Nothing is hidden on this page."))
        return
    for status, n in reasons.items():
        figures = words.plural("{n} figure", "{n} figures", n=n)
        reason = status_words(status, words=words)
        if status == "coded":
            st.caption(
                words("{figures} not shown exactly: {reason}", figures=figures, reason=reason)
            )
        else:
            st.caption(words("{figures} not shown: {reason}", figures=figures, reason=reason))


def hidden_counts(view: SchoolView) -> dict[str, int]:
    """Return how many figures of the view are not shown, or not exactly, by status."""
    frames = (view.figures, view.value_added, view.starts, view.profile)
    status = pd.concat([frame["status"] for frame in frames], ignore_index=True)
    return {str(code): int(n) for code, n in status[status != "ok"].value_counts().items()}


def subject_names(rows: pd.DataFrame, *, words: Words) -> dict[str, str]:
    """Return how the subjects of a table are called, by code."""
    pairs = zip(rows["subject"], rows["name"], strict=True)
    return {code: subject_name(code, name, words=words) for code, name in pairs}


def interval_of_subjects(words: Words) -> str:
    """Return how the whiskers of several figures of one school are read."""
    return words("Whiskers are 95% intervals; one that holds 0 may be chance.")


def _verdict_note(words: Words) -> str:
    return words(
        "Verdict by index = estimate / standard error: 2 or more well above, 1 to 2 above, "
        "−1 to 1 as expected, −2 to −1 below, −2 or less well below."
    )


def _show_texts(
    key: str,
    table: pd.DataFrame,
    caption: Caption,
    explains: tuple[str, ...],
    *,
    words: Words,
) -> None:
    columns = {str(name): Column(str(name)) for name in table.columns}
    show_table(Table(key, table, columns, caption, explains), words=words)


def _graded(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["estimate"]):
        return status_words(row["status"], words=words)
    mark = mark_of(row["verdict"]) if row["status"] == "ok" else UNJUDGED
    ends = formats.signed_interval(row["low"], row["high"])
    n = formats.count(row["n"])
    return f"{mark.sign} {formats.signed(row['estimate'])} {ends} n={n}"


def _figure(row: formats.Row, words: Words) -> str:
    if row["status"] == "coded":
        return formats.coded_rate(row["low"], row["high"])
    if not formats.is_number(row["estimate"]):
        return status_words(row["status"], words=words)
    value = figure_words(row["indicator"], row["estimate"], words=words)
    if not (formats.is_number(row["low"]) and formats.is_number(row["high"])):
        return value
    ends = (end_words(row["indicator"], row[end]) for end in ("low", "high"))
    return f"{value} {formats.interval(*ends)}"


def _n(row: formats.Row, words: Words) -> str:
    if not formats.is_number(row["n_pupils"]):
        return words("not shown")
    return formats.count(row["n_pupils"])


def _value_added(row: formats.Row, words: Words) -> dict[str, str]:
    is_shown = formats.is_number(row["estimate"])
    reason = status_words(row["status"], words=words)
    mark = mark_of(row["verdict"])
    judged = verdict_words(mark.sign, mark.word, words=words)
    not_shown = words("not shown")
    return {
        words("Subject"): subject_name(row["subject"], row["name"], words=words),
        words("Verdict"): judged if row["status"] == "ok" else reason,
        words("Value-added (SD)"): formats.signed(row["estimate"]) if is_shown else not_shown,
        words("95% interval"): (formats.signed_interval(row["low"], row["high"]) or not_shown),
        words("n linked"): formats.count(row["n"])
        if formats.is_number(row["n"])
        else not_shown,
        words("Coverage"): (
            formats.rate(row["coverage"]) if formats.is_number(row["coverage"]) else not_shown
        ),
    }
