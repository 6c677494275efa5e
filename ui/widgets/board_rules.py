"""How a warning band is made, by whose rules, and what could not be judged."""

import pandas as pd
import streamlit as st

from core.warning.rules import BANDS as BAND_CODES
from core.warning.rules import RuleSet
from pipeline.views import WarningBoardView
from ui import formats
from ui.band_words import (
    band_words,
    reason_words,
    rule_set_words,
    signal_value,
    signal_words,
)
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.widgets.table import Table, show_table


def show_rules(view: WarningBoardView, *, words: Words) -> None:
    """Show who made the rules, how signals become a band, and every line."""
    rules = view.rules
    named = formats.safe_markdown(rule_set_words(rules, words=words))
    st.markdown(words("Rule set: {rules}.", rules=named))
    if rules.origin == "project_default":
        st.warning(
            words(
                "These lines are defaults of this project and no policy: no document that asks "
                "for warnings gives a threshold. A bureau can set its own."
            ),
            icon=":material/gavel:",
        )
    st.markdown(
        words(
            "A school's level (fifth of its comparison group by mean z) and its change since "
            "the exam before meet in a grid that gives a band; named signals give a band each. "
            "Blue needs {blue} signal, yellow {yellow}, red {red}, the grid among them; the "
            "grid alone suffices. Without level, or with too few pupils, there is no band: not "
            "enough data is no colour.",
            blue=rules.needs[0],
            yellow=rules.needs[1],
            red=rules.needs[2],
        )
    )
    table = Table(
        "rules",
        _lines(rules, words=words),
        {
            "signal": Column(words("Signal")),
            **{code: Column(band_words(code, words=words)) for code in BAND_CODES[1:]},
            "min_pupils": Column(words("fewest pupils"), "count"),
        },
        caption_of(
            view.stamp,
            finding=words("From where each signal gives a band"),
            words=words,
            notes=(
                words(
                    "By its cell: the level is a school's place among the schools of its own "
                    "group, in fifths, so some schools always stand in the lowest fifth, "
                    "however well the group does."
                ),
            ),
        ),
        ("warning_band", "status_grid"),
        paint=None,
    )
    show_table(table, words=words)


def show_left_out(view: WarningBoardView, *, words: Words) -> None:
    """List hidden schools, and count what could not be judged for another reason."""
    bands = view.bands
    other = bands[(bands["band"] == "insufficient") & (bands["reason"] != "suppressed")]
    for reason, n in other["reason"].value_counts().items():
        why = reason_words(str(reason), words=words)
        text = words.plural(
            "{n} judgement: {reason}", "{n} judgements: {reason}", n=int(n), reason=why
        )
        st.markdown(f"- {text}")
    if len(view.hidden):
        comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
        st.markdown(
            "- "
            + words(
                "Hidden: {schools}. {reason}",
                schools=formats.safe_markdown(comma.join(view.hidden["name"])),
                reason=reason_words("suppressed", words=words),
            )
        )
    if other.empty and view.hidden.empty:
        st.markdown(words("Every school of this exam is judged in every subject."))


def _lines(rules: RuleSet, *, words: Words) -> pd.DataFrame:
    rows = [
        {
            "signal": signal_words("grid", words=words),
            **dict.fromkeys(BAND_CODES[1:], words("by its cell")),
            "min_pupils": rules.grid.min_pupils,
        }
    ]
    for rule in rules.signals:
        lines = {
            band: signal_value(rule.code, line, words=words)
            for band, line in zip(BAND_CODES[1:], rule.lines, strict=True)
        }
        rows.append(
            {
                "signal": signal_words(rule.code, words=words),
                **lines,
                "min_pupils": rule.min_pupils,
            }
        )
    return pd.DataFrame(rows)
