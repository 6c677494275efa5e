"""Home: which exams does the store hold, and how is an own file brought in."""

import streamlit as st

from ui import state
from ui.registry import IMPORT
from ui.url_state import current_words
from ui.widgets.exam_table import show_exam_table
from ui.widgets.frame import show_origin

IMPORT_EXAMPLE = """\
python -m pipeline import --help
python -m pipeline import scores.xlsx --exam "2026-06" --date 2026-06-28 --grade 9 \\
    --full-mark math=120 --dry-run"""

words, scope = current_words(), state.current_scope()
exams = state.exams(scope)
st.title(words("Zhunsheng: exam results, read honestly"))
st.markdown(
    words(
        "How much schools add, how sure that is, and what is left out: every figure carries "
        "its n and its interval, and “not enough data” is an answer."
    )
)
for kind in {(exam.is_demonstration, exam.source): exam for exam in exams}.values():
    show_origin(kind, words=words)

st.header(words("Exams in the store"))
show_exam_table(exams, words=words)

st.header(words("Bring in your own file"))
st.page_link(IMPORT.of(words), label=words("Check a file, look at the findings, publish"))
st.markdown(
    words(
        "The same by command line, on the machine that runs this system: the first line tells "
        "all options, the second checks a file without storing anything. Without `--dry-run` "
        "the exam is published and appears here."
    )
)
st.code(IMPORT_EXAMPLE, language="bash")
