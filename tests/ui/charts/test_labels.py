"""Names beside points: no two overlap, none leaves the plot, the first choose first."""

from hypothesis import given
from hypothesis import strategies as st

from ui.charts.labels import PLOT_PIXELS, Label, PlacedLabel, spread_labels, text_pixels
from ui.theme import TEXT_SIZE

RANGE = (-1.0, 1.0)
SPOTS = st.lists(
    st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.integers(1, 12)), min_size=1, max_size=40
)


def box_of(placed: PlacedLabel) -> tuple[float, float, float, float]:
    """Return left, low, right and high of the text in pixels."""
    x = PLOT_PIXELS[0] * (placed.label.x + 1) / 2 + placed.xshift
    y = PLOT_PIXELS[1] * (placed.label.y + 1) / 2 + placed.yshift
    width, height = text_pixels(placed.label.text), 1.2 * TEXT_SIZE
    left = x - {"left": 0, "center": 0.5, "right": 1}[placed.xanchor] * width
    low = y - {"bottom": 0, "middle": 0.5, "top": 1}[placed.yanchor] * height
    return left, low, left + width, low + height


def spread(labels: list[Label]) -> list[PlacedLabel]:
    points = [(label.x, label.y) for label in labels]
    return spread_labels(labels, points=points, x_range=RANGE, y_range=RANGE)


@given(spots=SPOTS)
def test_no_two_names_overlap_and_none_leaves_the_plot(
    spots: list[tuple[float, float, int]],
) -> None:
    boxes = [box_of(p) for p in spread([Label("校" * n, x, y) for x, y, n in spots])]
    for i, (left, low, right, high) in enumerate(boxes):
        assert left >= -1e-9
        assert right <= PLOT_PIXELS[0] + 1e-9
        for other in boxes[:i]:
            apart = left >= other[2] - 1e-9 or other[0] >= right - 1e-9
            assert apart or low >= other[3] - 1e-9 or other[1] >= high - 1e-9


def test_a_lonely_name_stands_to_the_right() -> None:
    (placed,) = spread([Label("A", 0.0, 0.0)])
    assert placed.xanchor == "left"
    assert placed.xshift > 0


def test_a_name_at_the_right_edge_turns_to_the_left() -> None:
    (placed,) = spread([Label("第一实验学校", 0.98, 0.0)])
    assert placed.xanchor == "right"


def test_in_a_crowd_the_first_label_is_kept() -> None:
    labels = [Label(f"第{i}实验学校", 0.001 * i, 0.0) for i in range(30)]
    placed = spread(labels)
    assert 0 < len(placed) < len(labels)
