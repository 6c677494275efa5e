"""The exams of the store; a chosen row opens the county's page for that exam."""

import pandas as pd
import streamlit as st

from pipeline.views import ExamChoice
from ui import formats
from ui.registry import LEADERSHIP
from ui.text import Words
from ui.vocabulary import STAGES

_ROW_HEIGHT = 40


def show_exam_table(exams: tuple[ExamChoice, ...], *, words: Words) -> None:
    """Show the exams, newest first; choosing a row leads to the county overview."""
    if not exams:
        st.info(words("The store holds no exam yet. Import one as described below."))
        return
    st.caption(words("Tick the box of a row to open the county overview with that exam."))
    event = st.dataframe(
        exam_rows(exams, words=words),
        key="exam_table",
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height=min(len(exams) + 1, 13) * _ROW_HEIGHT + 4,
        on_select="rerun",
        selection_mode="single-row",
    )
    chosen = event["selection"]["rows"]
    if chosen:
        address = {"exam": exams[chosen[0]].name, "lang": words.language}
        st.switch_page(LEADERSHIP.of(words), query_params=address)


def exam_rows(exams: tuple[ExamChoice, ...], *, words: Words) -> pd.DataFrame:
    """Return the table of exams in words."""
    own = words("own data")
    table = pd.DataFrame(
        [
            {
                words("Exam"): exam.name,
                words("County"): exam.county_name,
                words("Date"): exam.date,
                words("Grade"): exam.grade,
                words("Stage"): words(STAGES[exam.stage])
                if exam.stage in STAGES
                else exam.stage,
                words("Pupils"): exam.n_pupils,
                words("Schools"): exam.n_schools,
                words("Release"): _release(exam, words),
                words("Origin"): _origin(exam, words) or own,
            }
            for exam in exams
        ]
    )
    # A whole number even where one is not shown.
    return table.astype({words("Pupils"): "Int64"})


def _release(exam: ExamChoice, words: Words) -> str:
    published = formats.day(formats.beijing_day(exam.published_at), words=words)
    return words("no. {number}, {date}", number=exam.release, date=published)


def _origin(exam: ExamChoice, words: Words) -> str:
    parts = [words("simulated demonstration")] if exam.is_demonstration else []
    return " · ".join([*parts, *(text for text in (exam.source, exam.licence) if text)])
