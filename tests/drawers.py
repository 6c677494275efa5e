"""Drawers of a page under test: what they hold is made only when they are opened."""

from streamlit.runtime.state.common import user_key_from_element_id
from streamlit.testing.v1 import AppTest


def open_drawers(app: AppTest) -> AppTest:
    """Open everything that is offered below figures; the page is drawn once more."""
    keys = [
        user_key_from_element_id(drawer.proto.popover.id)
        for drawer in app.get("popover")
        if drawer.proto.popover.id
    ]
    for key in filter(None, keys):
        app.session_state[key] = True
    return app.run()
