"""Columns: a picture has the digits that the browser shows."""

import numpy as np
import pandas as pd

from ui.table_columns import Column, Kind


def test_halves_are_rounded_as_the_browser_rounds_them() -> None:
    def text(value: float, kind: Kind) -> str:
        return Column("x", kind).texts(pd.Series([value]), missing="-")[0]

    assert text(90.5, "percent") == "91"
    assert text(89.5, "percent") == "90"
    assert text(-0.125, "signed") == "-0.13"
    assert text(0.125, "plain") == "0.13"
    assert text(62.25, "points") == "62.3"
    assert text(1200.0, "count") == "1200"


def test_a_missing_figure_says_so() -> None:
    assert Column("x", "plain").texts(pd.Series([np.nan]), missing="not shown") == ["not shown"]
