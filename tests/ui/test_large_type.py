"""Type of a meeting: nothing in a chart is smaller than 18 pixels, the plot keeps its room."""

import re

import plotly.graph_objects as go
import pytest

from tests.ui.made_views import make_leadership_view, make_schools
from ui.charts.caterpillar import caterpillar
from ui.charts.quadrant import quadrant
from ui.large_type import FACTOR, enlarged
from ui.stamp import caption_of, stamped
from ui.text import Words
from ui.theme import LIGHT

ZH = Words("zh")


def figures() -> list[go.Figure]:
    view = make_leadership_view(make_schools(20))
    caption = caption_of(view.stamp, finding="结论", words=ZH, notes=("说明",))
    drawn = (chart(view.schools, words=ZH, palette=LIGHT) for chart in (caterpillar, quadrant))
    return [stamped(figure, caption=caption, palette=LIGHT) for figure in drawn]


def sizes_in(value: object) -> list[float]:
    """Return the sizes of all fonts in a figure, in spans of its texts too."""
    if isinstance(value, dict):
        fonts = [
            part["size"]
            for key, part in value.items()
            if str(key).endswith("font") and isinstance(part, dict) and "size" in part
        ]
        return fonts + [size for part in value.values() for size in sizes_in(part)]
    if isinstance(value, list | tuple):
        return [size for part in value for size in sizes_in(part)]
    return [float(size) for size in re.findall(r"font-size:(\d+)px", str(value))]


@pytest.mark.parametrize("figure", figures())
def test_no_letter_is_smaller_than_a_projector_asks_for(figure: go.Figure) -> None:
    assert min(sizes_in(figure.to_dict())) < 18
    assert min(sizes_in(enlarged(figure).to_dict())) >= 18


@pytest.mark.parametrize("figure", figures())
def test_the_plot_keeps_its_height(figure: go.Figure) -> None:
    large = enlarged(figure)

    def plot(drawn: go.Figure) -> float:
        margin = drawn.layout.margin
        return float(drawn.layout.height - margin.t - margin.b)

    assert plot(large) == pytest.approx(plot(figure), abs=1)
    assert large.layout.margin.t == pytest.approx(FACTOR * figure.layout.margin.t, abs=1)


def test_the_figure_itself_stays_as_it_was() -> None:
    figure = figures()[0]
    before = figure.to_json()
    enlarged(figure)
    assert figure.to_json() == before
