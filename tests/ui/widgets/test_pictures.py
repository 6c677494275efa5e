"""What is offered below a figure: three pictures, or the way where nothing can draw them."""

import pytest
from streamlit.testing.v1 import AppTest

from ui.stamp import Caption
from ui.widgets import pictures


def script() -> None:
    """Offer the pictures of one figure."""
    import plotly.graph_objects as go

    from ui.stamp import Caption
    from ui.text import Words
    from ui.widgets.pictures import show_pictures

    caption = Caption("finding", ("county", "exam", "subject"), (), "")
    show_pictures(go.Figure, caption=caption, key="k", words=Words("en"))


def test_three_shapes_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "browser_path", lambda: "/usr/bin/chromium")
    app = AppTest.from_function(script).run()
    assert not app.exception
    assert len(app.get("download_button")) == 3


def test_without_a_browser_the_reader_is_led_to_the_camera(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "browser_path", lambda: None)
    app = AppTest.from_function(script).run()
    assert [caption.value for caption in app.caption] == [
        "To save the picture, use the camera at the upper right edge of the chart."
    ]
    assert len(app.get("download_button")) == 0


def test_a_file_is_named_by_chart_exam_and_subject_and_never_twice() -> None:
    caption = Caption("", ("示范县", "2026年6月 九年级/期末", "数学"), (), "")
    first, second = (pictures.file_stem("quadrant", caption) for _ in range(2))
    assert first.startswith("quadrant_2026年6月-九年级-期末_数学_")
    assert first != second
