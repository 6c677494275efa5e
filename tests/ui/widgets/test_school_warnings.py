"""Warnings of a school: by whose rules they are, and by which value-added."""

from dataclasses import replace

from tests.ui.made_school_views import make_school_view
from ui.text import Words
from ui.widgets.school_warnings import warning_notes

EN, ZH = Words("en"), Words("zh")
VIEW = make_school_view()


def test_the_rule_set_has_the_words_of_the_warning_board() -> None:
    assert "规则集“质量预警（默认规则），版本 1”" in warning_notes(VIEW, words=ZH)[0]
    assert "“Quality warning (default rules), version 1”" in warning_notes(VIEW, words=EN)[0]


def test_another_method_than_the_page_is_named() -> None:
    page = replace(VIEW, stamp=replace(VIEW.stamp, method="random_intercept"))
    assert warning_notes(page, words=ZH)[1] == (
        "预警按“随机截距＋学校生源”方法判断增值，指数可能与上方图表不同。"
    )


def test_the_same_method_and_no_baseline_need_no_note() -> None:
    same = replace(VIEW, stamp=VIEW.stamp.of_judgements)
    bare = replace(VIEW, stamp=replace(VIEW.stamp, baseline=None, n_linked=None))
    assert len(warning_notes(same, words=EN)) == 1
    assert len(warning_notes(bare, words=EN)) == 1
