"""The start page: which exams there are, and how an own file comes in."""

from tests.pages.conftest import OpenPage

LONDON = "Inner London 1990 · GCSE (age 16)"


def test_the_start_page_lists_all_exams_and_teaches_to_import(open_page: OpenPage) -> None:
    app = open_page("home", lang="zh")
    assert LONDON in set(app.dataframe[0].value["考试"])
    assert "python -m pipeline import --help" in app.code[0].value
