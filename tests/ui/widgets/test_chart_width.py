"""The width that a browser remembers is taken where it can be true."""

import pytest
import streamlit as st

from ui.widgets.chart_width import chart_width


class Context:
    """What Streamlit knows of a browser."""

    def __init__(self, **cookies: str) -> None:
        self.cookies = cookies


@pytest.mark.parametrize(
    ("told", "width"),
    [
        ("1186", 1186.0),
        ("1186.5", 1186.5),
        ("", None),
        ("wide", None),
        ("nan", None),
        ("-5", None),
    ],
)
def test_only_a_width_of_a_screen_is_taken(
    monkeypatch: pytest.MonkeyPatch, told: str, width: float | None
) -> None:
    monkeypatch.setattr(st, "context", Context(chart_width=told))
    assert chart_width(is_large=False, is_wide=False) == width


def test_a_chart_that_keeps_its_width_on_a_phone_is_left_alone_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(st, "context", Context(chart_width="350"))
    assert chart_width(is_large=False, is_wide=True) is None
    assert chart_width(is_large=False, is_wide=False) == 350


def test_a_meeting_has_a_width_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "context", Context(chart_width="1186", chart_width_meeting="1300"))
    assert chart_width(is_large=True, is_wide=True) == 1300
    assert chart_width(is_large=False, is_wide=True) == 1186
