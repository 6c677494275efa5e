"""Selection and address: links win when they are new, widgets win afterwards, codes only."""

import json
from collections.abc import Callable

from streamlit.testing.v1 import AppTest


def lenient_script() -> None:
    """Draw one picker that falls back to its default."""
    import streamlit as st

    from ui import url_state

    unknown = url_state.prepare("pick", codes=["a", "b", "c"], default="a")
    st.selectbox("Pick", ["a", "b", "c"], key="pick", format_func=str.upper)
    url_state.write({"pick": st.session_state["pick"]})
    st.text(f"unknown {unknown}")


def strict_script() -> None:
    """Draw one picker that chooses nothing in place of an unknown code."""
    import streamlit as st

    from ui import url_state

    unknown = url_state.prepare_required("pick", codes=["a", "b"], default="a")
    st.selectbox("Pick", ["a", "b"], key="pick", index=None)
    st.button("again")
    if st.session_state["pick"] is not None:
        url_state.write({"pick": st.session_state["pick"]})
    st.text(f"unknown {unknown}")


def named_script() -> None:
    """Draw one picker whose codes have names of their own."""
    import streamlit as st

    from ui import url_state

    url_state.take_names("pick", {"甲": "a", "数学": "b", "a": "c"})
    unknown = url_state.prepare("pick", codes=["a", "b", "c"], default="a")
    st.selectbox("Pick", ["a", "b", "c"], key="pick")
    url_state.write({"pick": st.session_state["pick"]})
    st.text(f"unknown {unknown}")


def opened(script: Callable[[], None], address: str | None) -> AppTest:
    app = AppTest.from_function(script, default_timeout=15)
    if address is not None:
        app.query_params["pick"] = address
    return app.run()


def address_of(app: AppTest) -> str:
    values = app.query_params["pick"]
    return values if isinstance(values, str) else values[0]


def test_without_a_link_the_default_is_shown_and_written() -> None:
    app = opened(lenient_script, None)
    assert app.selectbox[0].value == "a"
    assert address_of(app) == "a"


def test_a_link_opens_the_view_it_names() -> None:
    app = opened(lenient_script, "b")
    assert app.selectbox[0].value == "b"
    assert app.text[0].value == "unknown None"


def test_a_link_may_name_a_code_by_its_name_and_the_address_keeps_the_code() -> None:
    app = opened(named_script, "数学")
    assert app.selectbox[0].value == "b"
    assert address_of(app) == "b"
    assert app.text[0].value == "unknown None"
    assert opened(named_script, "a").selectbox[0].value == "a"
    assert opened(named_script, "物理").text[0].value == "unknown 物理"


def test_a_choice_is_written_as_its_code_and_not_as_its_label() -> None:
    app = opened(lenient_script, "b")
    app.selectbox[0].select("C").run()
    assert app.selectbox[0].value == "c"
    assert address_of(app) == "c"


def test_a_link_followed_inside_the_session_wins_over_the_widget() -> None:
    app = opened(lenient_script, "b")
    app.query_params["pick"] = "c"
    assert app.run().selectbox[0].value == "c"


def test_a_choice_survives_an_address_that_was_cleared() -> None:
    app = opened(lenient_script, "b")
    del app.query_params["pick"]
    app.run()
    assert app.selectbox[0].value == "b"
    assert address_of(app) == "b"


def test_an_unknown_code_is_named_and_replaced_by_the_default() -> None:
    app = opened(lenient_script, "nowhere")
    assert app.selectbox[0].value == "a"
    assert app.text[0].value == "unknown nowhere"


def test_an_unknown_required_code_chooses_nothing_and_stays_in_the_address() -> None:
    app = opened(strict_script, "nowhere")
    app.button[0].click().run()
    assert app.selectbox[0].value is None
    assert app.text[0].value == "unknown nowhere"
    assert address_of(app) == "nowhere"


