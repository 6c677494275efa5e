"""Errors: advice in the reader's language, or a number whose details only the log has."""

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest


def advice_script() -> None:
    """Show an error that has advice."""
    import streamlit as st

    from core.errors import DataError
    from ui.error_screen import show_error

    st.session_state["lang"] = st.query_params["lang"]
    show_error(DataError("Set the full mark.", "请设置满分。"))


def bug_script() -> None:
    """Show an error that nobody foresaw."""
    import streamlit as st

    from ui.error_screen import show_error

    st.session_state["lang"] = "en"
    show_error(ValueError("pupil 张三"))


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Set the full mark."), ("zh", "请设置满分。")]
)
def test_advice_is_shown_in_the_language_of_the_reader(language: str, text: str) -> None:
    app = AppTest.from_function(advice_script)
    app.query_params["lang"] = language
    assert [error.value for error in app.run().error] == [text]


def storage_script() -> None:
    """Show an error of the storage, with advice of its own or without."""
    import streamlit as st
    from sqlalchemy.exc import OperationalError

    from core.errors import StorageError
    from ui.error_screen import show_error

    st.session_state["lang"] = "en"
    show_error(StorageError("The disk is full.", "磁盘已满。"))
    show_error(OperationalError("SELECT mark FROM pupil", {}, Exception("张三")))
    show_error(OSError(5, "Input/output error", "/srv/store/lake"))


def test_an_error_of_the_storage_shows_advice_and_its_number_only(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, logger="ui.error_screen"):
        shown = [error.value for error in AppTest.from_function(storage_script).run().error]
    assert shown[0].startswith("The disk is full. Event number: ")
    assert all("does not answer as it should" in text for text in shown[1:])
    assert not [t for t in shown for word in ("SELECT", "张三", "/srv", "Input") if word in t]
    numbers = [re.findall(r"[0-9a-f]{8}", text) for text in shown]
    assert all(len(found) == 1 and found[0] in caplog.text for found in numbers)


def test_a_bug_shows_its_number_and_logs_its_details(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="ui.error_screen"):
        shown = AppTest.from_function(bug_script).run().error[0].value
    assert "张三" not in shown
    assert "ValueError" not in shown
    found = re.search(r"event number (\w{8})", shown)
    assert found is not None
    assert found.group(1) in caplog.text
    assert "ValueError: pupil 张三" in caplog.text
