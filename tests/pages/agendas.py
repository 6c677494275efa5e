"""Agendas for the tests of pages: made on the screen, or put into the store at once."""

from streamlit.testing.v1 import AppTest

from data.agenda_texts import Known, NewView
from data.scope import LEADERSHIP
from tests.pages.conftest import OpenPage
from ui import state

NAME = "9 月分析会"
KNOWN = Known(("leadership", "school"), ("exam", "subject", "school"))
WALK = (
    ("leadership", {"subject": "math"}),
    ("school", {"subject": "english", "school": "J003"}),
)


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
