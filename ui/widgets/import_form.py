"""What a person says of a file to import; questions of the last check become choices."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import streamlit as st

from core.errors import DataError
from core.findings import Finding
from data.importers.answers import column_answers, sheet_answers
from data.importers.full_mark import full_mark_hundredths
from data.importers.sheet_choice import EVERY_SHEET
from pipeline.check_scores import ImportRequest
from ui import formats
from ui.text import Words, marked

LONGEST_NAME = 120
_LONGEST_REASON, _LONGEST_ACTOR = 400, 60
_TYPES = ["xlsx", "csv", "xls", "et", "txt"]
_SAID = "import_answers"

# Messages name options of the command line; on the page each is a field.
_FIELDS = {
    "sheet": marked("Worksheet"),
    "column": marked("Meaning of columns"),
    "full-mark": marked("Full marks"),
    "as-school": marked("School code"),
    "reason": marked("Reason of the correction"),
}
_OPTION = re.compile(rf"--({'|'.join(_FIELDS)})\b")


class _Upload(Protocol):
    name: str

    def getvalue(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class AskedImport:
    """A file with what is said of it, and who says it."""

    request: ImportRequest
    content: bytes
    actor: str


@dataclass(frozen=True, slots=True)
class _Said:
    """The fields of the form as they were filled in."""

    upload: _Upload | None
    exam: str
    held_on: date | None
    grade: int | None
    school: str
    marks: str
    reason: str
    sheet: str | None
    columns: Sequence[str]
    actor: str


def in_fields(message: str, words: Words) -> str:
    """Return a message that names the page's fields where it names options."""
    return _OPTION.sub(lambda option: f"“{words(_FIELDS[option[1]])}”", message)


def ask_import(words: Words, *, told: Sequence[Finding] = ()) -> AskedImport | None:
    """Show the form; return what was asked when it was sent and is whole.

    Parameters
    ----------
    told : sequence of Finding
        What the last check found; the answers that it names can be chosen.
    """
    with st.form("import", border=True):
        said = _fields(words, told)
        sent = st.form_submit_button(words("Check the file"), type="primary")
    return _asked(said, words) if sent else None


def _fields(words: Words, told: Sequence[Finding]) -> _Said:
    upload = st.file_uploader(words("File (XLSX, CSV, XLS or ET)"), type=_TYPES)
    left, right = st.columns(2)
    exam = left.text_input(words("Name of the exam"), max_chars=LONGEST_NAME)
    held_on = right.date_input(words("Day of the exam"), value=None, format="YYYY-MM-DD")
    grade = left.number_input(words("Grade (1 to 12)"), 1, 12, value=None, step=1)
    school = right.text_input(
        words("School code"),
        max_chars=40,
        placeholder=words("only if the file is one school's"),
    )
    marks = left.text_input(
        words("Full marks"),
        placeholder=words("such as chinese=120 math=120; only where the headers lack them"),
    )
    reason = right.text_input(
        words("Reason of the correction"),
        max_chars=_LONGEST_REASON,
        placeholder=words("only if the file corrects a published exam"),
    )
    # Other choices make other fields: what was said before is put in again.
    sheet, columns = st.session_state.get(_SAID, (None, []))
    sheets = list(dict.fromkeys([*sheet_answers(told), EVERY_SHEET, *([sheet] * bool(sheet))]))
    every = words("* (all of one header)")
    sheet = left.selectbox(
        words("Worksheet"),
        sheets,
        index=sheets.index(sheet) if sheet else None,
        accept_new_options=True,
        placeholder=words("choose or type; the first with data if empty"),
        format_func=lambda name: every if name == EVERY_SHEET else str(name),
    )
    columns = right.multiselect(
        words("Meaning of columns"),
        list(dict.fromkeys([*columns, *column_answers(told)])),
        default=columns,
        accept_new_options=True,
        placeholder=words("choose, or type one such as mark2=math"),
    )
    actor = left.text_input(words("Your name, for the record"), max_chars=_LONGEST_ACTOR)
    day = held_on if isinstance(held_on, date) else None
    return _Said(
        upload, exam.strip(), day, grade, school.strip(), marks, reason.strip(), sheet, columns,
        actor.strip(),
    )  # fmt: skip


def _asked(said: _Said, words: Words) -> AskedImport | None:
    st.session_state[_SAID] = (said.sheet, list(said.columns))
    missing = [
        name
        for name, value in (
            (words("File (XLSX, CSV, XLS or ET)"), said.upload),
            (words("Name of the exam"), said.exam),
            (words("Day of the exam"), said.held_on),
            (words("Grade (1 to 12)"), said.grade),
            (words("Your name, for the record"), said.actor),
        )
        if not value
    ]
    if missing:
        st.error(words("Still missing: {names}.", names=words("; ").join(missing)))
    full_marks, meanings = read_full_marks(said.marks, words), _meanings(said.columns, words)
    if said.upload is None or said.held_on is None or said.grade is None or missing:
        return None
    if full_marks is None or meanings is None:
        return None
    request = ImportRequest(
        Path(),
        said.exam,
        said.held_on,
        said.grade,
        None,
        full_marks,
        school=said.school or None,
        reason=said.reason or None,
        sheet=said.sheet,
        columns=meanings,
        file_name=said.upload.name,
    )
    return AskedImport(request, said.upload.getvalue(), said.actor)


def _meanings(answers: Sequence[str], words: Words) -> dict[str, str] | None:
    """Return meanings by header; None when an answer is no meaning of a header."""
    meanings: dict[str, str] = {}
    for answer in answers:
        header, _, meaning = (part.strip() for part in answer.rpartition("="))
        if not (header and meaning):
            st.error(words("A column's meaning is written as mark2=math; found: {part}",
                           part=formats.safe_markdown(answer)))  # fmt: skip
            return None
        if meanings.setdefault(header, meaning) != meaning:
            st.error(words("Column {part} has more than one meaning. Keep one.",
                           part=formats.safe_markdown(header)))  # fmt: skip
            return None
    return meanings


def read_full_marks(text: str, words: Words) -> dict[str, int] | None:
    """Return full marks in hundredths by subject; None when the text is no list of them."""
    marks: dict[str, int] = {}
    for part in filter(None, re.split(r"[\s,\uff0c]+", text)):
        subject, _, mark = part.rpartition("=")
        try:
            marks[subject] = full_mark_hundredths(mark)
        except DataError as error:
            st.error(formats.told_error(error, words=words))
            return None
        if not subject:
            st.error(words("Full marks are written as math=120; found: {part}",
                           part=formats.safe_markdown(part)))  # fmt: skip
            return None
    return marks
