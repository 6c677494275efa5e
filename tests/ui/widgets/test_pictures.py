"""What is offered below a figure: three pictures, or the way where nothing can draw them."""

from io import BytesIO
from zipfile import ZipFile

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from tests.drawers import open_drawers
from ui.stamp import Caption
from ui.widgets import figure, pictures


def chart_script() -> None:
    """Show what stands below a chart."""
    import plotly.graph_objects as go

    from ui.stamp import Caption
    from ui.text import Words
    from ui.widgets.figure import Figure, show_below

    caption = Caption("finding", ("county", "exam", "subject"), (), "")
    show_below(Figure("k", lambda _: go.Figure(), caption, ("z",)), words=Words("en"))


def test_three_shapes_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure, "browser_path", lambda: "/usr/bin/chromium")
    app = open_drawers(AppTest.from_function(chart_script).run())
    assert not app.exception
    assert [button.proto.label for button in app.get("download_button")] == [
        "For a slide, 16:9 (PNG)",
        "As it is (PNG)",
        "To be enlarged (SVG)",
    ]


def test_without_a_browser_the_reader_is_led_to_the_camera(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(figure, "browser_path", lambda: None)
    app = AppTest.from_function(chart_script).run()
    assert app.caption[0].value == (
        "To save the picture, use the camera at the upper right edge of the chart."
    )
    assert len(app.get("download_button")) == 0


def test_several_pictures_come_in_one_file_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [go.Figure(layout={"title": {"text": text}}) for text in ("first", "second")]
    monkeypatch.setattr(
        pictures, "picture_of", lambda chart, *_, **__: chart.layout.title.text.encode()
    )
    parts = [lambda chart=chart: chart for chart in drawn]
    file = pictures.pictures_of(parts, "page", stem="t_exam", link=None)
    with ZipFile(BytesIO(file)) as archive:
        assert archive.namelist() == ["t_exam_01.png", "t_exam_02.png"]
        assert [archive.read(name) for name in archive.namelist()] == [b"first", b"second"]
    assert pictures.pictures_of(parts[:1], "page", stem="t", link=None) == b"first"


def test_a_file_is_named_by_chart_exam_and_subject_and_never_twice() -> None:
    caption = Caption("", ("示范县", "2026年6月 九年级/期末", "数学"), (), "")
    first, second = (pictures.file_stem("quadrant", caption) for _ in range(2))
    assert first.startswith("quadrant_2026年6月-九年级-期末_数学_")
    assert first != second
