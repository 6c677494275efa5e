"""The meeting: an agenda is made of views, walked through, and left again."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.agenda_texts import Known, NewView
from data.home import HOME_VARIABLE
from data.scope import LEADERSHIP
from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import names_in, texts_of
from ui import state
from ui.text import LANGUAGES, Words

NAME = "9 月分析会"
KNOWN = Known(("leadership", "school"), ("exam", "subject", "school"))
WALK = (
    ("leadership", {"subject": "math"}),
    ("school", {"subject": "english", "school": "J003"}),
)


@pytest.fixture
def meeting(
    open_page: OpenPage,
    demonstration_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> OpenPage:
    """Give what opens a page on an own copy of the demonstration, which may be changed."""
    shutil.copytree(demonstration_home, tmp_path / "store")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "store"))
    return open_page


def make_agenda(meeting: OpenPage) -> AppTest:
    app = meeting("meeting", lang="zh")
    app.text_input(key="agenda_actor").input("王").run()
    app.text_input(key="agenda_name_new").input(NAME)
    return app.button(key="agenda_make").click().run()


def add_view(opens: OpenPage, page: str, *, title: str, **address: str) -> AppTest:
    app = opens(page, lang="zh", **address)
    named = next(t for t in app.text_input if str(t.key).startswith("agenda_title"))
    named.input(title)
    app.text_input(key="agenda_actor").input("王")
    return app.button(key="agenda_add").click().run()


def make_walk(meeting: OpenPage) -> None:
    """Put two views on an agenda, not by way of the screen."""
    meeting("home")
    exam = {"exam": state.exams(LEADERSHIP)[0].name}
    number = state.make_agenda(LEADERSHIP, NAME, None, actor="王")
    for page, address in WALK:
        new = NewView(f"看 {page}", page, {**exam, **address})
        state.save_view(LEADERSHIP, number, new, known=KNOWN, actor="王")


def asked(app: AppTest, *keys: str) -> list[str]:
    """Return values of the address, which a test gives as lists where it set them itself."""
    values = [app.query_params[key] for key in keys]
    return [value if isinstance(value, str) else value[0] for value in values]


def go(app: AppTest, button: str, page: str) -> None:
    """Press a button that leads to a page, and let the next run be that page's."""
    app.button(key=button).click().run()
    assert not app.exception
    app.switch_page(f"../pages/{page}.py")


def keys_of(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def place_of(app: AppTest) -> str:
    return str(app.button(key="agenda_place").label)


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
    assert view.values() == {
        "exam": exam.name,
        "baseline": exam.baselines[0],
        "subject": "math",
        "method": "random_intercept",
        "school": "J003",
    }


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
        ("x", "0", "没有编号为 -1 的议程"),
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
    assert app.header[0].value == "全县水平如何？"
    app.button(key="agenda_end").click().run()
    assert app.title[0].value == "会议"
    assert not app.exception


def test_an_unknown_agenda_in_the_link_shows_no_other(meeting: OpenPage) -> None:
    make_walk(meeting)
    app = meeting("meeting", lang="zh", agenda="999")
    assert app.selectbox(key="agenda").value is None
    assert any("999" in warning.value for warning in app.warning)
    assert "agenda_start" not in keys_of(app)


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
