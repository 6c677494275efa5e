"""Classes as rows: numbers stay numbers, hidden figures say so, none is worked out."""

from tests.ui.made_school_views import make_balance, make_class_view, make_near_line_view
from ui.text import Words
from ui.widgets.class_counts import near_line_rows
from ui.widgets.class_panels import grade_path, names_of
from ui.widgets.class_tables import balance_table, gap_table, progress_table

EN, ZH = Words("en"), Words("zh")
VIEW = make_class_view()


def test_progress_keeps_numbers_and_tells_the_reason_of_a_hidden_class() -> None:
    rows = progress_table(VIEW.progress, words=EN)
    assert rows.loc[0, "adds"] == 0.3
    assert rows.loc[0, "verdict"] == "▲ well above expected"
    assert rows["verdict"].str.startswith("hidden").tolist() == [False, False, True]
    assert rows["adds"].isna().tolist() == [False, False, True]
    alike = progress_table(VIEW.progress.assign(verdict="no_difference_found"), words=ZH)
    assert alike.loc[0, "verdict"] == "○ 未发现班际差异"


def test_gaps_stand_class_by_subject_with_their_sign() -> None:
    rows, columns = gap_table(VIEW, words=EN)
    assert list(rows["name"]) == ["1班", "2班", "10班"]
    assert rows.loc[0, "math"] == "▲ +0.30"
    assert rows.loc[1, "math"] == "● −0.10"
    assert rows["math"].str.startswith("hidden").tolist() == [False, False, True]
    assert columns["math"].title == "Mathematics"


def test_balance_tells_the_range_of_chance_and_the_share() -> None:
    table = make_balance()
    rows = balance_table(table.assign(name=table["subject_name"]), words=EN)
    assert rows.loc[0, "chance"] == "[0.05, 0.25]"
    assert rows.loc[0, "verdict"] == "● as by chance"
    assert rows.loc[0, "share"] == "2.0% [0.0%, 10.0%]"
    assert list(rows["moment"][:2]) == ["now", "at the start"]


def test_hidden_counts_all_read_alike() -> None:
    counts = make_near_line_view().counts
    rows = near_line_rows(counts, place=1, words=EN)
    assert list(rows["n"]) == ["31", "12", "not shown", "not shown"]
    assert rows.loc[0, "name"] == "whole grade"


def test_the_way_down_ends_with_the_grade_and_names_are_known_to_sentences() -> None:
    assert [place.name for place in grade_path(VIEW, words=EN)][-1] == "grade 9"
    assert names_of(VIEW, words=EN) == {
        "S002/1班": "1班",
        "S002/2班": "2班",
        "S002/10班": "10班",
        "math": "Mathematics",
    }
