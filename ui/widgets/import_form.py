"""What a person says of a file to import, and the workbook to fill in before."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from core.errors import DataError
from data.importers.full_mark import full_mark_hundredths
from data.scope import Scope
from pipeline.check_scores import ImportRequest
from ui import state
from ui.text import Words

_LONGEST_NAME, _LONGEST_REASON, _LONGEST_ACTOR = 120, 400, 60
_TYPES = ["xlsx", "csv", "xls", "et", "txt"]


@dataclass(frozen=True, slots=True)
class AskedImport:
    """A file with what is said of it, and who says it."""

    request: ImportRequest
    content: bytes
    actor: str


def show_template(scope: Scope, *, words: Words) -> None:
    """Offer a workbook with the schools of the store."""
    exam = st.text_input(
        words("Name of the exam"), key="template_exam", max_chars=_LONGEST_NAME
    ).strip()
    name = words("template")
    st.download_button(
        words("Download the workbook"),
        lambda: state.template(scope, exam),
        file_name=f"{name}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        disabled=not exam,
    )


def ask_import(words: Words) -> AskedImport | None:
    """Show the form; return what was asked when it was sent and is whole."""
    with st.form("import", border=True):
        upload = st.file_uploader(words("File (XLSX, CSV, XLS or ET)"), type=_TYPES)
        left, right = st.columns(2)
        exam = left.text_input(words("Name of the exam"), max_chars=_LONGEST_NAME).strip()
        held_on = right.date_input(words("Day of the exam"), value=None, format="YYYY-MM-DD")
        grade = left.number_input(words("Grade (1 to 12)"), 1, 12, value=None, step=1)
        school = right.text_input(
            words("Code of the school, if the file is one school's"), max_chars=40
        ).strip()
        marks = left.text_input(
            words("Full marks that the headers do not state, such as chinese=120 math=120")
        )
        reason = right.text_input(
            words("Reason, if it corrects a published exam"), max_chars=_LONGEST_REASON
        ).strip()
        actor = left.text_input(words("Your name, for the record"), max_chars=_LONGEST_ACTOR)
        sent = st.form_submit_button(words("Check the file"), type="primary")
    if not sent:
        return None
    missing = [
        name
        for name, value in (
            (words("File (XLSX, CSV, XLS or ET)"), upload),
            (words("Name of the exam"), exam),
            (words("Day of the exam"), held_on),
            (words("Grade (1 to 12)"), grade),
            (words("Your name, for the record"), actor.strip()),
        )
        if not value
    ]
    full_marks = _full_marks(marks, words)
    if missing:
        st.error(words("Still missing: {names}.", names=words("; ").join(missing)))
    if missing or full_marks is None or upload is None or not isinstance(held_on, date):
        return None
    request = ImportRequest(
        Path(),
        exam,
        held_on,
        int(grade or 0),
        None,
        full_marks,
        school=school or None,
        reason=reason or None,
        file_name=upload.name,
    )
    return AskedImport(request, upload.getvalue(), actor.strip())


def _full_marks(text: str, words: Words) -> dict[str, int] | None:
    """Return full marks in hundredths by subject; None when the text is no list of them."""
    marks: dict[str, int] = {}
    for part in filter(None, re.split(r"[\s,\uff0c]+", text)):
        subject, _, mark = part.rpartition("=")
        try:
            marks[subject] = full_mark_hundredths(mark)
        except DataError as error:
            st.error(words.either(english=error.message, chinese=error.message_zh))
            return None
        if not subject:
            st.error(words("Full marks are written as math=120; found: {part}", part=part))
            return None
    return marks
