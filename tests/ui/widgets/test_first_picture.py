"""The first picture goes ahead: a page rests once, after its first chart."""

from collections.abc import Iterator

import pytest
import streamlit as st

from ui.widgets import first_picture


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Give the seconds of every rest, which is not taken."""
    taken: list[float] = []
    monkeypatch.setattr(first_picture, "PAUSE", 0.2)
    monkeypatch.setattr("time.sleep", taken.append)
    yield taken
    st.session_state.clear()


def test_a_page_rests_after_its_first_picture_only(rests: list[float]) -> None:
    first_picture.expect_first_picture()
    for _ in range(3):
        first_picture.give_way()
    assert rests == [0.2]


def test_what_is_drawn_again_by_itself_does_not_rest(rests: list[float]) -> None:
    first_picture.give_way()
    assert rests == []
