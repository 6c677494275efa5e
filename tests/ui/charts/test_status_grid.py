"""The grid: a cell for every level and change, with sign and number beside its colour."""

import pytest

from tests.ui.briefing_views import make_grid
from ui.charts.status_grid import status_grid
from ui.text import Words
from ui.theme import DARK, LIGHT, Palette
from ui.warning_sentences import NOT_KNOWN, grid_cells

EN = Words("en")


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_cell_is_filled_and_tells_sign_and_number(palette: Palette) -> None:
    cells = grid_cells(make_grid())
    figure = status_grid(cells, words=EN, palette=palette)
    rectangles = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert len(rectangles) == len(cells) == 30
    texts = cells.assign(text=figure.data[0].text).set_index(["status", "change"])["text"]
    assert texts[1, 1] == "▲ 1"
    assert texts[5, 5] == "– 0"


def test_axes_name_levels_and_changes_and_the_unknown_column() -> None:
    figure = status_grid(grid_cells(make_grid()), words=EN, palette=LIGHT)
    assert figure.layout.yaxis.ticktext[0].strip() == "lowest fifth"
    assert figure.layout.xaxis.ticktext[-1].replace("<br>", " ") == "no earlier exam"


def test_a_first_exam_shows_only_the_unknown_column() -> None:
    cells = grid_cells(make_grid())
    alone = cells[cells["change"] == NOT_KNOWN]
    figure = status_grid(alone, words=EN, palette=LIGHT)
    assert list(figure.layout.xaxis.tickvals) == [NOT_KNOWN]


def test_touching_a_cell_names_its_schools() -> None:
    figure = status_grid(grid_cells(make_grid()), words=EN, palette=LIGHT)
    assert "<b>serious</b><br>1 school<br>甲校" in figure.data[0].hovertext
