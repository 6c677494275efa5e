"""The table of schools: numbers sort as numbers, what is not shown has words."""

import numpy as np
import pandas as pd

from tests.ui.made_views import make_schools
from ui.text import Words
from ui.widgets.school_table import school_rows

EN = Words("en")


def test_verdicts_stand_with_shape_and_word() -> None:
    rows = school_rows(make_schools(20), words=EN)
    assert rows["verdict"].iloc[0] == "▲ well above expected"
    assert rows["verdict"].iloc[-1] == "▼ well below expected"


def test_numbers_stay_numbers_so_that_columns_sort() -> None:
    rows = school_rows(make_schools(3), words=EN)
    assert all(pd.api.types.is_numeric_dtype(rows[c]) for c in ("estimate", "z", "n", "n_sat"))


def test_a_hidden_school_has_its_reason_and_no_figure() -> None:
    schools = make_schools(3)
    schools.loc[1, ["estimate", "low", "high", "z", "z_low", "z_high"]] = np.nan
    schools.loc[1, "status"] = "suppressed"
    row = school_rows(schools, words=EN).iloc[1]
    assert row["verdict"] == "hidden: fewer than 10 pupils, or needed to protect such a group"
    assert row[["estimate", "interval", "n", "coverage", "n_sat"]].isna().all()


def test_a_suppressed_row_tells_nothing_of_value_added_even_if_it_came_with_it() -> None:
    schools = make_schools(3)
    schools.loc[1, "status"] = "suppressed"
    row = school_rows(schools, words=EN).iloc[1]
    assert row[["estimate", "interval", "n", "coverage"]].isna().all()
    assert row["z"] == schools["z"].iloc[1]


def test_intervals_are_written_out() -> None:
    assert school_rows(make_schools(3), words=EN)["interval"].iloc[1] == "[−0.29, +0.29]"