def test_choosing_after_an_unknown_required_code_opens_the_choice() -> None:
    app = opened(strict_script, "nowhere")
    app.selectbox[0].select("b").run()
    assert app.selectbox[0].value == "b"
    assert app.text[0].value == "unknown None"
    assert address_of(app) == "b"


def switch_script() -> None:
    """Draw one switch, as the frame of every page does."""
    import streamlit as st

    from ui import url_state

    url_state.prepare_switch(url_state.CODES_KEY)
    st.toggle("Codes", key=url_state.CODES_KEY)
    url_state.write_switch(url_state.CODES_KEY)


def switch_at(address: str | None) -> AppTest:
    app = AppTest.from_function(switch_script, default_timeout=15)
    if address is not None:
        app.query_params["codes"] = address
    return app.run()


def test_a_switch_is_off_without_a_link_and_on_by_one() -> None:
    assert not switch_at(None).toggle[0].value
    assert switch_at("1").toggle[0].value


def test_a_page_of_the_menu_brings_no_names_back() -> None:
    app = switch_at("1")
    del app.query_params["codes"]
    app.run()
    assert app.toggle[0].value
    assert app.query_params["codes"] in ("1", ["1"])


def test_a_switch_that_is_turned_off_leaves_the_address() -> None:
    app = switch_at("1")
    app.toggle[0].set_value(False).run()
    assert not app.toggle[0].value
    assert "codes" not in app.query_params
    assert not app.run().toggle[0].value


def meeting_script() -> None:
    """Draw a picker and a switch, and tell what is the view's own and what the meeting's."""
    import streamlit as st

    from ui import url_state

    url_state.prepare("pick", codes=["a", "b"], default="a")
    st.selectbox("Pick", ["a", "b"], key="pick")
    url_state.write({"pick": st.session_state["pick"]})
    url_state.prepare_switch(url_state.CODES_KEY)
    st.toggle("Codes", key=url_state.CODES_KEY)
    url_state.write_switch(url_state.CODES_KEY)
    if st.button("end"):
        url_state.end_meeting()
    if st.button("follow"):
        url_state.follow({"pick": "b"})
    st.json(url_state.meeting_step())
    st.json(url_state.switches())
    st.json(url_state.own_values())


def told(app: AppTest) -> list[dict[str, str]]:
    """Return the meeting's step, the switches and the view's own values."""
    return [json.loads(element.value) for element in app.json]


def test_the_step_of_a_meeting_outlives_a_page_without_an_address() -> None:
    app = AppTest.from_function(meeting_script, default_timeout=15)
    app.query_params["agenda"], app.query_params["at"] = "3", "1"
    step = {"agenda": "3", "at": "1"}
    assert told(app.run())[:2] == [step, step]
    app.query_params.clear()
    assert told(app.run())[0] == step
    app.query_params["agenda"], app.query_params["at"] = "4", "0"
    assert told(app.run())[0] == {"agenda": "4", "at": "0"}
    app.query_params.clear()
    app.button[0].click().run()
    assert told(app)[0] == {}


def test_an_agenda_without_a_step_is_no_meeting() -> None:
    app = AppTest.from_function(meeting_script, default_timeout=15)
    app.query_params["agenda"] = "3"
    assert told(app.run())[0] == {}


def test_a_views_own_values_are_those_of_pickers_alone() -> None:
    app = AppTest.from_function(meeting_script, default_timeout=15)
    asked = {"pick": "b", "codes": "1", "lang": "en", "meeting": "1", "agenda": "3", "at": "1"}
    for key, value in {**asked, "foreign": "x"}.items():
        app.query_params[key] = value
    _, switches, own = told(app.run())
    assert own == {"pick": "b"}
    assert switches == {"codes": "1", "meeting": "1", "agenda": "3", "at": "1"}


def test_an_address_that_is_followed_wins_like_a_link() -> None:
    app = AppTest.from_function(meeting_script, default_timeout=15)
    assert app.run().selectbox(key="pick").value == "a"
    app.button[1].click().run()
    assert app.run().selectbox(key="pick").value == "b"
