"""Weak schools: every question has its answer, also without baseline, groups or subjects."""

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of

LONDON = "Inner London 1990 · GCSE (age 16)"
ENTRY_TEST = "2023-2024学年入学测 七年级"


def test_the_page_answers_each_of_its_questions(open_page: OpenPage) -> None:
    app = open_page("weak_schools", lang="en", subject="total")
    assert [header.value for header in app.header] == [
        "Who is proposed, and how sure is that?",
        "How many of them may be wrong?",
        "Who cannot be told apart from the line?",
        "What moved them there?",
        "Where do the pupils of the county's lowest 20% learn?",
        "What is not shown?",
    ]
    assert len(app.get("plotly_chart")) == 2
    candidates = app.dataframe[0].value
    assert candidates["rank"].str.match(r"no\. \d+ \(\d+–\d+\)").all()
    assert candidates["p"].is_monotonic_decreasing


def test_a_group_and_a_way_to_look_live_in_the_address(open_page: OpenPage) -> None:
    address = {"group": "junior/镇初中", "measure": "composite", "lowest": "subjects"}
    app = open_page("weak_schools", lang="zh", **address)
    assert {key: app.query_params[key] for key in address} == address
    assert len(app.get("plotly_chart")) == 1
    assert "chinese" in app.dataframe[-1].value


def test_classes_are_shown_for_one_school(open_page: OpenPage) -> None:
    app = open_page("weak_schools", lang="zh", lowest="classes", school="J001")
    assert not app.exception
    assert app.selectbox(key="school").value == "J001"
    assert app.dataframe[-1].value["name"].str.contains("班").all()


def test_an_unknown_school_shows_no_classes_of_another(open_page: OpenPage) -> None:
    app = open_page("weak_schools", lang="en", lowest="classes", school="X99")
    assert any("X99" in warning.value for warning in app.warning)
    assert len(app.get("plotly_chart")) == 1


def test_an_exam_without_baseline_is_screened_by_attainment_only(open_page: OpenPage) -> None:
    app = open_page("weak_schools", lang="en", exam=ENTRY_TEST)
    assert not app.exception
    indicators = next(d.value for d in app.dataframe if "nominal" in d.value)
    assert "Value-added" not in set(indicators["indicator"])


def test_one_county_of_one_subject_has_one_group(open_page: OpenPage) -> None:
    app = open_page("weak_schools", lang="zh", exam=LONDON, group="x", measure="y")
    assert not app.exception
    assert app.query_params["measure"] == "rank"
    assert len(app.dataframe[0].value) == 12
    assert "2 所学校没有数值" in texts_of(app)
    assert "建议的 12 所中，预计约 2.7 所是误判" in texts_of(app)
