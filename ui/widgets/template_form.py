"""The workbook to fill in: asked of the page, with the schools of the store."""

import streamlit as st

from data.scope import Scope
from ui import state, url_state
from ui.text import Words
from ui.widgets.import_form import LONGEST_NAME, read_full_marks


def show_template(scope: Scope, *, words: Words) -> None:
    """Offer a workbook with the schools of the store, one of them, and no pupil."""
    st.caption(
        words(
            "The workbook from this page lists the schools and no pupils, because it would "
            "name them to whoever sits at this machine: copy a school's row once for each "
            "pupil. One with the pupils of the roster in it is written by the command line: "
            "{command}",
            command="`python -m pipeline template --exam … --out …`",
        )
    )
    schools = state.county_schools(scope)
    left, right = st.columns(2)
    exam = left.text_input(
        words("Name of the exam"), key="template_exam", max_chars=LONGEST_NAME
    ).strip()
    grade = right.number_input(
        words("Grade (1 to 12)"), 1, 12, value=None, step=1, key="template_grade"
    )
    subjects = left.text_input(
        words("Subjects with full marks"),
        key="template_subjects",
        placeholder=words("such as chinese=120 math=120; those of the last exam if empty"),
    )
    school = right.selectbox(
        words("School"),
        list(schools),
        index=None,
        key=url_state.TEMPLATE_SCHOOL_KEY,
        placeholder=words("all schools"),
        format_func=lambda code: _label(code, schools[code], scope),
    )
    marks = read_full_marks(subjects, words)
    papers = tuple((name, mark / 100) for name, mark in (marks or {}).items())
    name = words("template")
    st.download_button(
        words("Download the workbook"),
        lambda: state.template(scope, exam, grade=grade, subjects=papers, school=school),
        file_name=f"{name}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        disabled=not exam or marks is None,
    )


def _label(code: str, name: str, scope: Scope) -> str:
    """Return what a school is called: by its code alone where no names are wanted."""
    return f"{name} ({code})" if scope.shows_names else code
