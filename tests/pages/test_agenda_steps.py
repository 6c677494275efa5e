"""A meeting walks through its agenda, looks elsewhere and comes back, and ends."""

import pytest

from data.scope import LEADERSHIP
from tests.pages.agendas import (
    add_view,
    asked,
    go,
    keys_of,
    make_agenda,
    make_walk,
    place_of,
)
from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import names_in, texts_of
from ui import state
from ui.text import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_meeting_goes_through_its_steps_and_ends(meeting: OpenPage, language: str) -> None:
    make_walk(meeting)
    number = str(state.agendas(LEADERSHIP)[0].id)
    app = meeting("meeting", lang=language, remarkable="1")
    go(app, "agenda_start", "leadership")
    assert place_of(app).startswith("1 / 2")
    assert app.selectbox(key="subject").value == "math"
    assert app.button(key="agenda_back").disabled
    assert asked(app, "meeting") == ["1"]
    go(app, "agenda_next", "school")
    assert place_of(app).startswith("2 / 2")
    assert app.selectbox(key="school").value == "J003"
    assert app.button(key="agenda_next").disabled
    assert asked(app, "agenda", "at", "meeting", "remarkable", "lang") == [
        number, "1", "1", "1", language,
    ]  # fmt: skip
    go(app, "agenda_back", "leadership")
    assert place_of(app).startswith("1 / 2")
    go(app, "agenda_end", "meeting")
    assert app.title[0].value == Words(language)("Meeting")  # type: ignore[arg-type]
    assert "agenda_next" not in keys_of(app)
    assert "meeting" not in app.query_params
    assert "at" not in app.query_params


def test_another_view_in_between_leads_back_to_the_step(meeting: OpenPage) -> None:
    make_walk(meeting)
    number = str(state.agendas(LEADERSHIP)[0].id)
    app = meeting("leadership", lang="zh", subject="physics", agenda=number, at="1")
    assert place_of(app) == "2 / 2：看 school"
    app.button(key="agenda_place").click().run()
    assert app.selectbox(key="school").value == "J003"
    assert app.selectbox(key="subject").value == "english"


@pytest.mark.parametrize(
    ("number", "at", "told"),
    [
        ("999", "0", "没有编号为 999 的议程"),
        ("x", "0", "没有编号为 \\-1 的议程"),
        (None, "7", "议程共有 2 个视图，链接要求第 8 个"),
        (None, "-1", "议程共有 2 个视图，链接要求第 0 个"),
    ],
)
def test_a_link_to_a_step_that_is_not_there_says_so_and_lets_out(
    meeting: OpenPage, number: str | None, at: str, told: str
) -> None:
    make_walk(meeting)
    asked = number or str(state.agendas(LEADERSHIP)[0].id)
    app = meeting("leadership", lang="zh", agenda=asked, at=at)
    assert told in texts_of(app) + "\n".join(m.value for m in app.markdown)
    assert app.header[0].value.startswith("1 ")
    app.button(key="agenda_end").click().run()
    assert app.title[0].value == "会议"
    assert not app.exception


def test_with_codes_neither_agenda_nor_bar_names_a_school(meeting: OpenPage) -> None:
    make_agenda(meeting)
    schools = state.schools(LEADERSHIP, state.exams(LEADERSHIP)[0].name)
    name, code = schools["name"].iloc[0], schools["school"].iloc[0]
    add_view(meeting, "school", title=f"看{name}", school=code)
    app = meeting("meeting", lang="zh", codes="1")
    assert not names_in(app)
    app.button(key="agenda_start").click().run()
    assert not app.exception
    assert not app.warning or all(code not in w.value for w in app.warning)
    assert not names_in(app)
    assert name not in place_of(app)
    assert asked(app, "school") != [code]
    assert asked(app, "codes") == ["1"]
