"""Pictures: a PNG of the right size with its text, or advice instead of a dead button."""

from collections.abc import Iterator
from io import BytesIO

import plotly.graph_objects as go
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from core.errors import QualityError
from tests.browser.conftest import require_browser
from ui import pictures
from ui.stamp import Caption, base_layout, stamped
from ui.theme import LIGHT


@pytest.fixture
def drawing_browser() -> Iterator[None]:
    """End the browser that the test has started."""
    require_browser()
    yield
    pictures.stop()


def script() -> None:
    """Offer one picture."""
    import plotly.graph_objects as go

    from ui.pictures import show_picture_button
    from ui.text import Words

    show_picture_button(go.Figure, file_stem="f", key="k", words=Words("en"))


@pytest.mark.browser
@pytest.mark.usefixtures("drawing_browser")
def test_a_picture_is_a_png_of_3200_pixels_with_the_title_in_it() -> None:
    plain = go.Figure(layout={**base_layout(LIGHT), "height": 300})
    caption = Caption("汉字标题", ("示范县",), (), "")
    titled = stamped(plain, caption=caption, palette=LIGHT)
    with Image.open(BytesIO(pictures.png_of(titled))) as picture:
        assert picture.format == "PNG"
        assert picture.size == (3200, round(titled.layout.height * pictures.SCALE))
        title = picture.convert("L").crop((0, 0, 1000, 120))
        assert min(title.tobytes()) < 100


def test_without_a_browser_the_reader_is_led_to_the_camera(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "browser_path", lambda: None)
    app = AppTest.from_function(script).run()
    assert [caption.value for caption in app.caption] == [
        "To save the picture, use the camera at the upper right edge of the chart."
    ]
    assert len(app.get("download_button")) == 0


def test_a_browser_that_does_not_answer_is_told_to_the_reader(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "TIMEOUT", 0.01)
    monkeypatch.setattr(pictures, "_draw", lambda _figure, _answers: None)
    with pytest.raises(QualityError, match="use the camera"):
        pictures.png_of(go.Figure())


def test_a_browser_that_fails_is_told_to_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_figure: go.Figure) -> bytes:
        raise OSError

    monkeypatch.setattr(pictures, "_render", fail)
    with pytest.raises(QualityError, match="图片未能"):
        pictures.png_of(go.Figure())
