"""Findings of bands, grid and funnel: counts in words, cells as the rules give them."""

import pandas as pd

from tests.ui.briefing_views import make_board, make_funnel, make_grid
from ui.text import Words
from ui.theme import BANDS
from ui.warning_sentences import (
    NOT_KNOWN,
    band_finding,
    funnel_finding,
    funnel_note,
    grid_cells,
    grid_finding,
    subject_counts,
)

EN = Words("en")


def test_counts_hold_every_subject_and_every_band() -> None:
    counts = subject_counts(make_board(), words=EN)
    assert len(counts) == 2 * len(BANDS)
    assert counts["n"].sum() == 6
    math = counts[counts["name"] == "Mathematics"].set_index("band")["n"]
    assert math.to_dict() == {
        "red": 1, "yellow": 0, "blue": 1, "none": 0, "insufficient": 1,
    }  # fmt: skip


def test_the_finding_of_the_board_counts_by_colour() -> None:
    view = make_board()
    assert band_finding(view, words=EN) == ("▲ 1 serious, ◆ 0 caution, ● 1 watch, in 2 schools")
    calm = make_board()
    calm.bands["band"] = "none"
    assert band_finding(calm, words=EN) == "No warning in 6 judgements of 3 schools"


def test_every_cell_of_the_grid_has_the_band_of_the_rules() -> None:
    cells = grid_cells(make_grid())
    by_place = {(row["status"], row["change"]): row for row in cells.to_dict("records")}
    assert len(by_place) == 30  # 5 x 5 and those without an earlier figure
    assert [by_place[1, 1][name] for name in ("band", "n", "names")] == ["red", 1, ("甲校",)]
    assert by_place[3, NOT_KNOWN]["n"] == 1
    assert by_place[1, NOT_KNOWN]["band"] == "yellow"
    assert cells["n"].sum() == 3


def test_a_first_exam_has_one_column() -> None:
    view = make_grid()
    view.schools["change"] = pd.array([None] * 3, dtype="Int64")
    cells = grid_cells(view)
    assert set(cells["change"]) == {NOT_KNOWN}
    assert "no earlier exam" in grid_finding(view, words=EN)


def test_the_finding_of_the_grid_counts_who_moved() -> None:
    assert grid_finding(make_grid(), words=EN) == (
        "Beyond their error 1 school fell and 1 school rose; of the lowest fifth 1 school fell"
    )


def test_the_funnel_says_who_lies_outside_and_who_is_not_drawn() -> None:
    view = make_funnel()
    assert funnel_finding(view, words=EN).startswith(
        "Pass rate: of 4 schools, 1 lie above and 1 below"
    )
    assert funnel_note(view, words=EN).endswith("without a figure): 1 school.")
