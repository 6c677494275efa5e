"""Columns of tables: how a value is worded, the same on the screen and in a picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from ui import formats

Kind = Literal["text", "count", "signed", "plain", "fine", "percent", "points", "line"]

DIGITS: dict[Kind, int] = {
    "count": 0,
    "signed": 2,
    "plain": 2,
    "fine": 3,
    "percent": 0,
    "points": 1,
}
"""Digits after the point by kind of number."""

_FORMATS: dict[Kind, str] = {
    kind: f"%{'+' if kind == 'signed' else ''}.{digits}f" for kind, digits in DIGITS.items()
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading in the reader's words, and what kind of values it has.

    Attributes
    ----------
    kind : str
        text; count (whole number); signed (+0.12); plain (0.12); fine (0.123); percent (a
        share times 100, whole); points (one decimal); line (a list of numbers as a small
        line, not in pictures).
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

    def shown(self, values: pd.Series) -> pd.Series:
        """Return the values with the digits that are shown, halves away from zero.

        A browser rounds 12.5 to 13 and Python to 12: what is rounded here is rounded once, and
        is the same on the screen, in a picture and in a file.
        """
        if self.kind not in DIGITS:
            return values
        digits = DIGITS[self.kind]
        numbers = _rounded(pd.to_numeric(values).astype("Float64"), digits)
        return numbers.astype("Int64") if self.kind == "count" else numbers.astype("float64")

    def texts(self, values: pd.Series, *, missing: str) -> list[str]:
        """Return the values as a picture shows them, with the digits of the screen."""
        if self.kind == "text":
            return [missing if pd.isna(value) else str(value) for value in values]
        pattern = _FORMATS[self.kind]
        return [
            pattern % value if formats.is_number(value) else missing
            for value in self.shown(values)
        ]


def without_lines(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns that cells and pictures can hold: small lines are left out."""
    return {name: column for name, column in columns.items() if column.kind != "line"}


def _rounded(values: pd.Series, digits: int) -> pd.Series:
    """Round halves away from zero; a zero has no sign."""
    scale = 10.0**digits
    away = (values.abs() * scale + 0.5) // 1 / scale
    return away.where(values >= 0, -away) + 0.0
