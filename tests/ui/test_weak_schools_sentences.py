"""Findings of the page of weak schools: the numbers of the View, in both languages."""

from dataclasses import replace

import pytest

from tests.ui.made_unit_views import (
    make_class_shares_view,
    make_screening,
    make_weak_schools_view,
)
from ui import weak_schools_sentences as sentences
from ui.formats import Row
from ui.text import LANGUAGES, Language, Words

EN, ZH = Words("en"), Words("zh")
VIEW = make_weak_schools_view()
GROUP = VIEW.groups.to_dict("records")[0]


def test_the_finding_tells_proposals_and_how_many_may_be_wrong() -> None:
    assert sentences.candidates_finding(VIEW, words=EN) == (
        "2 schools of 10 are proposed; about 0.7 of the proposals may be wrong"
    )
    assert "约 0.7 所是误判" in sentences.candidates_finding(VIEW, words=ZH)


def test_no_proposal_is_a_finding_too() -> None:
    view = make_weak_schools_view(make_screening().assign(candidate=False))
    assert sentences.candidates_finding(view, words=EN) == (
        "No school is proposed among 10 schools"
    )


def test_a_group_is_called_by_stage_and_type() -> None:
    assert sentences.group_name(GROUP, words=ZH) == "小学 · 村小"
    bare: Row = {"stage": "-", "school_type": ""}
    assert sentences.group_name(bare, words=EN) == "all schools"


def test_the_rank_chart_tells_whose_intervals_reach_into_the_bottom() -> None:
    text = sentences.rank_finding(VIEW, GROUP, words=EN)
    assert text == (
        "primary school · 村小: 2 schools proposed; the rank intervals of 2 more reach into "
        "the lowest 20%"
    )


def test_a_group_of_few_schools_is_listed_and_not_judged() -> None:
    group = GROUP | {"is_judged": False, "n_candidates": 0}
    assert "not judged" in sentences.rank_finding(VIEW, group, words=EN)
    assert "not judged" in sentences.wrong_flags_sentence(group, words=EN)


def test_a_group_without_proposals_says_so() -> None:
    text = sentences.wrong_flags_sentence(GROUP | {"n_candidates": 0}, words=EN)
    assert text.endswith("no school that is shown is proposed.")


def test_expected_wrong_proposals_of_a_group_are_told() -> None:
    text = sentences.wrong_flags_sentence(GROUP, words=EN)
    assert "2 proposed of 10 ranked; about 0.7 of them" in text


def test_hardly_any_expected_wrong_proposal_is_not_told_as_none() -> None:
    group = GROUP | {"expected_wrong": 0.02}
    assert "; fewer than 0.1 of them" in sentences.wrong_flags_sentence(group, words=EN)
    assert "预计其中不到 0.1 所其实" in sentences.wrong_flags_sentence(group, words=ZH)
    few = replace(VIEW, expected_wrong=0.02)
    assert "其中不到 0.1 所是误判" in sentences.candidates_finding(few, words=ZH)


def test_the_composite_chart_counts_who_lies_clearly_below() -> None:
    text = sentences.composite_finding(VIEW, GROUP, words=EN)
    assert ": 3 schools clearly below" in text


def test_near_the_line_are_proposed_and_others() -> None:
    near = VIEW.schools[VIEW.schools["is_near"]]
    assert sentences.near_finding(near, words=EN) == (
        "2 schools cannot be told apart from the line: proposed 1, not proposed 1"
    )


def test_the_lowest_20_per_cent_are_counted_by_school_and_by_share() -> None:
    text = sentences.bottom20_finding(VIEW, words=EN)
    assert text.startswith("Mathematics: in 1 of 3 schools clearly more")
    assert text.endswith("the 3 schools with most hold 15.0% of them")


def test_classes_are_counted_by_side() -> None:
    text = sentences.class_finding(make_class_shares_view(), words=EN)
    assert text.startswith("第1小学, Mathematics: clearly more than in the county in 1 of 3")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_whole_in_both_languages(language: Language) -> None:
    words = Words(language)
    texts = [
        sentences.candidates_finding(VIEW, words=words),
        sentences.rank_finding(VIEW, GROUP, words=words),
        sentences.bottom20_finding(replace(VIEW), words=words),
    ]
    assert all("{" not in text for text in texts)
