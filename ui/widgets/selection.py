"""Exam, baseline, subject and method: the pickers that all pages share."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from core.value_added import Method
from pipeline.views import ExamChoice, Query
from ui import formats, url_state
from ui.text import Words
from ui.vocabulary import METHODS, subject_name

_KEYS = ("exam", "baseline", "subject", "method")


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader has chosen: the exam, and the query that loads its views."""

    exam: ExamChoice
    query: Query

    def address(self) -> dict[str, str]:
        """Return the selection as values of an address, for a link with the same selection."""
        values = {
            "exam": self.query.exam,
            "baseline": self.query.baseline,
            "subject": self.query.subject,
            "method": self.query.method,
        }
        return {key: value for key, value in values.items() if value is not None}


_OFFERED: tuple[Method, ...] = ("random_intercept", "contextual")
"""Methods in population SD with a model behind them, which the charts of these pages show."""


def pick_selection(
    exams: tuple[ExamChoice, ...], *, has_method: bool, words: Words
) -> Selection | None:
    """Ask for exam, baseline, subject and method; None until an exam of the store is chosen.

    Where the page does not depend on the method, the one that was chosen elsewhere is kept.
    """
    with st.container(key="selection"):
        columns = st.columns([5, 5, 2.4, 3] if has_method else [5, 5, 2.4])
    with columns[0]:
        exam = _pick_exam(exams, words)
    if exam is None:
        _show_unknown_exam(exams, words)
        return None
    with columns[1]:
        baseline = _pick_baseline(exam, words)
    with columns[2]:
        subject = _pick_subject(exam, words)
    if has_method:
        with columns[3]:
            _pick_method(words)
    else:
        url_state.prepare("method", codes=_OFFERED, default=_OFFERED[0])
    method = _method()
    query = Query(exam=exam.name, subject=subject, baseline=baseline, method=method)
    selection = Selection(exam, query)
    url_state.write({"baseline": None, **selection.address()})
    return selection


def _pick_exam(exams: tuple[ExamChoice, ...], words: Words) -> ExamChoice | None:
    by_name = {exam.name: exam for exam in exams}
    unknown = url_state.prepare_required("exam", codes=list(by_name), default=exams[0].name)
    st.selectbox(
        words("Exam"),
        list(by_name),
        key="exam",
        index=0 if unknown is None else None,
        placeholder=words("Choose an exam"),
        persist_state="session",
    )
    return by_name.get(st.session_state["exam"])


def _show_unknown_exam(exams: tuple[ExamChoice, ...], words: Words) -> None:
    st.warning(
        words(
            "The link asks for an exam that this store does not hold: {code}. It may have "
            "another name here, or not be imported yet. Choose one of the {n} exams above.",
            code=formats.echoed(st.query_params.get("exam", "")),
            n=len(exams),
        )
    )


def _pick_baseline(exam: ExamChoice, words: Words) -> str | None:
    if not exam.baselines:
        st.selectbox(
            words("Baseline for value-added"),
            [],
            key="no_baseline",
            disabled=True,
            placeholder=words("no earlier exam with linked pupils"),
        )
        return None
    _pick("baseline", words("Baseline for value-added"), dict.fromkeys(exam.baselines), words)
    return str(st.session_state["baseline"])


def _pick_subject(exam: ExamChoice, words: Words) -> str:
    names = {s.code: subject_name(s.code, s.name, words=words) for s in exam.subjects}
    url_state.take_names("subject", {s.name: s.code for s in exam.subjects})
    default = "total" if "total" in names else next(iter(names))
    _pick("subject", words("Subject"), names, words, default=default)
    return str(st.session_state["subject"])


def _pick_method(words: Words) -> None:
    names: dict[str, str] = {code: words(METHODS[code]) for code in _OFFERED}
    _pick("method", words("Method"), names, words)


def _method() -> Method:
    return "contextual" if st.session_state["method"] == "contextual" else "random_intercept"


def _pick(
    key: str,
    label: str,
    names: Mapping[str, str | None],
    words: Words,
    *,
    default: str | None = None,
) -> None:
    """Draw a picker whose codes are named by ``names``; a code without a name names itself."""
    codes = list(names)
    unknown = url_state.prepare(key, codes=codes, default=default or codes[0])
    st.selectbox(
        label,
        codes,
        key=key,
        format_func=lambda code: names[code] or code,
        persist_state="session",
    )
    if unknown is not None:
        st.caption(
            words(
                "The link asks for “{code}”, which this exam does not have.",
                code=formats.echoed(unknown),
            )
        )
