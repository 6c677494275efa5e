"""Past exams under a scheme or rules of today: the picture of all calls, and exam by exam."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pipeline.views import ReplayView, RuleReplayView, SchemeReplayView
from ui import formats
from ui.band_words import band_words, cell_style, rule_set_words
from ui.charts.figure_rows import words_of
from ui.charts.mark_map import MOST_COLUMNS, MOST_SCHOOLS, mark_map
from ui.replay_sentences import rules_finding, scheme_finding
from ui.sheets import Sheet
from ui.stamp import Caption, caption_of
from ui.table_columns import Column
from ui.text import Words, marked
from ui.theme import BANDS, Mark
from ui.vocabulary import scheme_name
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table

CALLS: dict[str, Mark] = {
    "both": Mark("■", "square", "neutral", marked("proposed by both")),
    "entered": Mark("▼", "triangle-down", "below", marked("only by the scheme tried")),
    "left": Mark("△", "triangle-up-open", "above", marked("only by the scheme in force")),
    "unknown": Mark("?", "x-thin-open", "neutral", marked("not known")),
    "neither": Mark("·", "circle", "faint", marked("not proposed")),
}
_BANDS = tuple(BANDS)


def show_calls(view: ReplayView, *, words: Words) -> None:
    """Show what would have been said of each school in each exam, and exam by exam."""
    if view.calls.empty:
        st.info(words("No past exam has a school that may be shown and judged."))
    elif isinstance(view, SchemeReplayView):
        _show_scheme_calls(view, words)
        _show_scheme_exams(view, words)
    else:
        _show_rule_calls(view, words)
        _show_rule_exams(view, words)


def _show_scheme_calls(view: SchemeReplayView, words: Words) -> None:
    """Show whom the scheme tried would have proposed, beside the scheme in force."""
    rows = view.calls.assign(mark=view.calls["call"])
    said = {code: f"{mark.sign} {words(mark.word)}" for code, mark in CALLS.items()}
    _show_map(
        rows,
        view.exams,
        marks=CALLS,
        said=said,
        caption=caption_of(
            view.stamp,
            finding=scheme_finding(view, words=words),
            words=words,
            notes=(_span_note(view.exams, words), *_cut_notes(rows, view.exams, words)),
        ),
        words=words,
    )


def _show_rule_calls(view: RuleReplayView, words: Words) -> None:
    """Show which band the rules would have given to each school in each exam."""
    rows = view.calls.assign(mark=view.calls["band"])
    said = {code: band_words(code, words=words) for code in BANDS}
    rules = rule_set_words(view.rules, words=words)
    _show_map(
        rows,
        view.exams,
        marks=BANDS,
        said=said,
        caption=caption_of(
            view.stamp,
            finding=rules_finding(view, words=words),
            words=words,
            notes=(
                words("By the rules: {rules}.", rules=rules),
                _span_note(view.exams, words),
                *_cut_notes(rows, view.exams, words),
            ),
        ),
        words=words,
    )


def _show_scheme_exams(view: SchemeReplayView, words: Words) -> None:
    """Show exam by exam what would have changed."""
    exams = view.exams
    names = [scheme_name(label, words=words) for label in view.holds]
    table = Table(
        "replay_exams",
        exams.assign(holds=names, baseline=exams["baseline"].fillna(words("none"))),
        {
            "exam": Column(words("Exam")),
            "holds": Column(words("Scheme in force")),
            "n": Column(words("Judged by both"), "count"),
            "n_tried": Column(words("Proposed: tried"), "count"),
            "n_held": Column(words("Proposed: in force"), "count"),
            "n_same": Column(words("by both"), "count"),
            "n_entered": Column(words("come in"), "count"),
            "n_left": Column(words("fall away"), "count"),
            "n_unknown": Column(words("not known"), "count"),
            "baseline": Column(words("Baseline")),
        },
        caption_of(
            view.stamp,
            finding=scheme_finding(view, words=words),
            words=words,
            notes=tuple(_why_notes(exams, words)),
        ),
        ("replay", "weak_composite"),
        is_below_chart=True,
    )
    show_table(table, words=words)
    for note in _why_notes(exams, words):
        st.caption(formats.safe_markdown(note))


def _show_rule_exams(view: RuleReplayView, words: Words) -> None:
    """Show exam by exam how many schools have which band."""
    none = words("none")
    filled = {name: view.exams[name].fillna(none) for name in ("baseline", "previous_exam")}
    table = Table(
        "replay_exams",
        view.exams.assign(**filled),
        {
            "exam": Column(words("Exam")),
            **{f"n_{code}": Column(band_words(code, words=words), "count") for code in _BANDS},
            "baseline": Column(words("Baseline")),
            "previous_exam": Column(words("Exam before")),
        },
        caption_of(view.stamp, finding=rules_finding(view, words=words), words=words),
        ("replay", "warning_band"),
        paint=lambda text: cell_style(text, words=words),
        is_below_chart=True,
    )
    show_table(table, words=words)


def exam_labels(exams: pd.DataFrame, *, words: Words) -> dict[str, str]:
    """Return year, month and grade of each exam, in three short lines."""
    return {
        str(row["exam"]): f"{row['held_on']:%Y<br>%m}<br>" + words("grade {n}", n=row["grade"])
        for row in exams.to_dict("records")
    }


def _show_map(
    rows: pd.DataFrame,
    exams: pd.DataFrame,
    *,
    marks: Mapping[str, Mark],
    said: Mapping[str, str],
    caption: Caption,
    words: Words,
) -> None:
    labels = exam_labels(exams.tail(MOST_COLUMNS), words=words)
    schools = rows["school"].drop_duplicates().head(MOST_SCHOOLS)
    drawn = rows[rows["school"].isin(schools) & rows["exam"].isin(labels)]
    hover = [
        f"<b>{formats.safe_chart(str(row['name']))}</b><br>"
        f"{formats.safe_chart(str(row['exam']))}<br>{said[str(row['mark'])]}"
        for row in drawn.to_dict("records")
    ]
    drawn = drawn.assign(hover=hover, column=drawn["exam"])
    show_figure(
        Figure(
            "replay_map",
            lambda palette: mark_map(
                drawn,
                columns=labels,
                marks=marks,
                names=words_of(marks, words=words),
                palette=palette,
            ),
            caption,
            ("replay",),
            _map_sheet(rows, list(exams["exam"]), said, words),
            is_wide=True,
        ),
        words=words,
    )


def _map_sheet(
    rows: pd.DataFrame, exams: list[str], said: Mapping[str, str], words: Words
) -> Sheet:
    """Return one row for each school, one column for each exam, marks in words."""
    cells = rows.assign(said=rows["mark"].map(said)).pivot_table(
        index="school", columns="exam", values="said", aggfunc="first"
    )
    schools = rows.drop_duplicates("school").set_index("school")
    wide = cells.reindex(index=schools.index, columns=exams)
    # Places for names: an exam may be called as another column is.
    columns = {str(place): Column(exam) for place, exam in enumerate(exams)}
    wide.columns = pd.Index(list(columns))
    wide.insert(0, "name", schools["name"])
    return Sheet(wide.reset_index(drop=True), {"name": Column(words("School")), **columns})


def _span_note(exams: pd.DataFrame, words: Words) -> str:
    return words(
        "{exams} of this stage from {first} to {last}, each in its current release.",
        exams=words.plural("{n} exam", "{n} exams", n=len(exams)),
        first=formats.day(exams["held_on"].min(), words=words),
        last=formats.day(exams["held_on"].max(), words=words),
    )


def _cut_notes(rows: pd.DataFrame, exams: pd.DataFrame, words: Words) -> list[str]:
    n_schools = rows["school"].nunique()
    if n_schools <= MOST_SCHOOLS and len(exams) <= MOST_COLUMNS:
        return []
    return [
        words(
            "Drawn are the {schools} schools that were called most, of {n_schools}, and the "
            "{exams} newest exams, of {n_exams}; the file holds all.",
            schools=min(n_schools, MOST_SCHOOLS),
            n_schools=n_schools,
            exams=min(len(exams), MOST_COLUMNS),
            n_exams=len(exams),
        )
    ]


def _why_notes(exams: pd.DataFrame, words: Words) -> list[str]:
    failed = exams[exams["why_en"].notna()]
    return [
        words(
            "{exam}: {reason}",
            exam=row["exam"],
            reason=words.either(english=str(row["why_en"]), chinese=str(row["why_zh"])),
        )
        for row in failed.to_dict("records")
    ]
