"""Columns of tables: how a value is worded, the same on the screen and in a picture."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

import pandas as pd
import streamlit as st

from ui import formats

Kind = Literal["text", "count", "signed", "plain", "percent", "points", "line"]

_FORMATS: dict[Kind, str] = {
    "count": "%d",
    "signed": "%+.2f",
    "plain": "%.2f",
    "percent": "%.0f",
    "points": "%.1f",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading in the reader's words, and what kind of values it has.

    Attributes
    ----------
    kind : str
        text; count (whole number); signed (+0.12); plain (0.12); percent (a share times 100,
        whole); points (one decimal); line (a list of numbers as a small line, not in pictures).
    reach : float, optional
        Largest distance from zero of a small line, so that all lines have one scale.
    help : str, optional
        What the heading means, shown where the pointer rests on it.
    """

    title: str
    kind: Kind = "text"
    width: Literal["small", "medium", "large"] | int | None = None
    reach: float = 1.0
    help: str | None = None

    def on_screen(self) -> Any:
        """Return the column as Streamlit shows it: numbers stay numbers, so that they sort."""
        columns = st.column_config
        if self.kind == "text":
            return columns.TextColumn(self.title, width=self.width, help=self.help)
        if self.kind == "line":
            return columns.LineChartColumn(
                self.title,
                width=self.width,
                help=self.help,
                y_min=-self.reach,
                y_max=self.reach,
            )
        return columns.NumberColumn(
            self.title, width=self.width, help=self.help, format=_FORMATS[self.kind]
        )

    def texts(self, values: pd.Series, *, missing: str) -> list[str]:
        """Return the values as a picture shows them, with the digits of the screen."""
        if self.kind == "text":
            return [missing if pd.isna(value) else str(value) for value in values]
        pattern = _FORMATS[self.kind]
        return [
            pattern % _as_on_screen(value, pattern) if formats.is_number(value) else missing
            for value in values
        ]


def _as_on_screen(value: float, pattern: str) -> Decimal:
    """Return the value rounded as the browser does: 90.5 to 91, where Python says 90."""
    digits = pattern.partition(".")[2][:1] or "0"
    return Decimal(value).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)
