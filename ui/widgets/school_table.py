"""All schools of the county in one table; a chosen row leads to the school's page."""

from typing import Any

import pandas as pd
import streamlit as st

from ui import formats
from ui.text import Words
from ui.theme import mark_of
from ui.vocabulary import status_words, verdict_words

_ROW_HEIGHT = 40


_VALUE_ADDED = ["verdict", "estimate", "interval", "n", "coverage"]


def show_school_table(
    schools: pd.DataFrame, *, with_value_added: bool, words: Words
) -> str | None:
    """Show the schools and return the code of the row that was chosen."""
    rows = school_rows(schools, words=words)
    event = st.dataframe(
        rows if with_value_added else rows.drop(columns=_VALUE_ADDED),
        key="school_table",
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height=min(len(schools) + 1, 15) * _ROW_HEIGHT + 4,
        placeholder=words("not shown"),
        column_config=_columns(schools, words),
        on_select="rerun",
        selection_mode="single-row",
    )
    chosen = event["selection"]["rows"]
    return str(schools["school"].iloc[chosen[0]]) if chosen else None


def school_rows(schools: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return the table as it is shown: numbers stay numbers, so that columns sort by value.

    A suppressed row keeps no figure of value-added, and a school without z no number of pupils.
    """
    effects = ["estimate", "low", "high", "n", "coverage"]
    schools = schools.assign(
        **schools[effects].where(schools["status"] != "suppressed"),
        n_sat=schools["n_sat"].where(schools["z"].notna()),
    )
    return pd.DataFrame(
        {
            "name": schools["name"],
            "verdict": [_verdict(row, words) for row in schools.to_dict("records")],
            "estimate": schools["estimate"],
            "interval": _intervals(schools, "low", "high"),
            # The line cannot hold a gap: an exam without a figure is left out of it.
            "history": [
                [value for value in history if formats.is_number(value)]
                for history in schools["history"]
            ],
            "n": schools["n"],
            "coverage": 100 * schools["coverage"],
            "z": schools["z"],
            "z_interval": _intervals(schools, "z_low", "z_high"),
            "n_sat": schools["n_sat"],
            "township": schools["township"].fillna(words("none")),
        }
    )


def _verdict(row: formats.Row, words: Words) -> str:
    if row["status"] != "ok":
        return status_words(str(row["status"]), words=words)
    mark = mark_of(row["verdict"])
    return verdict_words(mark.sign, mark.word, words=words)


def _intervals(schools: pd.DataFrame, low: str, high: str) -> list[str | None]:
    """Return intervals as texts; None where there is no figure, shown as words."""
    return [
        formats.signed_interval(a, b) or None
        for a, b in zip(schools[low], schools[high], strict=True)
    ]


def _columns(schools: pd.DataFrame, words: Words) -> dict[str, Any]:
    column = st.column_config
    past = [
        value for history in schools["history"] for value in history if formats.is_number(value)
    ]
    reach = max((abs(value) for value in past), default=1.0)
    return {
        "name": column.TextColumn(words("School")),
        "township": column.TextColumn(words("Township")),
        "verdict": column.TextColumn(words("Verdict on value-added"), width=175),
        "estimate": column.NumberColumn(words("Value-added (SD)"), format="%+.2f"),
        "interval": column.TextColumn(words("95 % interval")),
        "n": column.NumberColumn(words("n linked"), format="%d"),
        "coverage": column.NumberColumn(words("Coverage (%)"), format="%.0f"),
        "z": column.NumberColumn(words("Attainment z"), format="%+.2f"),
        "z_interval": column.TextColumn(words("95 % interval of z")),
        "n_sat": column.NumberColumn(words("n present"), format="%d"),
        "history": column.LineChartColumn(
            words("z so far"), y_min=-reach, y_max=reach, width=120
        ),
    }
