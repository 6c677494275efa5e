"""Diagnostics of value-added: five looks at what the model assumes and who decides it."""

import streamlit as st

from pipeline.views import DiagnosticsView
from ui import formats
from ui.text import Words, marked
from ui.widgets.choice import choose
from ui.widgets.diagnostics_normality import show_normality
from ui.widgets.diagnostics_pupils import show_reliability, show_residuals
from ui.widgets.diagnostics_schools import show_influence, show_leverage

LOOKS: dict[str, str] = {
    "residuals": marked("Residuals of pupils"),
    "normality": marked("Normality of schools"),
    "influence": marked("Influence of single schools"),
    "leverage": marked("Hold on the line"),
    "reliability": marked("Reliability of the prior"),
}
"""The looks by the code that the address holds."""


def show_diagnostics(view: DiagnosticsView, *, words: Words) -> str | None:
    """Show one look at the diagnostics; return the code of the school that was chosen."""
    if view.status == "not_estimable":
        _say_why(view, words)
        return None
    look = choose("diagnostic", words("Look at"), {k: words(v) for k, v in LOOKS.items()})
    match look:
        case "normality":
            return show_normality(view, words=words)
        case "influence":
            return show_influence(view, words=words)
        case "leverage":
            return show_leverage(view, words=words)
        case "reliability":
            show_reliability(view, words=words)
        case _:
            show_residuals(view, words=words)
    return None


def _say_why(view: DiagnosticsView, words: Words) -> None:
    if view.why is None:
        st.info(words("There is nothing to diagnose: this exam has no baseline."))
        return
    reason = formats.told(view.why, words=words)
    st.info(words("There is nothing to diagnose. {reason}", reason=reason))
