"""Codes for names while a unit is open: the same unit stays, under what it is called now."""

import pytest

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import names_in, sent_by

UNITS = [("school", "school", "J003"), ("grade_class", "school", "J003")]


@pytest.mark.parametrize(("page", "key", "code"), UNITS)
def test_turning_codes_on_and_off_keeps_the_unit_and_hides_its_code(
    open_page: OpenPage, page: str, key: str, code: str
) -> None:
    app = open_page(page, lang="zh", **{key: code})
    app.toggle(key="codes").set_value(True).run()
    assert not app.exception
    stand_in = str(app.selectbox(key=key).value)
    assert stand_in.startswith("S-")
    assert app.query_params[key] in (stand_in, [stand_in])
    assert not any(code in warning.value for warning in app.warning)
    assert code.encode() not in sent_by(app)
    assert not names_in(app)
    app.toggle(key="codes").set_value(False).run()
    assert app.selectbox(key=key).value == code
    assert app.query_params[key] in (code, [code])


def test_a_link_with_a_units_own_code_opens_it_under_its_stand_in(open_page: OpenPage) -> None:
    first = open_page("township", lang="zh")
    code = str(first.selectbox(key="township").value)
    app = open_page("township", lang="zh", codes="1", township=code)
    stand_in = str(app.selectbox(key="township").value)
    assert stand_in.startswith("T-")
    assert app.query_params["township"] in (stand_in, [stand_in])
    back = open_page("township", lang="zh", township=stand_in)
    assert back.selectbox(key="township").value == code


def test_the_filter_of_the_board_keeps_its_township_in_codes(open_page: OpenPage) -> None:
    app = open_page("warning_board", lang="zh")
    code = "T01"
    app.selectbox(key="township").set_value(code).run()
    n = len(next(d for d in app.dataframe if "township" in d.value).value)
    app.toggle(key="codes").set_value(True).run()
    assert str(app.selectbox(key="township").value).startswith("T-")
    assert not names_in(app)
    assert len(next(d for d in app.dataframe if "township" in d.value).value) == n
