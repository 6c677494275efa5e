"""Item map: items by number, noted ones by shape, limits drawn, hidden ones left out."""

from tests.ui.made_subject_views import make_items_view
from ui.charts.item_map import item_map
from ui.text import Words
from ui.theme import LIGHT

EN = Words("en")
FIGURE = item_map(make_items_view().items, limits=(0.3, 0.9, 0.2), words=EN, palette=LIGHT)


def test_every_note_has_its_own_shape_and_word() -> None:
    assert {trace.name for trace in FIGURE.data} == {
        "nothing to note (1)",
        "too easy (1)",
        "too hard (1)",
        "hardly tells pupils apart (1)",
        "against the rest: check the key (1)",
    }
    assert len({trace.marker.symbol for trace in FIGURE.data}) == 5


def test_items_are_named_by_their_number_and_hidden_ones_are_not_there() -> None:
    numbers = {annotation.text for annotation in FIGURE.layout.annotations}
    assert numbers == {"1", "2", "3", "4", "21(2)"}
    assert "6" not in {code for trace in FIGURE.data for (code,) in trace.customdata}


def test_the_three_limits_are_lines() -> None:
    lines = FIGURE.layout.shapes
    assert [line.x0 for line in lines[:2]] == [0.3, 0.9]
    assert lines[2].y0 == 0.2


def test_hover_tells_points_difficulty_discrimination_and_n() -> None:
    easy = next(trace for trace in FIGURE.data if trace.name.startswith("too easy"))
    text = easy.text[0]
    assert "Item 1" in text
    assert "95.0% [93.0%, 97.0%]" in text
    assert "0.10" in text
    assert "900 pupils" in text


def test_items_of_a_negative_discrimination_are_inside_the_axis() -> None:
    items = make_items_view().items.assign(discrimination=-0.3)
    figure = item_map(items, limits=(0.3, 0.9, 0.2), words=EN, palette=LIGHT)
    assert figure.layout.yaxis.range[0] < -0.3
