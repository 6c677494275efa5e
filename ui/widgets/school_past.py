"""How a school has gone: the exams of its cohort, and its grade over school years."""

import streamlit as st

from data.scope import Scope
from pipeline.views import Query, SchoolPastView, SchoolView
from ui import state
from ui.charts.figure_rows import RowsAxis, figure_rows
from ui.charts.trend import trend
from ui.effect_rows import VERDICT_MARKS, effect_rows, verdict_names
from ui.figure_sheets import estimate_sheet, trend_sheet
from ui.school_sentences import trend_finding, years_finding
from ui.stamp import caption_of
from ui.text import Words
from ui.widgets.choice import choose
from ui.widgets.figure import Figure, show_figure


def show_past(scope: Scope, view: SchoolView, query: Query, *, words: Words) -> None:
    """Show the exams of the cohort, or the same grade over school years."""
    past = state.school_past_view(scope, view.school, query)
    names = {
        "cohort": words("Exams of this cohort"),
        "years": words("This grade over school years"),
    }
    if choose("past", words("Followed"), names) == "years":
        _show_years(past, school=view.name, words=words)
    else:
        _show_trend(past, school=view.name, words=words)


def _show_trend(past: SchoolPastView, *, school: str, words: Words) -> None:
    if past.trend["estimate"].isna().all():
        st.info(words("No exam of this cohort can be shown for this school and subject."))
        return
    show_figure(
        Figure(
            "trend",
            lambda palette: trend(past.trend, words=words, palette=palette),
            caption_of(
                past.stamp,
                finding=trend_finding(past, school=school, words=words),
                words=words,
                notes=(
                    words("Whiskers are 95% intervals; a gap is an exam without a figure."),
                ),
            ),
            ("z", "value_added"),
            trend_sheet(past.trend, words=words),
            is_wide=True,
        ),
        words=words,
    )


def _show_years(past: SchoolPastView, *, school: str, words: Words) -> None:
    if past.years.empty:
        st.info(
            words(
                "Only one school year of this grade is known. Import the same exam of earlier "
                "years with its baseline to see several years together."
            )
        )
        return
    names = [exam or words("mean, weights 3:2:1") for exam in past.years["exam"]]
    rows = effect_rows(
        past.years, codes=list(past.years["exam"]), names=names, mark="verdict", words=words
    )
    show_figure(
        Figure(
            "years",
            lambda palette: figure_rows(
                rows,
                marks=VERDICT_MARKS,
                names=verdict_names(words),
                axis=RowsAxis(words("Value-added, in pupil SD")),
                palette=palette,
            ),
            caption_of(
                past.stamp,
                finding=years_finding(past, school=school, words=words),
                words=words,
                notes=(
                    words(
                        "Other pupils every year; a year in which schools did not differ "
                        "counts as 0, a year without a figure falls to the others."
                    ),
                ),
            ),
            ("value_added", "several_years"),
            estimate_sheet(
                past.years.assign(name=names), title=words("Value-added (SD)"), words=words
            ),
        ),
        words=words,
    )
