"""The board of a large county: one page of schools at a time, the gravest on the first."""

from streamlit.testing.v1 import AppTest

from ui.widgets.board_filter import PAGE_SIZE


def _board() -> None:
    from tests.ui.briefing_views import make_board
    from ui.text import Words
    from ui.widgets.board_filter import pick_filter
    from ui.widgets.board_panels import show_board

    words, view = Words("en"), make_board(2000)
    show_board(view, pick_filter(view, words=words), words=words)


def test_two_thousand_schools_come_in_pages() -> None:
    app = AppTest.from_function(_board, default_timeout=30).run()
    assert not app.exception
    first = app.dataframe[0].value
    assert len(first) == PAGE_SIZE
    assert first["math"].iloc[0] == "▲ serious"
    app.selectbox(key="page").set_value("40").run()
    last = app.dataframe[0].value
    assert len(last) == PAGE_SIZE
    assert last["math"].iloc[-1] == "? not enough data"
    assert app.query_params["page"] == "40"


def test_a_narrower_filter_starts_on_a_page_that_exists() -> None:
    app = AppTest.from_function(_board, default_timeout=30).run()
    app.selectbox(key="page").set_value("40").run()
    app.selectbox(key="band").set_value("red").run()
    assert not app.exception
    assert len(app.dataframe[0].value) == 1
    assert "page" not in app.query_params
