"""Pictures: a PNG of the right size with its text, or advice instead of a dead button."""

from collections.abc import Iterator
from io import BytesIO

import plotly.graph_objects as go
import pytest
import zxingcpp
from PIL import Image

from core.errors import QualityError
from tests.browser.conftest import require_browser
from ui import pictures
from ui.stamp import Caption, base_layout, stamped
from ui.theme import LIGHT

LINK = "http://127.0.0.1:8501/leadership?exam=%E6%9C%9F%E6%9C%AB&subject=math"


@pytest.fixture
def drawing_browser() -> Iterator[None]:
    """End the browser that the test has started."""
    require_browser()
    yield
    pictures.stop()


def titled(height: int = 300) -> go.Figure:
    """Return an empty figure under a Chinese title."""
    plain = go.Figure(layout={**base_layout(LIGHT), "height": height})
    caption = Caption("汉字标题", ("示范县",), (), "")
    return stamped(plain, caption=caption, palette=LIGHT)


@pytest.mark.browser
@pytest.mark.usefixtures("drawing_browser")
def test_a_picture_is_a_png_of_3200_pixels_with_the_title_in_it() -> None:
    figure = titled()
    with Image.open(BytesIO(pictures.picture_of(figure, "page", link=None))) as picture:
        assert picture.format == "PNG"
        assert picture.size == (3200, round(figure.layout.height * 2.5))
        title = picture.convert("L").crop((0, 0, 1000, 120))
        assert min(title.tobytes()) < 100


@pytest.mark.browser
@pytest.mark.usefixtures("drawing_browser")
@pytest.mark.parametrize("height", [300, 1600])
def test_a_slide_is_16_by_9_and_its_code_leads_to_the_view(height: int) -> None:
    slide = pictures.picture_of(titled(height), "slide", link=LINK)
    with Image.open(BytesIO(slide)) as picture:
        assert picture.width / picture.height == pytest.approx(16 / 9, rel=0.002)
        assert picture.width >= 3200
        codes = zxingcpp.read_barcodes(picture.convert("RGB"))
    assert [code.text for code in codes] == [LINK]


@pytest.mark.browser
@pytest.mark.usefixtures("drawing_browser")
def test_a_vector_picture_holds_its_title_as_letters() -> None:
    picture = pictures.picture_of(titled(), "vector", link=None).decode()
    assert picture.startswith("<svg")
    assert "汉字标题" in picture


@pytest.mark.browser
@pytest.mark.usefixtures("drawing_browser")
def test_every_chinese_letter_has_a_glyph_of_its_own() -> None:
    """A letter that the font lacks is drawn as a box, the same for all such letters."""
    seen = set()
    for letter in "增值薄弱预警差距镇街":
        plain = go.Figure(layout={**base_layout(LIGHT), "height": 200})
        plain.add_annotation(text=letter, font={"size": 60}, showarrow=False)
        with Image.open(BytesIO(pictures.picture_of(plain, "page", link=None))) as picture:
            seen.add(picture.convert("1").tobytes())
    assert len(seen) == 10


def test_a_browser_that_does_not_answer_is_told_to_the_reader(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "TIMEOUT", 0.01)
    monkeypatch.setattr(pictures, "_draw", lambda _figure, _options, _answers: None)
    with pytest.raises(QualityError, match="use the camera"):
        pictures.picture_of(titled(), "page", link=None)


def test_a_browser_that_fails_is_told_to_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_figure: go.Figure, _options: dict[str, object]) -> bytes:
        raise OSError

    monkeypatch.setattr(pictures, "_render", fail)
    with pytest.raises(QualityError, match="图片未能"):
        pictures.picture_of(titled(), "page", link=None)
