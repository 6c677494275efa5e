"""A link to what a page does not have: it says so, and shows no other in its place."""

import pytest

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of

NOWHERE = "nowhere9"
UNITS = [
    ("leadership", "exam"),
    ("warning_board", "township"),
    ("warning_board", "school"),
    ("township", "township"),
    ("school", "school"),
    ("grade_class", "school"),
    ("grade_class", "class"),
    ("items", "point"),
]
WAYS = [
    ("leadership", ("look", "rate", "method", "baseline")),
    ("warning_board", ("band", "span", "subject")),
    ("weak_schools", ("lowest", "measure", "group")),
    ("subject", ("measure",)),
    ("school", ("adds", "stands", "warned", "past")),
    ("grade_class", ("levels", "balance", "counts", "line", "distance")),
]


@pytest.mark.parametrize(("page", "key"), UNITS)
def test_of_an_unknown_unit_nothing_stands_in_its_place(
    open_page: OpenPage, page: str, key: str
) -> None:
    subject = {} if page == "leadership" else {"subject": "math"}
    app = open_page(page, lang="en", **subject, **{key: NOWHERE})
    assert not app.exception
    assert any(NOWHERE in warning.value for warning in app.warning)
    assert app.selectbox(key=key).value is None
    app.selectbox(key=key).select_index(0).run()
    assert not any(NOWHERE in warning.value for warning in app.warning)


@pytest.mark.parametrize(("page", "keys"), WAYS)
def test_an_unknown_way_to_look_is_named(
    open_page: OpenPage, page: str, keys: tuple[str, ...]
) -> None:
    look = {"look": "funnel"} if "rate" in keys else {}
    subject = {} if "subject" in keys else {"subject": "math"}
    asked = {key: f"{NOWHERE}{key}" for key in keys if key not in look}
    app = open_page(page, lang="en", **(subject | look | asked))
    assert not app.exception
    said = texts_of(app)
    assert [key for key in asked if f"{NOWHERE}{key}" not in said] == []


@pytest.mark.parametrize(("page", "key"), [*UNITS, ("subject", "measure")])
def test_of_a_long_code_a_message_repeats_the_start(
    open_page: OpenPage, page: str, key: str
) -> None:
    subject = {} if page == "leadership" else {"subject": "math"}
    said = texts_of(open_page(page, lang="en", **subject, **{key: "y" * 6000}))
    assert "y" * 40 in said
    assert "y" * 41 not in said
