"""The page of meetings: an agenda is made, filled from other pages, put in order."""

import pytest

from data.scope import LEADERSHIP
from tests.pages.agendas import (
    NAME,
    add_view,
    keys_of,
    make_agenda,
    make_walk,
)
from tests.pages.conftest import OpenPage
from ui import state
from ui.text import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_agenda_the_page_says_how_to_make_one(
    meeting: OpenPage, language: str
) -> None:
    app = meeting("meeting", lang=language)
    words = Words(language)  # type: ignore[arg-type]
    told = words("There is no agenda yet. Name the meeting below to make the first one.")
    assert told in [info.value for info in app.info]
    assert "agenda_start" not in keys_of(app)
    assert app.button(key="agenda_make").disabled
    offer = meeting("leadership", lang=language)
    assert words("There is no agenda yet.") in [c.value for c in offer.caption]


def test_an_agenda_is_made_and_says_what_is_next(meeting: OpenPage) -> None:
    app = make_agenda(meeting)
    assert app.selectbox(key="agenda").options == [f"{NAME} · 0 个视图"]
    assert any("该议程尚无视图" in info.value for info in app.info)
    assert "agenda_start" not in keys_of(app)


def test_the_title_of_a_view_is_page_exam_and_subject_until_it_is_changed(
    meeting: OpenPage,
) -> None:
    make_agenda(meeting)
    app = meeting("leadership", lang="zh", subject="math")
    exam = state.exams(LEADERSHIP)[0].name
    titles = [t.value for t in app.text_input if str(t.key).startswith("agenda_title")]
    assert titles == [f"全县总览 · {exam} · 数学"]


def test_a_view_keeps_its_selection_but_neither_language_nor_switches(
    meeting: OpenPage,
) -> None:
    make_agenda(meeting)
    switches = {"meeting": "1", "remarkable": "1"}
    add_view(
        meeting, "school", title="t", school="J003", subject="math", foreign="x", **switches
    )
    (view,) = state.agendas(LEADERSHIP)[0].views
    exam = state.exams(LEADERSHIP)[0]
    assert (view.page, view.added_by) == ("school", "王")
    chosen = {
        "exam": exam.name,
        "baseline": exam.baselines[0],
        "subject": "math",
        "method": "random_intercept",
        "school": "J003",
    }
    assert chosen.items() <= view.values().items()
    assert not {"foreign", "lang", *switches} & set(view.values())


def test_views_are_moved_and_taken_off_on_the_page(meeting: OpenPage) -> None:
    make_walk(meeting)
    first, second = state.agendas(LEADERSHIP)[0].views
    app = meeting("meeting", lang="zh")
    assert app.button(key=f"down_{first.id}").disabled
    app.text_input(key="agenda_actor").input("李").run()
    app.button(key=f"down_{first.id}").click().run()
    assert [v.id for v in state.agendas(LEADERSHIP)[0].views] == [second.id, first.id]
    app.button(key=f"off_{second.id}").click().run()
    assert not app.exception
    assert [v.id for v in state.agendas(LEADERSHIP)[0].views] == [first.id]
    app.button(key=f"off_{first.id}").click().run()
    app.button(key="agenda_remove").click().run()
    assert state.agendas(LEADERSHIP) == ()
    assert not app.exception


def test_an_unknown_agenda_in_the_link_shows_no_other(meeting: OpenPage) -> None:
    make_walk(meeting)
    app = meeting("meeting", lang="zh", agenda="999")
    assert app.selectbox(key="agenda").value is None
    assert any("999" in warning.value for warning in app.warning)
    assert "agenda_start" not in keys_of(app)


def test_names_in_what_is_told_after_a_change_are_no_markup(meeting: OpenPage) -> None:
    meeting("home")
    number = state.make_agenda(LEADERSHIP, "[a](http://evil.example)", None, actor="王")
    added = add_view(meeting, "leadership", title=":red[**b**]", subject="math")
    assert [t.value for t in added.toast] == [
        "已加入“\\[a\\]\\(http\u2060\\://evil.example\\)”，列第 1 项。"
    ]
    view = state.agenda(LEADERSHIP, number).views[0]
    app = meeting("meeting", lang="zh")
    app.text_input(key="agenda_actor").input("王").run()
    app.button(key=f"off_{view.id}").click().run()
    assert any("\\:red\\[\\*\\*b\\*\\*\\]" in toast.value for toast in app.toast)
